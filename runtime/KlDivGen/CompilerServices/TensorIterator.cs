using System.ComponentModel;

namespace KlDivGen.CompilerServices;

/// <summary>
/// Iterates over tensors of one shape together, block by block. Each operand, a <see cref="TensorReader{T}"/> or a
/// <see cref="TensorWriter{T}"/>, provides every block as contiguous memory: its own memory or a copy. Used by generated code.
/// </summary>
/// <remarks>
/// <para>If all operands are contiguous, there is a single block.</para>
/// <para>
/// In order, the elements are visited by their row-major index, in blocks of <see cref="BlockLength"/> elements that do not depend on
/// strides. Otherwise, the dimensions are reordered for all operands together, so that the majority is read in the order of its memory
/// (tensors that are all transposed in the same way are one block), and a block is the longest run that is contiguous in all operands,
/// unless that is short.
/// </para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct TensorIterator
{
    /// <summary>
    /// The maximum number of elements of a block that is copied: small enough for a buffer on the stack, large enough for a kernel.
    /// </summary>
    internal const int BlockLength = 1024;

    /// <summary>The length from which the overhead of a block is less than the cost of copying its elements into a longer one.</summary>
    private const int MinRunLength = 256;

    private readonly nint maxBlockLength;
    private nint remaining;

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
        this.remaining = flattenedLength;
        this.Order = workspace[..DimensionOrder.GetNonTrivialDimensions(lengths, workspace)];
        nint runLength = this.GetCommonRunLength(strides1, strides2, strides3, strides4, strides5, strides6);
        if (runLength < flattenedLength && !inOrder)
        {
            DimensionOrder.ReorderDimensions(
                workspace[..this.Order.Length], new OperandStrides(strides1, strides2, strides3, strides4, strides5, strides6));
            runLength = this.GetCommonRunLength(strides1, strides2, strides3, strides4, strides5, strides6);
        }

        this.IsContiguous = runLength >= flattenedLength || (!inOrder && runLength >= MinRunLength);
        this.maxBlockLength = this.IsContiguous ? Math.Min(runLength, flattenedLength) : BlockLength;
    }

    /// <summary>Whether every block is contiguous in every operand.</summary>
    internal bool IsContiguous { get; }

    /// <summary>The shape.</summary>
    internal ReadOnlySpan<nint> Lengths { get; }

    /// <summary>The dimensions whose length is not 1, from the outermost to the innermost of the iteration.</summary>
    internal ReadOnlySpan<nint> Order { get; }

    /// <summary>Computes the length of the workspace that an iterator needs. Each of its operands needs another of this length.</summary>
    /// <param name="rank">The number of dimensions.</param>
    /// <returns>The length, in native integers.</returns>
    public static int WorkspaceLength(int rank) => 3 * (rank + 1);

    /// <summary>
    /// Computes the length of the buffer that an operand needs: 0 if its elements are contiguous in the order of the iteration.
    /// </summary>
    /// <param name="strides">The strides of the operand, in elements.</param>
    /// <returns>The length, in elements.</returns>
    public readonly int BufferLength(scoped ReadOnlySpan<nint> strides) =>
        this.IsContiguous || this.GetRunLength(strides) >= this.remaining ? 0 : (int)Math.Min(this.remaining, BlockLength);

    /// <summary>Moves to the next block.</summary>
    /// <param name="count">The number of its elements. <c>Next</c> of each operand must be called once with this number.</param>
    /// <returns><see langword="false"/> if there are no more blocks.</returns>
    public bool Next(out nuint count)
    {
        nint length = Math.Min(this.maxBlockLength, this.remaining);
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
