using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace KlDivGen.CompilerServices;

/// <summary>
/// The masks of a kernel's tail. Where its vectors end with the data, they hold elements that were already processed, and a mask selects
/// those from an index on; where they begin a padded buffer, it selects those before an index. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TailMask
{
    /// <summary>Selects the elements of 16 bits from an index on.</summary>
    /// <param name="first">The first element to select, counted from the first vector of the group.</param>
    /// <param name="vector">The vector's number in its group.</param>
    /// <returns>A mask: all bits of a selected lane are set.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<short> From16(nuint first, int vector = 0) => Vector.GreaterThan(
        Vector<short>.Indices, new Vector<short>((short)unchecked((int)first - (vector * Vector<short>.Count) - 1)));

    /// <summary>Selects the elements of 16 bits before an index.</summary>
    /// <param name="end">The element after the last one to select, counted from the first vector of the group.</param>
    /// <param name="vector">The vector's number in its group.</param>
    /// <returns>A mask: all bits of a selected lane are set.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<short> Before16(nuint end, int vector = 0) => Vector.LessThan(
        Vector<short>.Indices, new Vector<short>((short)unchecked((int)end - (vector * Vector<short>.Count))));

    /// <summary>Selects the elements of 32 bits from an index on.</summary>
    /// <param name="first">The first element to select, counted from the first vector of the group.</param>
    /// <param name="vector">The vector's number in its group.</param>
    /// <returns>A mask: all bits of a selected lane are set.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<int> From32(nuint first, int vector = 0) => Vector.GreaterThan(
        Vector<int>.Indices, new Vector<int>(unchecked((int)first - (vector * Vector<int>.Count) - 1)));

    /// <summary>Selects the elements of 32 bits before an index.</summary>
    /// <param name="end">The element after the last one to select, counted from the first vector of the group.</param>
    /// <param name="vector">The vector's number in its group.</param>
    /// <returns>A mask: all bits of a selected lane are set.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<int> Before32(nuint end, int vector = 0) => Vector.LessThan(
        Vector<int>.Indices, new Vector<int>(unchecked((int)end - (vector * Vector<int>.Count))));

    /// <summary>Selects the elements of 64 bits from an index on.</summary>
    /// <param name="first">The first element to select, counted from the first vector of the group.</param>
    /// <param name="vector">The vector's number in its group.</param>
    /// <returns>A mask: all bits of a selected lane are set.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<long> From64(nuint first, int vector = 0) => Vector.GreaterThan(
        Vector<long>.Indices, new Vector<long>(unchecked((int)first - (vector * Vector<long>.Count) - 1)));

    /// <summary>Selects the elements of 64 bits before an index.</summary>
    /// <param name="end">The element after the last one to select, counted from the first vector of the group.</param>
    /// <param name="vector">The vector's number in its group.</param>
    /// <returns>A mask: all bits of a selected lane are set.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<long> Before64(nuint end, int vector = 0) => Vector.LessThan(
        Vector<long>.Indices, new Vector<long>(unchecked((int)end - (vector * Vector<long>.Count))));

    /// <summary>
    /// Selects the elements of 16 bits from an index on, where even and odd elements were widened to a vector each: lane j of the vector
    /// with the even (odd) ones holds element 2j (2j + 1).
    /// </summary>
    /// <param name="first">The first element to select, counted from the first of the two vectors.</param>
    /// <param name="odd">0 for the vector of even elements, 1 for that of the odd ones.</param>
    /// <returns>A mask: all bits of a selected lane are set.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<int> FromInterleaved(nuint first, int odd) => Vector.GreaterThan(
        Vector<int>.Indices + Vector<int>.Indices, new Vector<int>(unchecked((int)first - odd - 1)));
}
