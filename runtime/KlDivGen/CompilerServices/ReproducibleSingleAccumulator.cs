using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace KlDivGen.CompilerServices;

/// <summary>
/// Adds up the losses of a deterministic kernel that computes in <see cref="float"/>: the bits of the total depend on the data alone,
/// not on the width of the machine's vectors. Used by generated code.
/// </summary>
/// <remarks>
/// The sum has 32 lanes. A kernel that uses the first n of them adds the loss of element i to lane i mod n. <see cref="EndBlock"/> adds
/// the lanes to totals in <see cref="double"/>. At the end, the upper half of the totals is added to the lower half until one is left.
/// Vectors of any width perform these same additions.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct ReproducibleSingleAccumulator
{
    /// <summary>
    /// The length of the record of a piece of <see cref="ParallelLoop.PieceLength"/> elements: all lanes of every block, and of two blocks
    /// for what remains after the last whole one.
    /// </summary>
    public const int RecordLength = (ParallelLoop.PieceLength / ReproducibleLanes.BlockIterations) + (2 * LaneCount);

    /// <summary>The length of the records of <see cref="ParallelLoop.WaveLength"/> elements.</summary>
    public const int WaveRecordLength = ParallelLoop.WaveLength / ParallelLoop.PieceLength * RecordLength;

    private const int LaneCount = 32;
    private SingleLanes blockLanes;
    private DoubleLanes totals;
    private Memory<float> record;
    private int recordedLanes;

    /// <summary>Initializes an accumulator whose total is 0.</summary>
    /// <exception cref="PlatformNotSupportedException">The vectors of this machine are wider than 512 bits.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReproducibleSingleAccumulator() => ReproducibleLanes.ThrowIfFewerThanVectorLanes(Vector<byte>.Count);

    /// <summary>
    /// Initializes an accumulator that has no total: it writes the lanes of each block to a record, from which
    /// <see cref="AddRecords"/> adds them to a total. In this way, several threads compute blocks that are added in their order.
    /// </summary>
    /// <param name="record">Receives the lanes; of length <see cref="RecordLength"/>.</param>
    /// <param name="laneCount">The number of lanes that the kernel uses.</param>
    /// <exception cref="PlatformNotSupportedException">The vectors of this machine are wider than 512 bits.</exception>
    public ReproducibleSingleAccumulator(Memory<float> record, int laneCount)
        : this()
    {
        record.Span.Clear();
        this.record = record;
        this.recordedLanes = laneCount;
    }

    /// <summary>Gets a reference to the first of the 32 lanes that a kernel adds the losses of the current block to.</summary>
    /// <returns>The reference to the first lane. The others follow it in memory.</returns>
    [UnscopedRef]
    public ref float GetReference() => ref this.blockLanes[0];

    /// <summary>Gets whether every lane of the current block is finite.</summary>
    public bool IsFinite
    {
        get
        {
            Vector<float> difference = Vector<float>.Zero;
            for (nuint i = 0; i < LaneCount; i += (nuint)Vector<float>.Count)
            {
                Vector<float> lanes = Vector.LoadUnsafe(ref this.blockLanes[0], i);
                difference += lanes - lanes;
            }

            return difference == Vector<float>.Zero;
        }
    }

    /// <summary>Gets the total of all blocks that were ended. A NaN is always <see cref="double.NaN"/>, bit for bit.</summary>
    public readonly double Total
    {
        get
        {
            // In registers: a load of a vector just after narrower stores to its memory would have to wait for them.
            ref readonly double first = ref this.totals[0];
            Vector512<double> lower = Vector512.LoadUnsafe(in first) + Vector512.LoadUnsafe(in first, 16);
            Vector512<double> upper = Vector512.LoadUnsafe(in first, 8) + Vector512.LoadUnsafe(in first, 24);
            Vector512<double> eight = lower + upper;
            Vector256<double> four = eight.GetLower() + eight.GetUpper();
            Vector128<double> two = four.GetLower() + four.GetUpper();
            double total = two[0] + two[1];
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
    public void AddRecords(ReadOnlySpan<float> records, nint elements, int laneCount)
    {
        int pieces = ParallelLoop.CountPieces(elements, ParallelLoop.PieceLength);
        ReadOnlySpan<float> lanes = records[..(pieces * RecordLength)];
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
            (Vector512<float> lower, Vector512<float> upper) = this.BlockLanes512;
            return (lower - lower) + (upper - upper) == Vector512<float>.Zero;
        }
    }

    // As wide as the kernel's vectors: a load that follows narrower stores to its memory would have to wait for them.
    private (Vector512<float> Lower, Vector512<float> Upper) BlockLanes512 =>
        (Vector512.LoadUnsafe(ref this.blockLanes[0]), Vector512.LoadUnsafe(ref this.blockLanes[0], 16));

    /// <summary>Adds a block of 512-bit vectors to the totals and begins the next block.</summary>
    public void EndBlock512()
    {
        if (this.TryRecordBlock())
        {
            return;
        }

        ref double first = ref this.totals[0];
        (Vector512<float> lower, Vector512<float> upper) = this.BlockLanes512;
        (Vector512.LoadUnsafe(ref first) + Vector512.WidenLower(lower)).StoreUnsafe(ref first);
        (Vector512.LoadUnsafe(ref first, 8) + Vector512.WidenUpper(lower)).StoreUnsafe(ref first, 8);
        (Vector512.LoadUnsafe(ref first, 16) + Vector512.WidenLower(upper)).StoreUnsafe(ref first, 16);
        (Vector512.LoadUnsafe(ref first, 24) + Vector512.WidenUpper(upper)).StoreUnsafe(ref first, 24);
        this.DiscardBlock512();
    }

    /// <summary>Discards a block of 512-bit vectors, so that it can be computed again.</summary>
    public void DiscardBlock512()
    {
        Vector512<float>.Zero.StoreUnsafe(ref this.blockLanes[0]);
        Vector512<float>.Zero.StoreUnsafe(ref this.blockLanes[0], 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddLanes(ref readonly float lanes, int count)
    {
        ref double first = ref this.totals[0];
        for (nuint i = 0; i < (nuint)count; i += (nuint)Vector<float>.Count)
        {
            Vector<float> block = Vector.LoadUnsafe(in lanes, i);
            (Vector.LoadUnsafe(ref first, i) + Vector.WidenLower(block)).StoreUnsafe(ref first, i);
            nuint upper = i + (nuint)Vector<double>.Count;
            (Vector.LoadUnsafe(ref first, upper) + Vector.WidenUpper(block)).StoreUnsafe(ref first, upper);
        }
    }

    private bool TryRecordBlock()
    {
        if (this.record.IsEmpty)
        {
            return false;
        }

        ReadOnlySpan<float> lanes = this.blockLanes;
        lanes[..this.recordedLanes].CopyTo(this.record.Span);
        this.record = this.record[this.recordedLanes..];
        this.blockLanes = default;
        return true;
    }

    [InlineArray(LaneCount)]
    private struct SingleLanes
    {
        private float first;
    }

    [InlineArray(LaneCount)]
    private struct DoubleLanes
    {
        private double first;
    }
}
