namespace Distillation;

/// <summary>The log-softmax of a row of logits z with a temperature T: log p = log softmax(z / T).</summary>
internal static class LogSoftmax
{
    /// <summary>Computes log p = z / T − log Σ exp(z / T). The maximum is subtracted first, so that no exponential overflows.</summary>
    public static void Forward(ReadOnlySpan<float> logits, float temperature, Span<float> logProbabilities)
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
    /// Computes the gradient with respect to the logits: ∂L/∂z = (∂L/∂(log p) − p · Σ ∂L/∂(log p)) / T.
    /// </summary>
    /// <param name="logProbabilities">log p, the output of <see cref="Forward"/>.</param>
    /// <param name="temperature">The temperature T.</param>
    /// <param name="gradient">∂L/∂(log p) on entry, ∂L/∂z on return.</param>
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
