using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace KlDivGen.CompilerServices;

/// <summary>
/// Adds up the block sums of a kernel that computes in <see cref="float"/>. The total is kept in <see cref="double"/>, so that its
/// error does not grow with the number of elements. Used by generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StructLayout(LayoutKind.Sequential)]
public struct SingleAccumulator
{
    private Vector<double> lower;
    private Vector<double> upper;

    /// <summary>Gets the total of all lanes.</summary>
    public readonly double Total => Vector.Sum(this.lower + this.upper);

    /// <summary>Gets the totals of the lower half of the lanes.</summary>
    internal readonly Vector<double> Lower => this.lower;

    /// <summary>Gets the totals of the upper half of the lanes.</summary>
    internal readonly Vector<double> Upper => this.upper;

    /// <summary>Rounds the total of each lane to <see cref="float"/>.</summary>
    /// <returns>The totals, lane by lane.</returns>
    public readonly Vector<float> ToVector() => Vector.Narrow(this.lower, this.upper);

    /// <summary>Adds the lanes of one block's sum in <see cref="double"/>.</summary>
    /// <param name="blockSum">The block's sum, lane by lane.</param>
    /// <returns>The sum of the lanes.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Reduce(Vector<float> blockSum) => Vector.Sum(Vector.WidenLower(blockSum) + Vector.WidenUpper(blockSum));

    /// <summary>Adds a block's sum to the total.</summary>
    /// <param name="blockSum">The block's sum, lane by lane.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Vector512<float> blockSum)
    {
        SingleAccumulator512 sum = default;
        sum.Add(blockSum);
        this.Add(sum);
    }

    /// <summary>Adds a block's sum to the total.</summary>
    /// <param name="blockSum">The block's sum, lane by lane.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Vector<float> blockSum)
    {
        this.lower += Vector.WidenLower(blockSum);
        this.upper += Vector.WidenUpper(blockSum);
    }

    /// <summary>Sets the total of a lane. The fields follow one another in memory like the lanes.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="total">The total.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetLane(int lane, double total) => Unsafe.Add(ref Unsafe.As<Vector<double>, double>(ref this.lower), lane) = total;

    /// <summary>Adds the total of another accumulator.</summary>
    /// <param name="other">The other accumulator.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(SingleAccumulator other)
    {
        this.lower += other.lower;
        this.upper += other.upper;
    }

    /// <summary>Adds the total of an accumulator of 512-bit vectors.</summary>
    /// <param name="other">The other accumulator.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(SingleAccumulator512 other)
    {
        Vector512<double> sum = other.Lower + other.Upper;
        Vector<double> lower = VectorPart.Get(sum, 0), upper = VectorPart.Get(sum, 1);
        if (Vector512<double>.Count > 2 * Vector<double>.Count)
        {
            lower += VectorPart.Get(sum, 2);
            upper += VectorPart.Get(sum, 3);
        }

        this.lower += lower;
        this.upper += upper;
    }
}
