namespace Distillation;

/// <summary>The softmax of rows of logits, softened by a temperature: p = softmax(z / T) (Hinton, Vinyals and Dean, 2015).</summary>
internal static class Softmax
{
    /// <summary>Computes log p of one row without overflow: z / T less the logarithm of the sum of exponentials.</summary>
    public static void Log(ReadOnlySpan<float> logits, float temperature, Span<float> logProbabilities)
    {
        float maximum = float.NegativeInfinity;
        foreach (float logit in logits)
        {
            maximum = float.Max(maximum, logit);
        }

        float sum = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            logProbabilities[i] = (logits[i] - maximum) / temperature;
            sum += float.Exp(logProbabilities[i]);
        }

        float logSum = float.Log(sum);
        foreach (ref float value in logProbabilities)
        {
            value -= logSum;
        }
    }

    /// <summary>
    /// The backward pass of <see cref="Log"/>: from ∂L/∂(log p) to ∂L/∂z = (∂L/∂(log p) − p · Σ ∂L/∂(log p)) / T.
    /// </summary>
    /// <param name="logProbabilities">What <see cref="Log"/> computed.</param>
    /// <param name="temperature">T.</param>
    /// <param name="gradient">∂L/∂(log p), which ∂L/∂z takes the place of.</param>
    public static void Backward(ReadOnlySpan<float> logProbabilities, float temperature, Span<float> gradient)
    {
        float sum = 0;
        foreach (float value in gradient)
        {
            sum += value;
        }

        for (int i = 0; i < gradient.Length; i++)
        {
            gradient[i] = (gradient[i] - (float.Exp(logProbabilities[i]) * sum)) / temperature;
        }
    }
}
