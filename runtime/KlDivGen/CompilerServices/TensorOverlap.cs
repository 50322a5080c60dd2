namespace KlDivGen.CompilerServices;

/// <summary>How the memory of two operands relates.</summary>
internal enum MemoryRelation
{
    /// <summary>They share none.</summary>
    Apart,

    /// <summary>Elements of equal index are the same memory.</summary>
    Same,

    /// <summary>They overlap in another way, or it cannot be told that they do not.</summary>
    Entangled,
}

/// <summary>
/// Tells how the memory of two tensors of one shape, neither empty, relates, the second beginning so many bytes after the first.
/// Strides and extents are in elements, sizes and distances in bytes.
/// </summary>
internal static class TensorOverlap
{
    public static MemoryRelation OfOneType(
        ReadOnlySpan<nint> lengths, ReadOnlySpan<nint> firstStrides, ReadOnlySpan<nint> secondStrides, nint distance, nint size)
    {
        if (distance == 0 && SameStrides(lengths, firstStrides, secondStrides))
        {
            return MemoryRelation.Same;
        }

        MemoryRelation relation = OfTwoTypes(lengths, firstStrides, size, secondStrides, size, distance);
        return relation == MemoryRelation.Entangled
            && distance % size == 0
            && MemoryOverlap.AreDisjoint(lengths, firstStrides, secondStrides, distance / size)
                ? MemoryRelation.Apart
                : relation;
    }

    /// <summary>Compares the extents alone: from the lowest element to the end of the highest.</summary>
    public static MemoryRelation OfTwoTypes(
        ReadOnlySpan<nint> lengths,
        ReadOnlySpan<nint> firstStrides,
        nint firstSize,
        ReadOnlySpan<nint> secondStrides,
        nint secondSize,
        nint distance)
    {
        (nint firstLow, nint firstHigh) = MemoryOverlap.Extent(lengths, firstStrides);
        (nint secondLow, nint secondHigh) = MemoryOverlap.Extent(lengths, secondStrides);
        bool apart = distance + (secondLow * secondSize) >= (firstHigh + 1) * firstSize
            || distance + ((secondHigh + 1) * secondSize) <= firstLow * firstSize;
        return apart ? MemoryRelation.Apart : MemoryRelation.Entangled;
    }

    /// <summary>Whether the strides agree where they matter: not in a dimension of one element.</summary>
    private static bool SameStrides(ReadOnlySpan<nint> lengths, ReadOnlySpan<nint> first, ReadOnlySpan<nint> second)
    {
        for (int i = 0; i < lengths.Length; i++)
        {
            if (lengths[i] > 1 && first[i] != second[i])
            {
                return false;
            }
        }

        return true;
    }
}
