using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace KlDivGen.CompilerServices;

/// <summary>
/// The sum of a kernel that computes in <see cref="float"/>: the sums of blocks, added in <see cref="double"/>, so that the error
/// does not grow with the number of elements. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct SingleAccumulator
{
    private Vector<double> lower;
    private Vector<double> upper;

    /// <summary>The sum of all blocks so far.</summary>
    public readonly double Total => Vector.Sum(this.lower + this.upper);

    /// <summary>The sum of each lane so far, rounded.</summary>
    public readonly Vector<float> ToVector() => Vector.Narrow(this.lower, this.upper);

    /// <summary>The sum of a block alone.</summary>
    /// <param name="block">The lanes of the block's sum.</param>
    /// <returns>Their sum, in <see cref="double"/>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Reduce(Vector<float> block) => Vector.Sum(Vector.WidenLower(block) + Vector.WidenUpper(block));

    /// <summary>Adds a block.</summary>
    /// <param name="block">The lanes of the block's sum.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Vector<float> block)
    {
        this.lower += Vector.WidenLower(block);
        this.upper += Vector.WidenUpper(block);
    }

    /// <summary>Adds the sum of other blocks.</summary>
    /// <param name="part">The other sum.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(SingleAccumulator part)
    {
        this.lower += part.lower;
        this.upper += part.upper;
    }
}
