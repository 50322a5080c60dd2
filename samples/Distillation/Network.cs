namespace Distillation;

/// <summary>A classifier of digits with one hidden layer of rectified units.</summary>
internal sealed class Network
{
    private readonly DenseLayer first;
    private readonly DenseLayer second;
    private readonly float[] gradHidden;

    /// <summary>A network with random weights.</summary>
    public Network(int hidden, Random random)
    {
        this.first = new DenseLayer(Digits.Features, hidden, random);
        this.second = new DenseLayer(hidden, Digits.Classes, random);
        this.Hidden = hidden;
        this.gradHidden = new float[hidden];
    }

    /// <summary>The number of hidden units.</summary>
    public int Hidden { get; }

    /// <summary>The number of weights and biases.</summary>
    public int ParameterCount => this.first.ParameterCount + this.second.ParameterCount;

    /// <summary>Computes the hidden units and the logits of one image.</summary>
    public void Forward(ReadOnlySpan<float> image, Span<float> hidden, Span<float> logits)
    {
        this.first.Forward(image, hidden);
        foreach (ref float unit in hidden)
        {
            unit = float.Max(unit, 0);
        }

        this.second.Forward(hidden, logits);
    }

    /// <summary>Adds one image's part to the gradient of the weights.</summary>
    public void Backward(ReadOnlySpan<float> image, ReadOnlySpan<float> hidden, ReadOnlySpan<float> gradLogits)
    {
        this.second.Accumulate(hidden, gradLogits);
        this.second.Backward(gradLogits, this.gradHidden);
        for (int i = 0; i < hidden.Length; i++)
        {
            this.gradHidden[i] = hidden[i] > 0 ? this.gradHidden[i] : 0;
        }

        this.first.Accumulate(image, this.gradHidden);
    }

    /// <summary>Moves all weights against their gradients.</summary>
    public void Step(float rate, float momentum)
    {
        this.first.Step(rate, momentum);
        this.second.Step(rate, momentum);
    }

    /// <summary>The logits of all images, one row each.</summary>
    public float[] Logits(Digits digits)
    {
        float[] hidden = new float[this.Hidden], logits = new float[digits.Count * Digits.Classes];
        for (int i = 0; i < digits.Count; i++)
        {
            this.Forward(digits.Image(i), hidden, logits.AsSpan(i * Digits.Classes, Digits.Classes));
        }

        return logits;
    }

    /// <summary>The share of images whose digit has the largest logit.</summary>
    public double Accuracy(Digits digits)
    {
        float[] logits = this.Logits(digits);
        int right = 0;
        for (int i = 0; i < digits.Count; i++)
        {
            ReadOnlySpan<float> row = logits.AsSpan(i * Digits.Classes, Digits.Classes);
            if (System.Numerics.Tensors.TensorPrimitives.IndexOfMax(row) == digits.Labels[i])
            {
                right++;
            }
        }

        return (double)right / digits.Count;
    }
}
