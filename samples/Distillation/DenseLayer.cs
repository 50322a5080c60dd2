using System.Numerics.Tensors;

namespace Distillation;

/// <summary>
/// A fully connected layer, trained by gradient descent with momentum. It adds rows element by element and uses no vectorized
/// reduction, whose order of summation could depend on the alignment of an array: the same seed gives the same bits.
/// </summary>
internal sealed class DenseLayer
{
    private readonly int inputs;
    private readonly int outputs;

    // One row of weights for each input. The last row holds the biases.
    private readonly float[] weights;
    private readonly float[] gradient;
    private readonly float[] velocity;

    /// <summary>Creates a layer with random weights, scaled for ReLU inputs (He et al., 2015), and biases of 0.</summary>
    public DenseLayer(int inputs, int outputs, Random random)
    {
        this.inputs = inputs;
        this.outputs = outputs;
        this.weights = new float[(inputs + 1) * outputs];
        this.gradient = new float[this.weights.Length];
        this.velocity = new float[this.weights.Length];
        double limit = Math.Sqrt(6.0 / inputs);
        foreach (ref float weight in this.weights.AsSpan(0, inputs * outputs))
        {
            weight = (float)(limit * ((2 * random.NextDouble()) - 1));
        }
    }

    private DenseLayer(int inputs, int outputs, float[] weights)
    {
        this.inputs = inputs;
        this.outputs = outputs;
        this.weights = weights;
        this.gradient = new float[weights.Length];
        this.velocity = new float[weights.Length];
    }

    /// <summary>The number of weights and biases.</summary>
    public int ParameterCount => this.weights.Length;

    /// <summary>The number of rows of <see cref="Parameters"/>: one for each input, and the biases.</summary>
    public int Rows => this.inputs + 1;

    /// <summary>The number of columns of <see cref="Parameters"/>: the outputs.</summary>
    public int Columns => this.outputs;

    /// <summary>The weights, one row for each input, and the biases in the last row.</summary>
    public ReadOnlySpan<float> Parameters => this.weights;

    /// <summary>Computes the output of one example.</summary>
    public void Forward(ReadOnlySpan<float> input, Span<float> output)
    {
        this.GetRow(this.weights, this.inputs).CopyTo(output);
        for (int i = 0; i < this.inputs; i++)
        {
            TensorPrimitives.MultiplyAdd(this.GetRow(this.weights, i), input[i], output, output);
        }
    }

    /// <summary>Adds the gradient of one example to the gradient of the weights.</summary>
    public void Accumulate(ReadOnlySpan<float> input, ReadOnlySpan<float> gradOutput)
    {
        for (int i = 0; i < this.inputs; i++)
        {
            Span<float> row = this.GetRow(this.gradient, i);
            TensorPrimitives.MultiplyAdd(gradOutput, input[i], row, row);
        }

        Span<float> biases = this.GetRow(this.gradient, this.inputs);
        TensorPrimitives.Add(biases, gradOutput, biases);
    }

    /// <summary>Computes the gradient of one example with respect to the input.</summary>
    public void Backward(ReadOnlySpan<float> gradOutput, Span<float> gradInput)
    {
        for (int i = 0; i < this.inputs; i++)
        {
            float sum = 0;
            ReadOnlySpan<float> row = this.GetRow(this.weights, i);
            for (int j = 0; j < row.Length; j++)
            {
                sum += row[j] * gradOutput[j];
            }

            gradInput[i] = sum;
        }
    }

    /// <summary>Updates the weights with the accumulated gradient, then resets the gradient to 0.</summary>
    public void Step(float learningRate, float momentum)
    {
        TensorPrimitives.MultiplyAdd(this.velocity, momentum, this.gradient, this.velocity);
        TensorPrimitives.MultiplyAdd(this.velocity, -learningRate, this.weights, this.weights);
        Array.Clear(this.gradient);
    }

    /// <summary>
    /// Returns a copy whose weights are integers from −127 to 127 times one step. The biases stay as they are, as usual: they are few.
    /// </summary>
    public DenseLayer Quantize()
    {
        float[] rounded = [.. this.weights];
        Span<float> matrix = rounded.AsSpan(0, this.inputs * this.outputs);
        float step = float.Abs(TensorPrimitives.MaxMagnitude<float>(matrix)) / sbyte.MaxValue;
        foreach (ref float weight in matrix)
        {
            weight = float.Round(weight / step) * step;
        }

        return new DenseLayer(this.inputs, this.outputs, rounded);
    }

    private Span<float> GetRow(float[] matrix, int index) => matrix.AsSpan(index * this.outputs, this.outputs);
}
