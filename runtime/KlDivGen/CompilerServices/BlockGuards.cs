using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace KlDivGen.CompilerServices;

/// <summary>What a kernel asks of the sum of a block before it trusts it. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BlockGuards
{
    // A subnormal's logarithm, where it is not computed with care, is wrong by less than 2⁵ (2⁶), so its loss by less than 2⁻¹²¹
    // (2⁻¹⁰¹⁶): in a sum of at least this size it does not count.
    private const int SingleLeast = 0x2180_0000; // the bits of 2⁻⁶⁰
    private const long DoubleLeast = 0x07B0_0000_0000_0000; // the bits of 2⁻⁹⁰⁰
    private const int SingleInfinity = 0x7F80_0000;
    private const long DoubleInfinity = 0x7FF0_0000_0000_0000;

    /// <summary>Whether no lane of the sum is ±∞ or NaN.</summary>
    /// <param name="block">The lanes of the sum.</param>
    /// <returns><see langword="true"/> if every lane is finite.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsFinite(Vector<float> block) => block - block == Vector<float>.Zero;

    /// <inheritdoc cref="IsFinite(Vector{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsFinite(Vector<double> block) => block - block == Vector<double>.Zero;

    /// <summary>
    /// Whether no target was negative, and each lane of the sum is finite and so large that a subnormal target would not count in it,
    /// or had no target but 0.
    /// </summary>
    /// <param name="block">The lanes of the sum.</param>
    /// <param name="targetBits">The bits of each lane's targets, gathered by "or".</param>
    /// <returns><see langword="true"/> if every lane can be trusted.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsValid(Vector<float> block, Vector<int> targetBits)
    {
        unchecked
        {
            // Below what infinity is above the least, neither it, nor what brings that to the sign's place, has the sign.
            Vector<int> above = Above(block, targetBits);
            Vector<int> beyond = above + new Vector<int>(int.MinValue - (SingleInfinity - SingleLeast));
            return ((above | beyond | targetBits) & new Vector<int>(int.MinValue)) == Vector<int>.Zero;
        }
    }

    /// <inheritdoc cref="IsValid(Vector{float}, Vector{int})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsValid(Vector<double> block, Vector<long> targetBits)
    {
        unchecked
        {
            Vector<long> above = Above(block, targetBits);
            Vector<long> beyond = above + new Vector<long>(long.MinValue - (DoubleInfinity - DoubleLeast));
            return ((above | beyond | targetBits) & new Vector<long>(long.MinValue)) == Vector<long>.Zero;
        }
    }

    /// <summary>
    /// The same, but that a lane may be +∞, which one input of −∞ makes it, and then nothing else counts in it; if no target in it was 2
    /// or more, for those may overflow on the way.
    /// </summary>
    /// <param name="block">The lanes of the sum.</param>
    /// <param name="targetBits">The bits of each lane's targets, gathered by "or".</param>
    /// <returns><see langword="true"/> if every lane can be trusted.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsValidOrInfinite(Vector<float> block, Vector<int> targetBits)
    {
        unchecked
        {
            // As above; but the limit is one higher, unless the sum has the sign, or the targets an exponent's first bit, as from 2 on.
            Vector<int> bits = Vector.AsVectorInt32(block);
            Vector<int> above = Above(block, targetBits);
            Vector<int> beyond = above + new Vector<int>(int.MinValue - (SingleInfinity - SingleLeast) - 1) + ((bits | (targetBits << 1)) >>> 31);
            return ((above | beyond | targetBits) & new Vector<int>(int.MinValue)) == Vector<int>.Zero;
        }
    }

    /// <inheritdoc cref="IsValidOrInfinite(Vector{float}, Vector{int})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsValidOrInfinite(Vector<double> block, Vector<long> targetBits)
    {
        unchecked
        {
            Vector<long> bits = Vector.AsVectorInt64(block);
            Vector<long> above = Above(block, targetBits);
            Vector<long> beyond = above + new Vector<long>(long.MinValue - (DoubleInfinity - DoubleLeast) - 1) + ((bits | (targetBits << 1)) >>> 63);
            return ((above | beyond | targetBits) & new Vector<long>(long.MinValue)) == Vector<long>.Zero;
        }
    }

    /// <summary>The sum's magnitude, as bits, above the least that it may be, which is 0 without a target.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<int> Above(Vector<float> block, Vector<int> targetBits)
    {
        Vector<int> least = Vector.AndNot(new Vector<int>(SingleLeast), Vector.Equals(targetBits, Vector<int>.Zero));
        return (Vector.AsVectorInt32(block) & new Vector<int>(int.MaxValue)) - least;
    }

    /// <inheritdoc cref="Above(Vector{float}, Vector{int})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<long> Above(Vector<double> block, Vector<long> targetBits)
    {
        Vector<long> least = Vector.AndNot(new Vector<long>(DoubleLeast), Vector.Equals(targetBits, Vector<long>.Zero));
        return (Vector.AsVectorInt64(block) & new Vector<long>(long.MaxValue)) - least;
    }
}
