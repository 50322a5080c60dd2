using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace KlDivGen.CompilerServices;

/// <summary>
/// The masks of a kernel's tail: of the elements that a vector holds, they select those from one index up to another. For generated
/// code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TailMask
{
    /// <summary>Selects elements among those of 16 bits.</summary>
    /// <param name="first">The first element to select, counted from the first vector of the group.</param>
    /// <param name="end">The element after the last one to select, counted likewise.</param>
    /// <param name="vector">The vector's number in its group.</param>
    /// <returns>A mask: all bits of a selected lane are set.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<short> Of16Bits(nuint first, nuint end, int vector = 0)
    {
        (int low, int high) = Bounds(first, end, vector * Vector<short>.Count);
        return Vector.GreaterThan(Vector<short>.Indices, new Vector<short>((short)low))
            & Vector.LessThan(Vector<short>.Indices, new Vector<short>((short)high));
    }

    /// <summary>Selects elements among those of 32 bits.</summary>
    /// <param name="first">The first element to select, counted from the first vector of the group.</param>
    /// <param name="end">The element after the last one to select, counted likewise.</param>
    /// <param name="vector">The vector's number in its group.</param>
    /// <returns>A mask: all bits of a selected lane are set.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<int> Of32Bits(nuint first, nuint end, int vector = 0)
    {
        (int low, int high) = Bounds(first, end, vector * Vector<int>.Count);
        return Vector.GreaterThan(Vector<int>.Indices, new Vector<int>(low)) & Vector.LessThan(Vector<int>.Indices, new Vector<int>(high));
    }

    /// <summary>Selects elements among those of 64 bits.</summary>
    /// <param name="first">The first element to select, counted from the first vector of the group.</param>
    /// <param name="end">The element after the last one to select, counted likewise.</param>
    /// <param name="vector">The vector's number in its group.</param>
    /// <returns>A mask: all bits of a selected lane are set.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<long> Of64Bits(nuint first, nuint end, int vector = 0)
    {
        (int low, int high) = Bounds(first, end, vector * Vector<long>.Count);
        return Vector.GreaterThan(Vector<long>.Indices, new Vector<long>(low)) & Vector.LessThan(Vector<long>.Indices, new Vector<long>(high));
    }

    /// <summary>
    /// Selects elements of 16 bits that were widened to 32 bits by even and odd lanes: lane j of the vector with the even (odd) ones
    /// holds element 2j (2j + 1).
    /// </summary>
    /// <param name="first">The first element to select, counted from the first of the two vectors.</param>
    /// <param name="end">The element after the last one to select, counted likewise.</param>
    /// <param name="odd">0 for the vector of even elements, 1 for that of the odd ones.</param>
    /// <returns>A mask: all bits of a selected lane are set.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<int> Interleaved(nuint first, nuint end, int odd)
    {
        (int low, int high) = Bounds(first, end, odd);
        Vector<int> elements = Vector<int>.Indices + Vector<int>.Indices;
        return Vector.GreaterThan(elements, new Vector<int>(low)) & Vector.LessThan(elements, new Vector<int>(high));
    }

    private static (int Low, int High) Bounds(nuint first, nuint end, int offset) =>
        unchecked(((int)first - offset - 1, (int)end - offset));
}
