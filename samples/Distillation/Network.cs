using System.Numerics.Tensors;

namespace Distillation;

/// <summary>A classifier of digits with one hidden ReLU layer.</summary>
internal sealed class Network
{
    private readonly DenseLayer first;
    private readonly DenseLayer second;
    private readonly float[] gradHidden;

    /// <summary>Creates a network with random weights.</summary>
    public Network(int hiddenUnits, Random random)
    {
        this.first = new DenseLayer(Digits.Features, hiddenUnits, random);
        this.second = new DenseLayer(hiddenUnits, Digits.Classes, random);
        this.HiddenUnits = hiddenUnits;
        this.gradHidden = new float[hiddenUnits];
    }

    private Network(DenseLayer first, DenseLayer second, int hiddenUnits)
    {
        this.first = first;
        this.second = second;
        this.HiddenUnits = hiddenUnits;
        this.gradHidden = new float[hiddenUnits];
    }

    /// <summary>The number of hidden units.</summary>
    public int HiddenUnits { get; }

    /// <summary>The number of weights and biases.</summary>
    public int ParameterCount => this.first.ParameterCount + this.second.ParameterCount;

    /// <summary>The layers, in the order of computation.</summary>
    public IReadOnlyList<DenseLayer> Layers => [this.first, this.second];

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

    /// <summary>Adds the gradient of one image to the gradient of the weights.</summary>
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

    /// <summary>Updates all weights with the accumulated gradients.</summary>
    public void Step(float learningRate, float momentum)
    {
        this.first.Step(learningRate, momentum);
        this.second.Step(learningRate, momentum);
    }

    /// <summary>Computes the logits of all images, one row for each.</summary>
    public float[] ComputeLogits(Digits digits)
    {
        float[] hidden = new float[this.HiddenUnits], logits = new float[digits.Count * Digits.Classes];
        for (int i = 0; i < digits.Count; i++)
        {
            this.Forward(digits.GetImage(i), hidden, logits.AsSpan(i * Digits.Classes, Digits.Classes));
        }

        return logits;
    }

    /// <summary>Returns a copy with weights of 8 bits.</summary>
    public Network Quantize() => new(this.first.Quantize(), this.second.Quantize(), this.HiddenUnits);

    /// <summary>Computes the share of images whose label has the largest logit.</summary>
    public double ComputeAccuracy(Digits digits)
    {
        float[] logits = this.ComputeLogits(digits);
        int correct = 0;
        for (int i = 0; i < digits.Count; i++)
        {
            ReadOnlySpan<float> row = logits.AsSpan(i * Digits.Classes, Digits.Classes);
            if (TensorPrimitives.IndexOfMax(row) == digits.Labels[i])
            {
                correct++;
            }
        }

        return (double)correct / digits.Count;
    }
}
