using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace KlDivGen.CompilerServices;

/// <summary>Numbers that differ from lane to lane, for vectors of every width. Used by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LaneVector
{
    /// <summary>Repeats a vector in a vector of 512 bits, which is wider.</summary>
    /// <typeparam name="T">The type of the lanes.</typeparam>
    /// <param name="vector">The vector.</param>
    /// <returns>The vector, two or four times.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Repeat<T>(Vector<T> vector)
    {
        Vector256<T> half = Vector<byte>.Count == Vector256<byte>.Count
            ? vector.AsVector256()
            : Vector256.Create(vector.AsVector128(), vector.AsVector128());
        return Vector512.Create(half, half);
    }
}
