using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace KlDivGen.CompilerServices;

/// <summary>The even or the odd 16-bit lanes of a vector, in lanes twice as wide. Used by generated code.</summary>
/// <remarks>One multiplication of pairs replaces two shifts.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class EvenOddLanes
{
    /// <summary>Widens the even lanes, with their signs, and shifts them left.</summary>
    /// <param name="narrow">The narrow lanes.</param>
    /// <param name="shift">The number of bits, from 0 to 14: a constant.</param>
    /// <returns>The wide lanes.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> WidenEven(Vector512<short> narrow, int shift) => Avx512BW.IsSupported
        ? Avx512BW.MultiplyAddAdjacent(narrow, Vector512.AsInt16(Vector512.Create(1 << shift)))
        : (Vector512.AsInt32(narrow) << 16) >> (16 - shift);

    /// <summary>Widens the odd lanes, with their signs, and shifts them left.</summary>
    /// <param name="narrow">The narrow lanes.</param>
    /// <param name="shift">The number of bits, from 0 to 14: a constant.</param>
    /// <returns>The wide lanes.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> WidenOdd(Vector512<short> narrow, int shift) => Avx512BW.IsSupported
        ? Avx512BW.MultiplyAddAdjacent(narrow, Vector512.AsInt16(Vector512.Create(1 << (shift + 16))))
        : (Vector512.AsInt32(narrow) >> 16) << shift;
}
