namespace KlDivGen.CompilerServices;

/// <summary>Determines how two tensors of one shape, which is not empty, overlap in memory.</summary>
internal static class TensorOverlap
{
    /// <summary>Compares two tensors of one element type.</summary>
    /// <param name="lengths">The shape.</param>
    /// <param name="firstStrides">The strides of the first tensor, in elements.</param>
    /// <param name="secondStrides">The strides of the second tensor, in elements.</param>
    /// <param name="byteOffset">The number of bytes from the first element of the first tensor to that of the second.</param>
    /// <param name="elementSize">The size of an element, in bytes.</param>
    public static Overlap GetOverlap(
        ReadOnlySpan<nint> lengths,
        ReadOnlySpan<nint> firstStrides,
        ReadOnlySpan<nint> secondStrides,
        nint byteOffset,
        nint elementSize)
    {
        if (byteOffset == 0 && HaveEqualStrides(lengths, firstStrides, secondStrides))
        {
            return Overlap.Identical;
        }

        if (GetExtentOverlap(lengths, firstStrides, elementSize, secondStrides, elementSize, byteOffset) == Overlap.None)
        {
            return Overlap.None;
        }

        // Elements that are not aligned to each other may share some of their bytes.
        return byteOffset % elementSize != 0 || MemoryOverlap.MayShareMemory(lengths, firstStrides, secondStrides, byteOffset / elementSize)
            ? Overlap.Partial
            : Overlap.None;
    }

    /// <summary>
    /// Compares the extents of two tensors of any element types. An extent reaches from the lowest element to the end of the highest.
    /// </summary>
    /// <param name="lengths">The shape.</param>
    /// <param name="firstStrides">The strides of the first tensor, in elements.</param>
    /// <param name="firstElementSize">The size of an element of the first tensor, in bytes.</param>
    /// <param name="secondStrides">The strides of the second tensor, in elements.</param>
    /// <param name="secondElementSize">The size of an element of the second tensor, in bytes.</param>
    /// <param name="byteOffset">The number of bytes from the first element of the first tensor to that of the second.</param>
    /// <returns><see cref="Overlap.None"/> or <see cref="Overlap.Partial"/>.</returns>
    public static Overlap GetExtentOverlap(
        ReadOnlySpan<nint> lengths,
        ReadOnlySpan<nint> firstStrides,
        nint firstElementSize,
        ReadOnlySpan<nint> secondStrides,
        nint secondElementSize,
        nint byteOffset)
    {
        (nint firstLow, nint firstHigh) = MemoryOverlap.GetExtent(lengths, firstStrides);
        (nint secondLow, nint secondHigh) = MemoryOverlap.GetExtent(lengths, secondStrides);
        bool areDisjoint = byteOffset + (secondLow * secondElementSize) >= (firstHigh + 1) * firstElementSize
            || byteOffset + ((secondHigh + 1) * secondElementSize) <= firstLow * firstElementSize;
        return areDisjoint ? Overlap.None : Overlap.Partial;
    }

    /// <summary>Compares strides. The stride of a dimension of length 1 has no effect.</summary>
    private static bool HaveEqualStrides(ReadOnlySpan<nint> lengths, ReadOnlySpan<nint> firstStrides, ReadOnlySpan<nint> secondStrides)
    {
        for (int i = 0; i < lengths.Length; i++)
        {
            if (lengths[i] > 1 && firstStrides[i] != secondStrides[i])
            {
                return false;
            }
        }

        return true;
    }
}
