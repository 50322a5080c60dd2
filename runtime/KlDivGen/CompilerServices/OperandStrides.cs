namespace KlDivGen.CompilerServices;

/// <summary>The strides of up to six operands, empty for those that there are not.</summary>
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
    /// How many more operands want one dimension outside of another, having the larger stride in it, than inside. One that has a
    /// zero stride in either does not mind.
    /// </summary>
    public int VotesFor(int dimension, int outsideOf) =>
        Vote(this.strides1, dimension, outsideOf)
            + Vote(this.strides2, dimension, outsideOf)
            + Vote(this.strides3, dimension, outsideOf)
            + Vote(this.strides4, dimension, outsideOf)
            + Vote(this.strides5, dimension, outsideOf)
            + Vote(this.strides6, dimension, outsideOf);

    private static int Vote(ReadOnlySpan<nint> strides, int dimension, int outsideOf) =>
        strides.IsEmpty || strides[dimension] == 0 || strides[outsideOf] == 0
            ? 0
            : Math.Abs(strides[dimension]).CompareTo(Math.Abs(strides[outsideOf]));
}
