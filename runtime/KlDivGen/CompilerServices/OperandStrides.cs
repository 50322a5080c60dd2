namespace KlDivGen.CompilerServices;

/// <summary>Holds the strides of up to six operands. The strides of an absent operand are empty.</summary>
internal readonly ref struct OperandStrides(
    ReadOnlySpan<nint> strides1,
    ReadOnlySpan<nint> strides2,
    ReadOnlySpan<nint> strides3,
    ReadOnlySpan<nint> strides4,
    ReadOnlySpan<nint> strides5,
    ReadOnlySpan<nint> strides6)
{
    private readonly ReadOnlySpan<nint> strides1 = strides1;
    private readonly ReadOnlySpan<nint> strides2 = strides2;
    private readonly ReadOnlySpan<nint> strides3 = strides3;
    private readonly ReadOnlySpan<nint> strides4 = strides4;
    private readonly ReadOnlySpan<nint> strides5 = strides5;
    private readonly ReadOnlySpan<nint> strides6 = strides6;

    /// <summary>
    /// Compares two dimensions by the majority of the operands: each operand compares the magnitudes of its strides. An operand with
    /// a zero stride in either dimension is not counted.
    /// </summary>
    /// <returns>
    /// A positive number if more operands have the larger stride in <paramref name="dimension"/> than in <paramref name="other"/>, a
    /// negative number if fewer have, and 0 in a draw.
    /// </returns>
    public int CompareStrides(int dimension, int other) =>
        CompareStrides(this.strides1, dimension, other)
            + CompareStrides(this.strides2, dimension, other)
            + CompareStrides(this.strides3, dimension, other)
            + CompareStrides(this.strides4, dimension, other)
            + CompareStrides(this.strides5, dimension, other)
            + CompareStrides(this.strides6, dimension, other);

    private static int CompareStrides(ReadOnlySpan<nint> strides, int dimension, int other) =>
        strides.IsEmpty || strides[dimension] == 0 || strides[other] == 0
            ? 0
            : Math.Abs(strides[dimension]).CompareTo(Math.Abs(strides[other]));
}
