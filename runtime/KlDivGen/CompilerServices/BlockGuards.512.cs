using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace KlDivGen.CompilerServices;

/// <content>The tests for the sums of blocks of 512-bit vectors.</content>
public static partial class BlockGuards
{
    /// <summary>Determines whether every lane of a block's sum is finite.</summary>
    /// <param name="blockSum">The block's sum, lane by lane.</param>
    /// <returns><see langword="true"/> if no lane is ±∞ or NaN.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsFinite(Vector512<float> blockSum) => blockSum - blockSum == Vector512<float>.Zero;

    /// <inheritdoc cref="IsFinite(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsFinite(Vector512<double> blockSum) => blockSum - blockSum == Vector512<double>.Zero;

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
    public static bool IsValidOrInfinite(Vector512<float> blockSum, Vector512<int> targetBits)
    {
        unchecked
        {
            // The test of IsValid with a limit higher by one, so that +∞ passes too. The limit stays where the sum is negative or the
            // targets' OR has the first bit of the exponent, as every number from 2 on has.
            Vector512<int> sumBits = Vector512.AsInt32(blockSum);
            Vector512<int> distance = DistanceAboveMinimum(blockSum, targetBits);
            Vector512<int> rejectInfinity = (sumBits | (targetBits << 1)) >>> 31;
            Vector512<int> biased = distance + Vector512.Create(int.MinValue - (SingleInfinity - SingleMinimum) - 1) + rejectInfinity;
            return ((distance | biased | targetBits) & Vector512.Create(int.MinValue)) == Vector512<int>.Zero;
        }
    }

    /// <inheritdoc cref="IsValidOrInfinite(Vector512{float}, Vector512{int})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsValidOrInfinite(Vector512<double> blockSum, Vector512<long> targetBits)
    {
        unchecked
        {
            Vector512<long> sumBits = Vector512.AsInt64(blockSum);
            Vector512<long> distance = DistanceAboveMinimum(blockSum, targetBits);
            Vector512<long> rejectInfinity = (sumBits | (targetBits << 1)) >>> 63;
            Vector512<long> biased = distance + Vector512.Create(long.MinValue - (DoubleInfinity - DoubleMinimum) - 1) + rejectInfinity;
            return ((distance | biased | targetBits) & Vector512.Create(long.MinValue)) == Vector512<long>.Zero;
        }
    }

    /// <summary>
    /// Subtracts the smallest valid magnitude of each lane from its magnitude, both as integers. The smallest valid magnitude is 0
    /// where all targets are 0.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> DistanceAboveMinimum(Vector512<float> blockSum, Vector512<int> targetBits)
    {
        Vector512<int> minimum = Vector512.AndNot(Vector512.Create(SingleMinimum), Vector512.Equals(targetBits, Vector512<int>.Zero));
        return (Vector512.AsInt32(blockSum) & Vector512.Create(int.MaxValue)) - minimum;
    }

    /// <inheritdoc cref="DistanceAboveMinimum(Vector512{float}, Vector512{int})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> DistanceAboveMinimum(Vector512<double> blockSum, Vector512<long> targetBits)
    {
        Vector512<long> minimum = Vector512.AndNot(Vector512.Create(DoubleMinimum), Vector512.Equals(targetBits, Vector512<long>.Zero));
        return (Vector512.AsInt64(blockSum) & Vector512.Create(long.MaxValue)) - minimum;
    }
}
