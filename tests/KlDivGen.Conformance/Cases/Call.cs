using KlDivGen.Conformance.Memory;

namespace KlDivGen.Conformance.Cases;

/// <summary>The memory that a destination lies in.</summary>
internal enum MemorySource
{
    Own,
    Input,
    Target,
    GradOutput,
}

/// <summary>Where a destination lies and how long it is.</summary>
/// <param name="Source">Its own memory, or the memory of a source that it overlaps.</param>
/// <param name="Shift">The number of elements between the beginning of the source and the beginning of the destination.</param>
/// <param name="Length">The number of elements; that of the input where <see langword="null"/>.</param>
internal readonly record struct DestinationPlacement(MemorySource Source = MemorySource.Own, int Shift = 0, int? Length = null);

/// <summary>How a tensor lies over the memory of its operand.</summary>
/// <param name="Shape">The dimensions.</param>
/// <param name="Strides">The strides in elements; dense where empty.</param>
internal sealed record TensorLayout(nint[] Shape, nint[] Strides);

/// <summary>The arguments of one call of any method. All values are doubles that the types of the operands represent exactly.</summary>
/// <param name="X">The memory of the input.</param>
/// <param name="Y">The memory of the target.</param>
internal sealed record Call(ReadOnlyMemory<double> X, ReadOnlyMemory<double> Y)
{
    /// <summary>The number of examples.</summary>
    public int BatchSize { get; init; } = 1;

    /// <summary>The upstream gradient of a reduction.</summary>
    public double GradOutput { get; init; } = 1;

    /// <summary>The memory of the upstream gradients of methods that take one for each element.</summary>
    public ReadOnlyMemory<double> GradOutputs { get; init; }

    /// <summary>
    /// The layout of the input. Without layouts, tensors are dense and have two dimensions, of which <see cref="BatchSize"/> is the first.
    /// </summary>
    public TensorLayout? Input { get; init; }

    /// <summary>The layout of the target.</summary>
    public TensorLayout? Target { get; init; }

    /// <summary>The layout of the upstream gradients.</summary>
    public TensorLayout? GradOutputLayout { get; init; }

    /// <summary>The layout of <c>output</c>, <c>gradInput</c> and <c>gradTarget</c>.</summary>
    public TensorLayout? Destination { get; init; }

    /// <summary>The most threads of a method that uses several; −1 for all.</summary>
    public int MaxDegreeOfParallelism { get; init; } = -1;

    /// <summary>Where the operands lie.</summary>
    public OperandPlacement Placement { get; init; } = OperandPlacement.AtEnd;

    public DestinationPlacement Output { get; init; }

    public DestinationPlacement GradInput { get; init; }

    public DestinationPlacement GradTarget { get; init; }
}

/// <summary>The results of one call.</summary>
/// <param name="Returned">The returned value, or NaN for <see langword="void"/>.</param>
/// <param name="Output">The memory of <c>output</c>; empty if the method has none.</param>
/// <param name="GradInput">The memory of <c>gradInput</c>; empty if the method has none.</param>
/// <param name="GradTarget">The memory of <c>gradTarget</c>; empty if the method has none.</param>
/// <param name="Error">The exception that was thrown.</param>
/// <param name="UnexpectedWrite">Describes a write to memory that the method must not change, or is <see langword="null"/>.</param>
internal sealed record CallResult(
    double Returned, double[] Output, double[] GradInput, double[] GradTarget, Exception? Error, string? UnexpectedWrite)
{
    /// <summary>Everything that was written.</summary>
    public double[][] Written => [this.Output, this.GradInput, this.GradTarget];

    /// <summary>Whether all values of two results have the same bits.</summary>
    public bool HasSameBits(CallResult other) =>
        Bits.Equal(this.Returned, other.Returned)
        && Bits.Equal(this.Output, other.Output)
        && Bits.Equal(this.GradInput, other.GradInput)
        && Bits.Equal(this.GradTarget, other.GradTarget);
}
