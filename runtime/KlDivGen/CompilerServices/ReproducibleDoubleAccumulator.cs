using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace KlDivGen.CompilerServices;

/// <summary>
/// Adds up the losses of a deterministic kernel that computes in <see cref="double"/>: the bits of the total depend on the data alone,
/// not on the width of the machine's vectors. Used by generated code.
/// </summary>
/// <remarks>
/// The sum has 32 lanes. A kernel that uses the first n of them adds the loss of element i to lane i mod n. <see cref="EndBlock"/> adds
/// the lanes to totals and keeps the rounding errors (Knuth's TwoSum). At the end, the upper half of the totals is added to the lower
/// half until one is left. Vectors of any width perform these same additions.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct ReproducibleDoubleAccumulator
{
    /// <summary>
    /// The length of the record of a piece of <see cref="ParallelLoop.PieceLength"/> elements: all lanes of every block, and of two blocks
    /// for what remains after the last whole one.
    /// </summary>
    public const int RecordLength = (ParallelLoop.PieceLength / ReproducibleLanes.BlockIterations) + (2 * LaneCount);

    /// <summary>The length of the records of <see cref="ParallelLoop.WaveLength"/> elements.</summary>
    public const int WaveRecordLength = ParallelLoop.WaveLength / ParallelLoop.PieceLength * RecordLength;

    private const int LaneCount = 32;
    private DoubleLanes blockLanes;
    private DoubleLanes totals;
    private Memory<double> record;
    private int recordedLanes;
    private DoubleLanes errors;

    /// <summary>Initializes an accumulator whose total is 0.</summary>
    /// <exception cref="PlatformNotSupportedException">The vectors of this machine are wider than 512 bits.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReproducibleDoubleAccumulator() => ReproducibleLanes.ThrowIfFewerThanVectorLanes(Vector<byte>.Count);

    /// <summary>
    /// Initializes an accumulator that has no total: it writes the lanes of each block to a record, from which
    /// <see cref="AddRecords"/> adds them to a total. In this way, several threads compute blocks that are added in their order.
    /// </summary>
    /// <param name="record">Receives the lanes; of length <see cref="RecordLength"/>.</param>
    /// <param name="laneCount">The number of lanes that the kernel uses.</param>
    /// <exception cref="PlatformNotSupportedException">The vectors of this machine are wider than 512 bits.</exception>
    public ReproducibleDoubleAccumulator(Memory<double> record, int laneCount)
        : this()
    {
        record.Span.Clear();
        this.record = record;
        this.recordedLanes = laneCount;
    }

    /// <summary>Gets a reference to the first of the 32 lanes that a kernel adds the losses of the current block to.</summary>
    /// <returns>The reference to the first lane. The others follow it in memory.</returns>
    [UnscopedRef]
    public ref double GetReference() => ref this.blockLanes[0];

    /// <summary>Gets whether every lane of the current block is finite.</summary>
    public bool IsFinite
    {
        get
        {
            Vector<double> difference = Vector<double>.Zero;
            for (nuint i = 0; i < LaneCount; i += (nuint)Vector<double>.Count)
            {
                Vector<double> lanes = Vector.LoadUnsafe(ref this.blockLanes[0], i);
                difference += lanes - lanes;
            }

            return difference == Vector<double>.Zero;
        }
    }

    /// <summary>Gets the total of all blocks that were ended. A NaN is always <see cref="double.NaN"/>, bit for bit.</summary>
    public readonly double Total
    {
        get
        {
            DoubleLanes sums = this.totals;
            DoubleLanes errors = this.errors;
            int half = LaneCount / 2;
            for (; half >= Vector<double>.Count; half /= 2)
            {
                for (nuint i = 0; i < (nuint)half; i += (nuint)Vector<double>.Count)
                {
                    nuint upper = i + (nuint)half;
                    CompensatedDoubleAccumulator.TwoSum(
                        Vector.LoadUnsafe(ref sums[0], i), Vector.LoadUnsafe(ref sums[0], upper), out Vector<double> sum, out Vector<double> error);
                    sum.StoreUnsafe(ref sums[0], i);
                    (Vector.LoadUnsafe(ref errors[0], i) + (Vector.LoadUnsafe(ref errors[0], upper) + error)).StoreUnsafe(ref errors[0], i);
                }
            }

            // The same additions one by one, once a half is shorter than a vector.
            for (; half > 0; half /= 2)
            {
                for (int i = 0; i < half; i++)
                {
                    CompensatedDoubleAccumulator.TwoSum(sums[i], sums[i + half], out double sum, out double error);
                    sums[i] = sum;
                    errors[i] += errors[i + half] + error;
                }
            }

            // The rounding errors of an infinite sum are NaN.
            double total = double.IsFinite(sums[0]) ? sums[0] + errors[0] : sums[0];
            return double.IsNaN(total) ? double.NaN : total;
        }
    }

    /// <summary>
    /// Adds the blocks of records to the totals, in their order, as <see cref="EndBlock"/> does. Blocks that were not written are 0 and
    /// change nothing.
    /// </summary>
    /// <param name="records">The records of consecutive pieces, each of length <see cref="RecordLength"/>.</param>
    /// <param name="elements">The number of elements of all pieces.</param>
    /// <param name="laneCount">The number of lanes that the kernel uses.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddRecords(ReadOnlySpan<double> records, nint elements, int laneCount)
    {
        int pieces = ParallelLoop.CountPieces(elements, ParallelLoop.PieceLength);
        ReadOnlySpan<double> lanes = records[..(pieces * RecordLength)];
        for (int block = 0; block < lanes.Length; block += laneCount)
        {
            this.AddLanes(in lanes[block], laneCount);
        }
    }

    /// <summary>Adds the current block to the totals and begins the next block.</summary>
    public void EndBlock()
    {
        if (this.TryRecordBlock())
        {
            return;
        }

        this.AddLanes(in this.blockLanes[0], LaneCount);
        this.DiscardBlock();
    }

    /// <summary>Discards the current block, so that it can be computed again.</summary>
    public void DiscardBlock() => this.blockLanes = default;

    /// <summary>Gets whether every lane of a block of 512-bit vectors is finite.</summary>
    public bool IsFinite512
    {
        get
        {
            Vector512<double> difference = Vector512<double>.Zero;
            for (nuint i = 0; i < LaneCount; i += (nuint)Vector512<double>.Count)
            {
                Vector512<double> lanes = Vector512.LoadUnsafe(ref this.blockLanes[0], i);
                difference += lanes - lanes;
            }

            return difference == Vector512<double>.Zero;
        }
    }

    /// <summary>Adds a block of 512-bit vectors to the totals and begins the next block.</summary>
    // As wide as the kernel's vectors: a load that follows narrower stores to its memory would have to wait for them.
    public void EndBlock512()
    {
        if (this.TryRecordBlock())
        {
            return;
        }

        ref double firstTotal = ref this.totals[0];
        ref double firstError = ref this.errors[0];
        for (nuint i = 0; i < LaneCount; i += (nuint)Vector512<double>.Count)
        {
            Vector512<double> block = Vector512.LoadUnsafe(ref this.blockLanes[0], i);
            CompensatedDoubleAccumulator512.TwoSum(
                Vector512.LoadUnsafe(ref firstTotal, i), block, out Vector512<double> sum, out Vector512<double> error);
            sum.StoreUnsafe(ref firstTotal, i);
            (Vector512.LoadUnsafe(ref firstError, i) + error).StoreUnsafe(ref firstError, i);
        }

        this.DiscardBlock512();
    }

    /// <summary>Discards a block of 512-bit vectors, so that it can be computed again.</summary>
    public void DiscardBlock512()
    {
        for (nuint i = 0; i < LaneCount; i += (nuint)Vector512<double>.Count)
        {
            Vector512<double>.Zero.StoreUnsafe(ref this.blockLanes[0], i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddLanes(ref readonly double lanes, int count)
    {
        ref double firstTotal = ref this.totals[0];
        ref double firstError = ref this.errors[0];
        for (nuint i = 0; i < (nuint)count; i += (nuint)Vector<double>.Count)
        {
            CompensatedDoubleAccumulator.TwoSum(
                Vector.LoadUnsafe(ref firstTotal, i), Vector.LoadUnsafe(in lanes, i), out Vector<double> sum, out Vector<double> error);
            sum.StoreUnsafe(ref firstTotal, i);
            (Vector.LoadUnsafe(ref firstError, i) + error).StoreUnsafe(ref firstError, i);
        }
    }

    private bool TryRecordBlock()
    {
        if (this.record.IsEmpty)
        {
            return false;
        }

        ReadOnlySpan<double> lanes = this.blockLanes;
        lanes[..this.recordedLanes].CopyTo(this.record.Span);
        this.record = this.record[this.recordedLanes..];
        this.blockLanes = default;
        return true;
    }

    [InlineArray(LaneCount)]
    private struct DoubleLanes
    {
        private double first;
    }
}
