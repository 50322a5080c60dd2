namespace KlDivGen.CompilerServices;

/// <summary>
/// Orders in which an iterator can nest the dimensions of a shape. An order is a list of dimensions, from the outermost to the
/// innermost.
/// </summary>
internal static class DimensionOrder
{
    /// <summary>Lists the dimensions whose length is not 1, in the order of the shape.</summary>
    /// <param name="lengths">The shape.</param>
    /// <param name="order">The destination of the list.</param>
    /// <returns>The number of dimensions in the list.</returns>
    public static int GetNonTrivialDimensions(ReadOnlySpan<nint> lengths, Span<nint> order)
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

    /// <summary>Sorts dimensions so that the majority of the operands is read in the order of its memory.</summary>
    /// <param name="order">The dimensions, in the order of the shape.</param>
    /// <param name="operands">The strides of the operands.</param>
    /// <remarks>PyTorch's <c>TensorIterator::reorder_dimensions</c> is an insertion sort like this one.</remarks>
    public static void ReorderDimensions(Span<nint> order, scoped in OperandStrides operands)
    {
        for (int i = 1; i < order.Length; i++)
        {
            nint dimension = order[i];
            int position = FindInsertionIndex(order[..i], (int)dimension, operands);
            order[position..i].CopyTo(order[(position + 1)..]);
            order[position] = dimension;
        }
    }

    /// <summary>
    /// Finds where to insert a dimension into a sorted list: as far outside as possible without passing a dimension with larger
    /// strides. A draw keeps the order of the shape.
    /// </summary>
    private static int FindInsertionIndex(ReadOnlySpan<nint> order, int dimension, scoped in OperandStrides operands)
    {
        int position = order.Length;
        for (int i = order.Length - 1; i >= 0; i--)
        {
            int majority = operands.CompareStrides(dimension, (int)order[i]);
            if (majority > 0)
            {
                position = i;
            }
            else if (majority < 0)
            {
                break;
            }
        }

        return position;
    }
}
