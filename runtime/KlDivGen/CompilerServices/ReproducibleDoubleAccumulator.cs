using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace KlDivGen.CompilerServices;

/// <summary>
/// The sum of a deterministic kernel that computes in <see cref="double"/>: as <see cref="ReproducibleSingleAccumulator"/>, the total's rounding
/// errors kept (Knuth's two-sum). A kernel uses as many of the 32 lanes as its vectors take at their widest. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct ReproducibleDoubleAccumulator
{
    private const int Count = 32;
    private DoubleLanes block;
    private DoubleLanes total;
    private DoubleLanes errors;

    /// <summary>The first of the lanes that a block's losses are added to.</summary>
    [UnscopedRef]
    public ref double GetReference() => ref this.block[0];

    /// <summary>Whether no lane of the block is ±∞ or NaN.</summary>
    public bool IsFinite
    {
        get
        {
            Vector<double> bad = Vector<double>.Zero;
            for (nuint i = 0; i < Count; i += (nuint)Vector<double>.Count)
            {
                Vector<double> lanes = Vector.LoadUnsafe(ref this.block[0], i);
                bad += lanes - lanes;
            }

            return bad == Vector<double>.Zero;
        }
    }

    /// <summary>The sum of all blocks that were committed.</summary>
    public readonly double Total
    {
        get
        {
            // By vectors as long as there is a whole one to add: what is added to what is the same.
            DoubleLanes lanes = this.total;
            DoubleLanes rest = this.errors;
            int half = Count / 2;
            for (; half >= Vector<double>.Count; half /= 2)
            {
                for (nuint i = 0; i < (nuint)half; i += (nuint)Vector<double>.Count)
                {
                    nuint other = i + (nuint)half;
                    CompensatedDoubleAccumulator.TwoSum(
                        Vector.LoadUnsafe(ref lanes[0], i), Vector.LoadUnsafe(ref lanes[0], other), out Vector<double> sum, out Vector<double> error);
                    sum.StoreUnsafe(ref lanes[0], i);
                    (Vector.LoadUnsafe(ref rest[0], i) + (Vector.LoadUnsafe(ref rest[0], other) + error)).StoreUnsafe(ref rest[0], i);
                }
            }

            for (; half > 0; half /= 2)
            {
                for (int i = 0; i < half; i++)
                {
                    CompensatedDoubleAccumulator.TwoSum(lanes[i], lanes[i + half], out double sum, out double error);
                    lanes[i] = sum;
                    rest[i] += rest[i + half] + error;
                }
            }

            double total = double.IsFinite(lanes[0]) ? lanes[0] + rest[0] : lanes[0];
            return double.IsNaN(total) ? double.NaN : total;
        }
    }

    /// <summary>Adds the block to the total, and begins the next.</summary>
    public void EndBlock()
    {
        ref double totals = ref this.total[0];
        ref double errors = ref this.errors[0];
        for (nuint i = 0; i < Count; i += (nuint)Vector<double>.Count)
        {
            CompensatedDoubleAccumulator.TwoSum(Vector.LoadUnsafe(ref totals, i), Vector.LoadUnsafe(ref this.block[0], i), out Vector<double> sum, out Vector<double> error);
            sum.StoreUnsafe(ref totals, i);
            (Vector.LoadUnsafe(ref errors, i) + error).StoreUnsafe(ref errors, i);
        }

        this.DiscardBlock();
    }

    /// <summary>Begins the block again.</summary>
    public void DiscardBlock() => this.block = default;

    [InlineArray(Count)]
    private struct DoubleLanes
    {
        private double first;
    }
}
