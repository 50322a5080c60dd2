namespace KlDivGen.Kernels;

/// <summary>Chooses the order of dimensions in which most of the operands read their memory forwards.</summary>
internal readonly ref struct StrideVotes(
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

    /// <summary>Lists the dimensions of more than one element, the outermost first.</summary>
    /// <param name="lengths">The shape.</param>
    /// <param name="order">Where the list goes: it must have room for every dimension.</param>
    /// <param name="asGiven">Whether to leave the dimensions in the order of the shape.</param>
    /// <returns>How many there are.</returns>
    public int Order(ReadOnlySpan<nint> lengths, Span<nint> order, bool asGiven)
    {
        int count = 0;
        for (int dimension = 0; dimension < lengths.Length; dimension++)
        {
            if (lengths[dimension] != 1)
            {
                int place = asGiven ? count : this.Place(order[..count], dimension);
                order[place..count].CopyTo(order[(place + 1)..]);
                order[place] = dimension;
                count++;
            }
        }

        return count;
    }

    /// <summary>
    /// Where a dimension belongs among those before it: outside of the outermost that it can reach by passing only dimensions that
    /// the majority wants inside of it, or of which no operand has an opinion. A draw keeps the order of the shape.
    /// </summary>
    private int Place(ReadOnlySpan<nint> order, int dimension)
    {
        int place = order.Length;
        for (int i = order.Length - 1; i >= 0; i--)
        {
            int other = (int)order[i];
            int votes = Vote(this.strides1, dimension, other) + Vote(this.strides2, dimension, other) + Vote(this.strides3, dimension, other)
                + Vote(this.strides4, dimension, other) + Vote(this.strides5, dimension, other) + Vote(this.strides6, dimension, other);
            if (votes > 0)
            {
                place = i;
            }
            else if (votes < 0)
            {
                break;
            }
        }

        return place;
    }

    /// <summary>1 where an operand's stride is larger in the dimension than in the other, −1 where smaller, 0 where one is zero.</summary>
    private static int Vote(ReadOnlySpan<nint> strides, int dimension, int other) =>
        strides.IsEmpty || strides[dimension] == 0 || strides[other] == 0
            ? 0
            : Math.Abs(strides[dimension]).CompareTo(Math.Abs(strides[other]));
}
