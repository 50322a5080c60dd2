using System.ComponentModel;

namespace KlDivGen.CompilerServices;

/// <summary>
/// Iterates over tensors of one shape together, block by block. Each operand, a <see cref="TensorReader{T}"/> or a
/// <see cref="TensorWriter{T}"/>, provides every block as contiguous memory: its own memory or a copy. Used by generated code.
/// </summary>
/// <remarks>
/// <para>If all operands are contiguous, there is a single block.</para>
/// <para>
/// In order, the elements are visited by their row-major index, in blocks of a multiple of 256 elements. Otherwise, the dimensions are
/// reordered for all operands together, so that the majority is read in the order of its memory
/// (tensors that are all transposed in the same way are one block), and a block is the longest run that is contiguous in all operands,
/// unless that is short.
/// </para>
/// <para>
/// The memory on the stack is bounded, so that threads with stacks of 80 kB suffice for tensors of any rank. Dimensions of length 1 are
/// not iterated over, and a tensor that is not empty has at most <see cref="MaxOrderLength"/> others: the iterator and its operands
/// need at most 1.5 kB of workspace each. Buffers have at most 16 kB together.
/// </para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct TensorIterator
{
    /// <summary>The maximum number of elements of a block that is copied.</summary>
    internal const int MaxCopiedBlockLength = 1024;

    /// <summary>The maximum number of elements in all buffers together: 16 kB of <see cref="double"/>.</summary>
    private const int MaxBufferedElements = 2048;

    /// <summary>
    /// The maximum number of dimensions whose length is not 1, in a tensor that is not empty. With one more, it would have at least 2⁶³
    /// elements, more than a <see cref="nint"/> can count.
    /// </summary>
    private const int MaxOrderLength = 62;

    /// <summary>The length from which the overhead of a block is less than the cost of copying its elements into a longer one.</summary>
    private const int MinRunLength = 256;

    private readonly nint flattenedLength;
    private readonly nint maxBlockLength;
    private nint remaining;
    private nint firstBlockLength;

    /// <summary>Initializes an iterator over up to six operands of one shape.</summary>
    /// <param name="flattenedLength">The number of elements of the shape.</param>
    /// <param name="lengths">The shape.</param>
    /// <param name="workspace">Memory of length <see cref="WorkspaceLength"/>, used by this iterator alone.</param>
    /// <param name="inOrder">Whether the elements must be visited by their row-major index.</param>
    /// <param name="strides1">The strides of the first operand, in elements; 0 where it is broadcast.</param>
    /// <param name="strides2">The strides of the second operand.</param>
    /// <param name="strides3">The strides of the third operand; empty if there is none.</param>
    /// <param name="strides4">The strides of the fourth operand; empty if there is none.</param>
    /// <param name="strides5">The strides of the fifth operand; empty if there is none.</param>
    /// <param name="strides6">The strides of the sixth operand; empty if there is none.</param>
    public TensorIterator(
        nint flattenedLength,
        ReadOnlySpan<nint> lengths,
        Span<nint> workspace,
        bool inOrder,
        scoped ReadOnlySpan<nint> strides1,
        scoped ReadOnlySpan<nint> strides2,
        scoped ReadOnlySpan<nint> strides3 = default,
        scoped ReadOnlySpan<nint> strides4 = default,
        scoped ReadOnlySpan<nint> strides5 = default,
        scoped ReadOnlySpan<nint> strides6 = default)
    {
        this.Lengths = lengths;
        this.flattenedLength = flattenedLength;
        this.remaining = flattenedLength;
        this.Order = workspace[..DimensionOrder.GetNonTrivialDimensions(flattenedLength == 0 ? [] : lengths, workspace)];
        nint runLength = this.GetCommonRunLength(strides1, strides2, strides3, strides4, strides5, strides6);
        if (runLength < flattenedLength && !inOrder)
        {
            DimensionOrder.ReorderDimensions(
                workspace[..this.Order.Length], new OperandStrides(strides1, strides2, strides3, strides4, strides5, strides6));
            runLength = this.GetCommonRunLength(strides1, strides2, strides3, strides4, strides5, strides6);
        }

        this.IsContiguous = runLength >= flattenedLength || (!inOrder && runLength >= MinRunLength);
        if (this.IsContiguous)
        {
            this.firstBlockLength = this.maxBlockLength = Math.Min(runLength, flattenedLength);
            return;
        }

        int bufferCount = this.NeedsBuffer(strides1) + this.NeedsBuffer(strides2) + this.NeedsBuffer(strides3)
            + this.NeedsBuffer(strides4) + this.NeedsBuffer(strides5) + this.NeedsBuffer(strides6);
        this.firstBlockLength = this.maxBlockLength = bufferCount switch
        {
            <= 2 => MaxCopiedBlockLength,
            <= 4 => MaxBufferedElements / 4,
            _ => MaxBufferedElements / 8,
        };
    }

    /// <summary>The number of elements before the first block.</summary>
    internal nint Start { get; private set; }

    /// <summary>Whether every block is contiguous in every operand.</summary>
    internal bool IsContiguous { get; }

    /// <summary>The shape.</summary>
    internal ReadOnlySpan<nint> Lengths { get; }

    /// <summary>
    /// The dimensions whose length is not 1, from the outermost to the innermost of the iteration. None for an empty tensor.
    /// </summary>
    internal ReadOnlySpan<nint> Order { get; }

    /// <summary>Computes the length of the workspace that an iterator needs. Each of its operands needs another of this length.</summary>
    /// <param name="rank">The number of dimensions.</param>
    /// <returns>The length, in native integers.</returns>
    public static int WorkspaceLength(int rank) => 3 * (Math.Min(rank, MaxOrderLength) + 1);

    /// <summary>
    /// Computes the length of the buffer that an operand needs: 0 if its elements are contiguous in the order of the iteration.
    /// </summary>
    /// <param name="strides">The strides of the operand, in elements.</param>
    /// <returns>The length, in elements.</returns>
    public readonly int BufferLength(scoped ReadOnlySpan<nint> strides) =>
        this.IsContiguous || this.NeedsBuffer(strides) == 0 ? 0 : (int)Math.Min(this.remaining, this.maxBlockLength);

    /// <summary>Restricts the iteration to a part of the elements, before operands are initialized with it.</summary>
    /// <param name="start">The number of elements before the part, in the order of the iteration.</param>
    /// <param name="end">The number of elements before the end of the part.</param>
    public void Restrict(nint start, nint end)
    {
        this.Start = start;
        this.remaining = end - start;
        this.firstBlockLength = this.maxBlockLength - (start % nint.Max(this.maxBlockLength, 1));
    }

    /// <summary>Moves to the next block.</summary>
    /// <param name="count">The number of its elements. <c>Next</c> of each operand must be called once with this number.</param>
    /// <returns><see langword="false"/> if there are no more blocks.</returns>
    public bool Next(out nuint count)
    {
        nint length = Math.Min(this.firstBlockLength, this.remaining);
        this.firstBlockLength = this.maxBlockLength;
        this.remaining -= length;
        count = (nuint)length;
        return length != 0;
    }

    private readonly nint GetCommonRunLength(
        scoped ReadOnlySpan<nint> strides1,
        scoped ReadOnlySpan<nint> strides2,
        scoped ReadOnlySpan<nint> strides3,
        scoped ReadOnlySpan<nint> strides4,
        scoped ReadOnlySpan<nint> strides5,
        scoped ReadOnlySpan<nint> strides6) =>
        Math.Min(
            Math.Min(Math.Min(this.GetRunLength(strides1), this.GetRunLength(strides2)), this.GetRunLength(strides3)),
            Math.Min(Math.Min(this.GetRunLength(strides4), this.GetRunLength(strides5)), this.GetRunLength(strides6)));

    /// <summary>Returns 1 if an operand is present and not contiguous as a whole, and otherwise 0.</summary>
    private readonly int NeedsBuffer(scoped ReadOnlySpan<nint> strides) => this.GetRunLength(strides) < this.flattenedLength ? 1 : 0;

    /// <summary>
    /// Computes how many elements of an operand are contiguous in the order of the iteration: the length of the innermost dimensions
    /// that together are evenly spaced by 1. An absent operand has no limit.
    /// </summary>
    private readonly nint GetRunLength(scoped ReadOnlySpan<nint> strides)
    {
        if (strides.IsEmpty)
        {
            return nint.MaxValue;
        }

        nint runLength = 1;
        for (int i = this.Order.Length - 1; i >= 0 && strides[(int)this.Order[i]] == runLength; i--)
        {
            runLength *= this.Lengths[(int)this.Order[i]];
        }

        return runLength;
    }
}
