namespace KlDivGen.CompilerServices;

/// <summary>Orders in which a walk can nest the dimensions of a shape: lists of them, the outermost first.</summary>
internal static class DimensionOrder
{
    /// <summary>Lists the dimensions of more than one element in the order of the shape.</summary>
    /// <param name="lengths">The shape.</param>
    /// <param name="order">Where the list goes: it must have room for every dimension.</param>
    /// <returns>How many there are.</returns>
    public static int AsGiven(ReadOnlySpan<nint> lengths, Span<nint> order)
    {
        int count = 0;
        for (int dimension = 0; dimension < lengths.Length; dimension++)
        {
            if (lengths[dimension] != 1)
            {
                order[count++] = dimension;
            }
        }

        return count;
    }

    /// <summary>Sorts dimensions so that most of the operands read their memory forwards.</summary>
    /// <param name="order">The dimensions, in the order of the shape.</param>
    /// <param name="operands">The operands' strides.</param>
    public static void ByMajority(Span<nint> order, scoped in OperandStrides operands)
    {
        for (int i = 1; i < order.Length; i++)
        {
            nint dimension = order[i];
            int place = Place(order[..i], (int)dimension, operands);
            order[place..i].CopyTo(order[(place + 1)..]);
            order[place] = dimension;
        }
    }

    /// <summary>
    /// Where a dimension belongs among those before it: as far out as it can get by passing none that the majority wants outside
    /// of it. A draw keeps the order of the shape.
    /// </summary>
    private static int Place(ReadOnlySpan<nint> order, int dimension, scoped in OperandStrides operands)
    {
        int place = order.Length;
        for (int i = order.Length - 1; i >= 0; i--)
        {
            int votes = operands.VotesFor(dimension, outsideOf: (int)order[i]);
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
}
