using KlDivGen.Conformance.Memory;

namespace KlDivGen.Conformance.Columns;

/// <summary>Whose memory a destination lies in.</summary>
internal enum Over
{
    Own,
    Input,
    Target,
    GradOutput,
}

/// <summary>Where a destination lies: in memory of its own, or over a source, some elements further on; and its length, where
/// that is not the number of elements.</summary>
internal readonly record struct Spot(Over Over = Over.Own, int Shift = 0, int? Length = null);

/// <summary>How a tensor lies over its operand's memory: its dimensions, and its strides in elements.</summary>
internal sealed record Layout(nint[] Shape, nint[] Strides);

/// <summary>One call of any method. Values are doubles that the operands' types can hold exactly.</summary>
internal sealed record Call(ReadOnlyMemory<double> X, ReadOnlyMemory<double> Y)
{
    public int BatchSize { get; init; } = 1;

    /// <summary>The upstream gradient; of a reduction, or of every element.</summary>
    public double GradOutput { get; init; } = 1;

    /// <summary>The upstream gradient of each element, for methods that take one each; all <see cref="GradOutput"/> where absent.</summary>
    public ReadOnlyMemory<double>? GradOutputs { get; init; }

    /// <summary>The tensors' layouts; where absent, they are dense, with <see cref="BatchSize"/> as the first of two dimensions.</summary>
    public Layout? Input { get; init; }

    public Layout? Target { get; init; }

    /// <summary>The layout of <c>output</c>, <c>gradOutput</c>, <c>gradInput</c> and <c>gradTarget</c>.</summary>
    public Layout? Destination { get; init; }

    public Placement Placement { get; init; } = Placement.AtEnd;

    public Spot Output { get; init; }

    public Spot GradInput { get; init; }

    public Spot GradTarget { get; init; }
}

/// <summary>What a call gave.</summary>
/// <param name="Returned">What it returned, or NaN for void.</param>
/// <param name="Output">What it wrote of each element's loss; empty where it writes none.</param>
/// <param name="GradInput">What it wrote of ∂/∂x.</param>
/// <param name="GradTarget">What it wrote of ∂/∂y.</param>
/// <param name="Error">The exception it threw.</param>
/// <param name="Damage">What it changed that it must not, or <see langword="null"/>.</param>
internal sealed record Outcome(double Returned, double[] Output, double[] GradInput, double[] GradTarget, Exception? Error, string? Damage);
