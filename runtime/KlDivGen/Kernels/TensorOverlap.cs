using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace KlDivGen.Kernels;

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

/// <summary>Tells how the memory of two tensors of one shape relates.</summary>
internal static class TensorOverlap
{
    public static MemoryRelation Between<TFirst, TSecond>(scoped in ReadOnlyTensorSpan<TFirst> first, scoped in ReadOnlyTensorSpan<TSecond> second)
    {
        if (first.IsEmpty || second.IsEmpty)
        {
            return MemoryRelation.Apart;
        }

        // Both are runs of bytes from the lowest element to the end of the highest; their positions count from first's origin.
        nint distance = Unsafe.ByteOffset(
            ref Unsafe.As<TFirst, byte>(ref Unsafe.AsRef(in first.GetPinnableReference())),
            ref Unsafe.As<TSecond, byte>(ref Unsafe.AsRef(in second.GetPinnableReference())));
        (nint firstLow, nint firstHigh) = StrideLattice.Extent(first.Lengths, first.Strides);
        (nint secondLow, nint secondHigh) = StrideLattice.Extent(second.Lengths, second.Strides);
        nint firstSize = Unsafe.SizeOf<TFirst>();
        nint secondSize = Unsafe.SizeOf<TSecond>();
        if (distance + (secondLow * secondSize) >= (firstHigh + 1) * firstSize || distance + ((secondHigh + 1) * secondSize) <= firstLow * firstSize)
        {
            return MemoryRelation.Apart;
        }

        if (typeof(TFirst) != typeof(TSecond) || distance % firstSize != 0)
        {
            return MemoryRelation.Entangled;
        }

        if (distance == 0 && SameStrides(first.Lengths, first.Strides, second.Strides))
        {
            return MemoryRelation.Same;
        }

        return StrideLattice.AreDisjoint(first.Lengths, first.Strides, second.Strides, distance / firstSize)
            ? MemoryRelation.Apart
            : MemoryRelation.Entangled;
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
