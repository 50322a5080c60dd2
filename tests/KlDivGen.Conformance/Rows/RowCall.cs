using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Memory;

namespace KlDivGen.Conformance.Rows;

/// <summary>The layouts of the tensors of a call.</summary>
/// <param name="Input">That of the input.</param>
/// <param name="Target">That of the target.</param>
/// <param name="Destination">That of destinations with an element for each class.</param>
/// <param name="Row">That of data with an element for each row.</param>
internal sealed record RowLayouts(TensorLayout Input, TensorLayout Target, TensorLayout Destination, TensorLayout Row);

/// <summary>The arguments of one call of any method that computes row by row.</summary>
/// <param name="X">The memory of the input.</param>
/// <param name="Y">The memory of the target.</param>
/// <param name="Classes">The length of a row.</param>
internal sealed record RowCall(double[] X, double[] Y, int Classes)
{
    public double Temperature { get; init; } = 1;

    public bool[] Mask { get; init; } = [];

    public double[] Weights { get; init; } = [];

    /// <summary>The upstream gradient of a reduction.</summary>
    public double GradOutput { get; init; } = 1;

    /// <summary>The memory of the upstream gradients of each element or row.</summary>
    public double[] GradOutputs { get; init; } = [];

    /// <summary>The most threads of a method that uses several; −1 for all.</summary>
    public int MaxDegreeOfParallelism { get; init; } = -1;

    /// <summary>The layouts of tensors; they are dense, and have two dimensions, without it.</summary>
    public RowLayouts? Layouts { get; init; }

    /// <summary>The number of elements of input and target, at their end, that lie on inaccessible memory. The operands end there.</summary>
    public int UnmappedElements { get; init; }

    public OperandPlacement Placement { get; init; } = OperandPlacement.AtEnd;

    /// <summary>Where <c>output</c> lies. The length is that of the data, or the number of rows, without one.</summary>
    public DestinationPlacement Output { get; init; }

    public DestinationPlacement GradInput { get; init; }

    public DestinationPlacement GradTarget { get; init; }

    /// <summary>The number of rows.</summary>
    public int Rows => this.Classes > 0 ? this.X.Length / this.Classes : 0;
}

/// <summary>The arguments that any method that computes row by row may take.</summary>
internal ref struct RowOperands<TX, TY, T>
{
    public ReadOnlySpan<TX> Input;
    public ReadOnlySpan<TY> Target;
    public int Classes;
    public double Temperature;
    public ReadOnlySpan<bool> Mask;
    public ReadOnlySpan<T> Weights;
    public Span<T> Output;
    public double GradOutput;
    public ReadOnlySpan<T> GradOutputs;
    public Span<T> GradInput;
    public Span<T> GradTarget;
    public int MaxDegreeOfParallelism;
    public TensorLayout InputLayout, TargetLayout, DestinationLayout, RowLayout;
}

/// <summary>Calls one annotated method and returns its value as a double, or NaN for <see langword="void"/>.</summary>
internal delegate double RowInvoker<TX, TY, T>(in RowOperands<TX, TY, T> operands);
