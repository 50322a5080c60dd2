using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace KlDivGen.CompilerServices;

/// <summary>
/// The sum of a kernel that computes in <see cref="double"/>: the sums of blocks, added with their rounding errors kept (Knuth's
/// two-sum), so that the error does not grow with the number of elements. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct CompensatedDoubleAccumulator
{
    private Vector<double> sum;
    private Vector<double> error;

    /// <summary>The sum of all blocks so far.</summary>
    public readonly double Total => Fold(this.sum, Vector.Sum(this.error));

    /// <summary>The sum of each lane so far, rounded.</summary>
    public readonly Vector<double> ToVector() => this.sum;

    /// <summary>The sum of a block alone.</summary>
    /// <param name="block">The lanes of the block's sum.</param>
    /// <returns>Their sum, rounded once.</returns>
    public static double Reduce(Vector<double> block) => Fold(block, 0);

    /// <summary>Adds a block.</summary>
    /// <param name="block">The lanes of the block's sum.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Vector<double> block)
    {
        TwoSum(this.sum, block, out this.sum, out Vector<double> lost);
        this.error += lost;
    }

    /// <summary>Adds the sum of other blocks.</summary>
    /// <param name="part">The other sum.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(CompensatedDoubleAccumulator part)
    {
        this.Add(part.sum);
        this.error += part.error;
    }

    private static double Fold(Vector<double> lanes, double error)
    {
        double total = lanes[0];
        for (int lane = 1; lane < Vector<double>.Count; lane++)
        {
            TwoSum(total, lanes[lane], out total, out double lost);
            error += lost;
        }

        // Where the sum is not finite, its errors are not numbers.
        return double.IsFinite(total) ? total + error : total;
    }

    /// <summary>a + b as its nearest double and what that leaves over, exactly.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void TwoSum(double a, double b, out double sum, out double error)
    {
        sum = a + b;
        double added = sum - a;
        error = (a - (sum - added)) + (b - added);
    }

    /// <inheritdoc cref="TwoSum(double, double, out double, out double)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void TwoSum(Vector<double> a, Vector<double> b, out Vector<double> sum, out Vector<double> error)
    {
        sum = a + b;
        Vector<double> added = sum - a;
        error = (a - (sum - added)) + (b - added);
    }
}
