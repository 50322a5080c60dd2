using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace KlDivGen.CompilerServices;

/// <summary>
/// Adds up the block sums of a kernel that computes in <see cref="float"/> with 512-bit vectors. The total is kept in
/// <see cref="double"/>, so that its error does not grow with the number of elements. Used by generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct SingleAccumulator512
{
    private Vector512<double> lower;
    private Vector512<double> upper;

    /// <summary>Gets the total of all lanes.</summary>
    public readonly double Total => Vector512.Sum(this.lower + this.upper);

    /// <summary>Gets the totals of the lower half of the lanes.</summary>
    internal readonly Vector512<double> Lower => this.lower;

    /// <summary>Gets the totals of the upper half of the lanes.</summary>
    internal readonly Vector512<double> Upper => this.upper;

    /// <summary>Rounds the total of each lane to <see cref="float"/>.</summary>
    /// <returns>The totals, lane by lane.</returns>
    public readonly Vector512<float> ToVector() => Vector512.Narrow(this.lower, this.upper);

    /// <summary>Adds a block's sum to the total.</summary>
    /// <param name="blockSum">The block's sum, lane by lane.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Vector512<float> blockSum)
    {
        this.lower += Vector512.WidenLower(blockSum);
        this.upper += Vector512.WidenUpper(blockSum);
    }

    /// <summary>Adds the total of another accumulator.</summary>
    /// <param name="other">The other accumulator.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(SingleAccumulator512 other)
    {
        this.lower += other.lower;
        this.upper += other.upper;
    }
}
