using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace KlDivGen.CompilerServices;

/// <summary>
/// The sum of a deterministic kernel that computes in <see cref="float"/>: 32 lanes, whatever the width of the machine's vectors;
/// element i of a call belongs to lane i mod 32. Every addition is of one lane to the same lane, and at the end the lanes are folded
/// by halves, so that the bits depend on the data alone. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct ReproducibleSingleAccumulator
{
    private const int Count = 32;
    private SingleLanes block;
    private DoubleLanes total;

    /// <summary>The first of the 32 lanes that a block's losses are added to.</summary>
    [UnscopedRef]
    public ref float GetReference() => ref this.block[0];

    /// <summary>Whether no lane of the block is ±∞ or NaN.</summary>
    public bool IsFinite
    {
        get
        {
            Vector<float> bad = Vector<float>.Zero;
            for (nuint i = 0; i < Count; i += (nuint)Vector<float>.Count)
            {
                Vector<float> lanes = Vector.LoadUnsafe(ref this.block[0], i);
                bad += lanes - lanes;
            }

            return bad == Vector<float>.Zero;
        }
    }

    /// <summary>The sum of all blocks that were committed.</summary>
    public readonly double Total
    {
        get
        {
            // By halves, the widest first; in registers, since a vector loaded from where others were just stored has to wait.
            ref readonly double lanes = ref this.total[0];
            Vector512<double> lower = Vector512.LoadUnsafe(in lanes) + Vector512.LoadUnsafe(in lanes, 16);
            Vector512<double> upper = Vector512.LoadUnsafe(in lanes, 8) + Vector512.LoadUnsafe(in lanes, 24);
            Vector512<double> eight = lower + upper;
            Vector256<double> four = eight.GetLower() + eight.GetUpper();
            Vector128<double> two = four.GetLower() + four.GetUpper();
            double total = two[0] + two[1];
            return double.IsNaN(total) ? double.NaN : total;
        }
    }

    /// <summary>Adds the block to the total, and begins the next.</summary>
    public void EndBlock()
    {
        ref double totals = ref this.total[0];
        for (nuint i = 0; i < Count; i += (nuint)Vector<float>.Count)
        {
            Vector<float> lanes = Vector.LoadUnsafe(ref this.block[0], i);
            (Vector.LoadUnsafe(ref totals, i) + Vector.WidenLower(lanes)).StoreUnsafe(ref totals, i);
            nuint upper = i + (nuint)Vector<double>.Count;
            (Vector.LoadUnsafe(ref totals, upper) + Vector.WidenUpper(lanes)).StoreUnsafe(ref totals, upper);
        }

        this.DiscardBlock();
    }

    /// <summary>Begins the block again.</summary>
    public void DiscardBlock() => this.block = default;

    [InlineArray(Count)]
    private struct SingleLanes
    {
        private float first;
    }

    [InlineArray(Count)]
    private struct DoubleLanes
    {
        private double first;
    }
}
