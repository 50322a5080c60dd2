using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace KlDivGen.CompilerServices;

/// <summary>
/// Adds up the block sums of a kernel that computes in <see cref="float"/>. The total is kept in <see cref="double"/>, so that its
/// error does not grow with the number of elements. Used by generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
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
        this.Add(VectorPart.Get(blockSum, 0));
        this.Add(VectorPart.Get(blockSum, 1));
        if (Vector512<float>.Count > 2 * Vector<float>.Count)
        {
            this.Add(VectorPart.Get(blockSum, 2));
            this.Add(VectorPart.Get(blockSum, 3));
        }
    }

    /// <summary>Adds a block's sum to the total.</summary>
    /// <param name="blockSum">The block's sum, lane by lane.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Vector<float> blockSum)
    {
        this.lower += Vector.WidenLower(blockSum);
        this.upper += Vector.WidenUpper(blockSum);
    }

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
        this.AddParts(other.Lower);
        this.AddParts(other.Upper);
    }

    /// <summary>Adds the lanes of one or two vectors of elements, widened to <see cref="double"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddParts(Vector512<double> widened)
    {
        this.lower += VectorPart.Get(widened, 0);
        this.upper += VectorPart.Get(widened, 1);
        if (Vector512<double>.Count > 2 * Vector<double>.Count)
        {
            this.lower += VectorPart.Get(widened, 2);
            this.upper += VectorPart.Get(widened, 3);
        }
    }
}
