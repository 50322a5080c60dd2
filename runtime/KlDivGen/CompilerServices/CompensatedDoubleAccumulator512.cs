using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace KlDivGen.CompilerServices;

/// <summary>
/// Adds up the block sums of a kernel that computes in <see cref="double"/> with 512-bit vectors. The rounding errors of the additions
/// are kept (Knuth's TwoSum), so that the error of the total does not grow with the number of elements. Used by generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct CompensatedDoubleAccumulator512
{
    private Vector512<double> sum;
    private Vector512<double> error;

    /// <summary>Gets the total of all lanes.</summary>
    public readonly double Total => AddLanes(this.sum, Vector512.Sum(this.error));

    /// <summary>Gets the rounding errors of the total of each lane.</summary>
    internal readonly Vector512<double> Error => this.error;

    /// <summary>Gets the total of each lane, without the rounding errors that are kept beside it.</summary>
    /// <returns>The totals, lane by lane.</returns>
    public readonly Vector512<double> ToVector() => this.sum;

    /// <summary>Adds a block's sum to the total.</summary>
    /// <param name="blockSum">The block's sum, lane by lane.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Vector512<double> blockSum)
    {
        TwoSum(this.sum, blockSum, out this.sum, out Vector512<double> roundingError);
        this.error += roundingError;
    }

    /// <summary>Adds the total of another accumulator.</summary>
    /// <param name="other">The other accumulator.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(CompensatedDoubleAccumulator512 other)
    {
        this.Add(other.sum);
        this.error += other.error;
    }

    private static double AddLanes(Vector512<double> lanes, double error)
    {
        double total = lanes[0];
        for (int lane = 1; lane < Vector512<double>.Count; lane++)
        {
            CompensatedDoubleAccumulator.TwoSum(total, lanes[lane], out total, out double roundingError);
            error += roundingError;
        }

        // The rounding errors of an infinite sum are NaN.
        return double.IsFinite(total) ? total + error : total;
    }

    /// <summary>Computes a + b, lane by lane, as the nearest double and its rounding error, which is exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void TwoSum(Vector512<double> a, Vector512<double> b, out Vector512<double> sum, out Vector512<double> error)
    {
        sum = a + b;
        Vector512<double> added = sum - a;
        error = (a - (sum - added)) + (b - added);
    }
}
