using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace KlDivGen.CompilerServices;

/// <summary>
/// Adds up the block sums of a kernel that computes in <see cref="double"/>. The rounding errors of the additions are kept (Knuth's
/// TwoSum), so that the error of the total does not grow with the number of elements. Used by generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct CompensatedDoubleAccumulator
{
    private Vector<double> sum;
    private Vector<double> error;

    /// <summary>Gets the total of all lanes.</summary>
    public readonly double Total => AddLanes(this.sum, Vector.Sum(this.error));

    /// <summary>Gets the total of each lane, without the rounding errors that are kept beside it.</summary>
    /// <returns>The totals, lane by lane.</returns>
    public readonly Vector<double> ToVector() => this.sum;

    /// <summary>Adds the lanes of one block's sum.</summary>
    /// <param name="blockSum">The block's sum, lane by lane.</param>
    /// <returns>The sum of the lanes, corrected by the rounding errors of the additions.</returns>
    public static double Reduce(Vector<double> blockSum) => AddLanes(blockSum, 0);

    /// <summary>Adds a block's sum to the total.</summary>
    /// <param name="blockSum">The block's sum, lane by lane.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Vector512<double> blockSum)
    {
        this.Add(VectorPart.Get(blockSum, 0));
        this.Add(VectorPart.Get(blockSum, 1));
        if (Vector512<double>.Count > 2 * Vector<double>.Count)
        {
            this.Add(VectorPart.Get(blockSum, 2));
            this.Add(VectorPart.Get(blockSum, 3));
        }
    }

    /// <summary>Adds a block's sum to the total.</summary>
    /// <param name="blockSum">The block's sum, lane by lane.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Vector<double> blockSum)
    {
        TwoSum(this.sum, blockSum, out this.sum, out Vector<double> roundingError);
        this.error += roundingError;
    }

    /// <summary>Adds the total of another accumulator.</summary>
    /// <param name="other">The other accumulator.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(CompensatedDoubleAccumulator other)
    {
        this.Add(other.sum);
        this.error += other.error;
    }

    /// <summary>Adds the total of an accumulator of 512-bit vectors.</summary>
    /// <param name="other">The other accumulator.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(CompensatedDoubleAccumulator512 other)
    {
        this.Add(other.ToVector());
        this.error += VectorPart.Get(other.Error, 0) + VectorPart.Get(other.Error, 1);
        if (Vector512<double>.Count > 2 * Vector<double>.Count)
        {
            this.error += VectorPart.Get(other.Error, 2) + VectorPart.Get(other.Error, 3);
        }
    }

    private static double AddLanes(Vector<double> lanes, double error)
    {
        double total = lanes[0];
        for (int lane = 1; lane < Vector<double>.Count; lane++)
        {
            TwoSum(total, lanes[lane], out total, out double roundingError);
            error += roundingError;
        }

        // The rounding errors of an infinite sum are NaN.
        return double.IsFinite(total) ? total + error : total;
    }

    /// <summary>Computes a + b as the nearest double and its rounding error, which is exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void TwoSum(double a, double b, out double sum, out double error)
    {
        sum = a + b;
        double added = sum - a;
        error = (a - (sum - added)) + (b - added);
    }

    /// <summary>Computes a + b, lane by lane, as the nearest double and its rounding error, which is exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void TwoSum(Vector<double> a, Vector<double> b, out Vector<double> sum, out Vector<double> error)
    {
        sum = a + b;
        Vector<double> added = sum - a;
        error = (a - (sum - added)) + (b - added);
    }
}
