using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace KlDivGen.CompilerServices;

/// <summary>Takes vectors of 512 bits apart into <see cref="Vector{T}"/>, which is narrower.</summary>
internal static class VectorPart
{
    /// <summary>Gets a part of a vector of 512 bits.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="part">The number of the part, from 0 to 1 if <see cref="Vector{T}"/> has 256 bits, and to 3 if it has 128.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Get<T>(Vector512<T> vector, int part)
    {
        if (Vector<byte>.Count == Vector256<byte>.Count)
        {
            return (part == 0 ? vector.GetLower() : vector.GetUpper()).AsVector();
        }

        Vector256<T> half = part < 2 ? vector.GetLower() : vector.GetUpper();
        return (part % 2 == 0 ? half.GetLower() : half.GetUpper()).AsVector();
    }
}
