using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace KlDivGen.CompilerServices;

/// <summary>Tests whether the sum that the fast path computed for a block is valid. Called by generated code.</summary>
/// <remarks>
/// The fast path is wrong for subnormal, negative and non-finite targets. These tests look at the lanes of a block's sum, and at the
/// bitwise OR of its targets, instead of at every element. A block that fails is computed again on the slow path.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class BlockGuards
{
    // The fast path's logarithm of a subnormal number is wrong by less than 2⁵ (float) or 2⁶ (double), which makes its loss wrong by
    // less than 2⁻¹²¹ or 2⁻¹⁰¹⁶. A sum of at least this magnitude hides such an error.
    private const int SingleMinimum = 0x2180_0000; // the bits of 2⁻⁶⁰
    private const long DoubleMinimum = 0x07B0_0000_0000_0000; // the bits of 2⁻⁹⁰⁰
    private const int SingleInfinity = 0x7F80_0000;
    private const long DoubleInfinity = 0x7FF0_0000_0000_0000;

    /// <summary>Determines whether every lane of a block's sum is finite.</summary>
    /// <param name="blockSum">The block's sum, lane by lane.</param>
    /// <returns><see langword="true"/> if no lane is ±∞ or NaN.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsFinite(Vector<float> blockSum) => blockSum - blockSum == Vector<float>.Zero;

    /// <inheritdoc cref="IsFinite(Vector{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsFinite(Vector<double> blockSum) => blockSum - blockSum == Vector<double>.Zero;

    /// <summary>
    /// Determines whether a block's sum is valid: no target is negative, and every lane is finite and either large enough to hide the
    /// error of a subnormal target or has no target other than 0.
    /// </summary>
    /// <param name="blockSum">The block's sum, lane by lane.</param>
    /// <param name="targetBits">The bitwise OR of each lane's targets.</param>
    /// <returns><see langword="true"/> if the sum is valid in every lane.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsValid(Vector<float> blockSum, Vector<int> targetBits)
    {
        unchecked
        {
            // With d = |sum| − minimum as integers: d < 0 means too small, d ≥ ∞ − minimum means not finite. Adding the bias moves
            // both tests to the sign bit.
            Vector<int> distance = DistanceAboveMinimum(blockSum, targetBits);
            Vector<int> biased = distance + new Vector<int>(int.MinValue - (SingleInfinity - SingleMinimum));
            return ((distance | biased | targetBits) & new Vector<int>(int.MinValue)) == Vector<int>.Zero;
        }
    }

    /// <inheritdoc cref="IsValid(Vector{float}, Vector{int})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsValid(Vector<double> blockSum, Vector<long> targetBits)
    {
        unchecked
        {
            Vector<long> distance = DistanceAboveMinimum(blockSum, targetBits);
            Vector<long> biased = distance + new Vector<long>(long.MinValue - (DoubleInfinity - DoubleMinimum));
            return ((distance | biased | targetBits) & new Vector<long>(long.MinValue)) == Vector<long>.Zero;
        }
    }

    /// <summary>
    /// Determines whether a block's sum is valid, where one input of −∞ may make a lane +∞: no target is negative, and every lane is
    /// either +∞ with all targets below 2, or finite and either large enough to hide the error of a subnormal target or without a
    /// target other than 0.
    /// </summary>
    /// <param name="blockSum">The block's sum, lane by lane.</param>
    /// <param name="targetBits">The bitwise OR of each lane's targets.</param>
    /// <returns><see langword="true"/> if the sum is valid in every lane.</returns>
    /// <remarks>A target of 2 or more can overflow in an intermediate result, so that an infinite lane may be wrong.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsValidOrInfinite(Vector<float> blockSum, Vector<int> targetBits)
    {
        unchecked
        {
            // The test of IsValid with a limit higher by one, so that +∞ passes too. The limit stays where the sum is negative or the
            // targets' OR has the first bit of the exponent, as every number from 2 on has.
            Vector<int> sumBits = Vector.AsVectorInt32(blockSum);
            Vector<int> distance = DistanceAboveMinimum(blockSum, targetBits);
            Vector<int> rejectInfinity = (sumBits | (targetBits << 1)) >>> 31;
            Vector<int> biased = distance + new Vector<int>(int.MinValue - (SingleInfinity - SingleMinimum) - 1) + rejectInfinity;
            return ((distance | biased | targetBits) & new Vector<int>(int.MinValue)) == Vector<int>.Zero;
        }
    }

    /// <inheritdoc cref="IsValidOrInfinite(Vector{float}, Vector{int})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsValidOrInfinite(Vector<double> blockSum, Vector<long> targetBits)
    {
        unchecked
        {
            Vector<long> sumBits = Vector.AsVectorInt64(blockSum);
            Vector<long> distance = DistanceAboveMinimum(blockSum, targetBits);
            Vector<long> rejectInfinity = (sumBits | (targetBits << 1)) >>> 63;
            Vector<long> biased = distance + new Vector<long>(long.MinValue - (DoubleInfinity - DoubleMinimum) - 1) + rejectInfinity;
            return ((distance | biased | targetBits) & new Vector<long>(long.MinValue)) == Vector<long>.Zero;
        }
    }

    /// <summary>
    /// Subtracts the smallest valid magnitude of each lane from its magnitude, both as integers. The smallest valid magnitude is 0
    /// where all targets are 0.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<int> DistanceAboveMinimum(Vector<float> blockSum, Vector<int> targetBits)
    {
        Vector<int> minimum = Vector.AndNot(new Vector<int>(SingleMinimum), Vector.Equals(targetBits, Vector<int>.Zero));
        return (Vector.AsVectorInt32(blockSum) & new Vector<int>(int.MaxValue)) - minimum;
    }

    /// <inheritdoc cref="DistanceAboveMinimum(Vector{float}, Vector{int})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<long> DistanceAboveMinimum(Vector<double> blockSum, Vector<long> targetBits)
    {
        Vector<long> minimum = Vector.AndNot(new Vector<long>(DoubleMinimum), Vector.Equals(targetBits, Vector<long>.Zero));
        return (Vector.AsVectorInt64(blockSum) & new Vector<long>(long.MaxValue)) - minimum;
    }
}
