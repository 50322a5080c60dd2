using System.ComponentModel;

namespace KlDivGen.Kernels;

/// <summary>
/// Walks over tensors of one shape together, block by block; each operand, a <see cref="TensorSource{T}"/> or a
/// <see cref="TensorDestination{T}"/>, hands out every block as contiguous memory. Where all operands are contiguous, one block is
/// everything; else each block but the last has <see cref="BlockLength"/> elements.
/// </summary>
/// <remarks>
/// In order, the elements come by their row-major index, so the blocks do not depend on how the operands are laid out. Otherwise
/// the dimensions are reordered, for all operands alike, so that most of them read their memory forwards: tensors that are all
/// transposed alike are one block.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct TensorWalk
{
    /// <summary>How many elements a block has, except the last: few enough for a buffer on the stack, many enough for a kernel.</summary>
    public const int BlockLength = 1024;

    private readonly nint step;
    private nint left;

    /// <summary>Prepares a walk over up to six operands of one shape.</summary>
    /// <param name="count">The number of elements of that shape.</param>
    /// <param name="lengths">The shape.</param>
    /// <param name="scratch">Memory for the walk, of <see cref="ScratchLength"/>.</param>
    /// <param name="inOrder">Whether the elements must come by their row-major index.</param>
    /// <param name="strides1">The first operand's strides, in elements; 0 where it is broadcast.</param>
    /// <param name="strides2">The second operand's strides.</param>
    /// <param name="strides3">The third operand's strides, if there is one.</param>
    /// <param name="strides4">The fourth operand's strides, if there is one.</param>
    /// <param name="strides5">The fifth operand's strides, if there is one.</param>
    /// <param name="strides6">The sixth operand's strides, if there is one.</param>
    public TensorWalk(
        nint count,
        ReadOnlySpan<nint> lengths,
        Span<nint> scratch,
        bool inOrder,
        scoped ReadOnlySpan<nint> strides1,
        scoped ReadOnlySpan<nint> strides2,
        scoped ReadOnlySpan<nint> strides3 = default,
        scoped ReadOnlySpan<nint> strides4 = default,
        scoped ReadOnlySpan<nint> strides5 = default,
        scoped ReadOnlySpan<nint> strides6 = default)
    {
        this.Lengths = lengths;
        this.left = count;
        this.Order = scratch[..DimensionOrder.AsGiven(lengths, scratch)];
        this.IsOneBlock = this.AreContiguous(strides1, strides2, strides3, strides4, strides5, strides6);
        if (!this.IsOneBlock && !inOrder)
        {
            DimensionOrder.ByMajority(
                scratch[..this.Order.Length], new OperandStrides(strides1, strides2, strides3, strides4, strides5, strides6));
            this.IsOneBlock = this.AreContiguous(strides1, strides2, strides3, strides4, strides5, strides6);
        }

        this.step = this.IsOneBlock ? count : BlockLength;
    }

    /// <summary>Whether every operand is contiguous in the order of the walk.</summary>
    internal bool IsOneBlock { get; }

    /// <summary>The shape.</summary>
    internal ReadOnlySpan<nint> Lengths { get; }

    /// <summary>The dimensions of more than one element, from the outermost to the innermost of the walk.</summary>
    internal ReadOnlySpan<nint> Order { get; }

    /// <summary>How much scratch memory a walk needs, and each of its operands as much again.</summary>
    /// <param name="rank">The number of dimensions.</param>
    /// <returns>The number of native integers.</returns>
    public static int ScratchLength(int rank) => 3 * (rank + 1);

    /// <summary>How long a buffer an operand needs: none where its elements lie in the order of the walk.</summary>
    /// <param name="strides">The operand's strides, in elements.</param>
    /// <returns>The number of elements: 0, or what a block holds at most.</returns>
    public readonly int BufferLength(scoped ReadOnlySpan<nint> strides) =>
        this.IsOneBlock || this.IsContiguous(strides) ? 0 : (int)Math.Min(this.left, BlockLength);

    /// <summary>Goes on to the next block.</summary>
    /// <param name="count">Its number of elements, which each operand's <c>Next</c> must be told, once.</param>
    /// <returns>Whether there is one.</returns>
    public bool Next(out nuint count)
    {
        nint next = Math.Min(this.step, this.left);
        this.left -= next;
        count = (nuint)next;
        return next != 0;
    }

    private readonly bool AreContiguous(
        scoped ReadOnlySpan<nint> strides1,
        scoped ReadOnlySpan<nint> strides2,
        scoped ReadOnlySpan<nint> strides3,
        scoped ReadOnlySpan<nint> strides4,
        scoped ReadOnlySpan<nint> strides5,
        scoped ReadOnlySpan<nint> strides6) =>
        this.IsContiguous(strides1) && this.IsContiguous(strides2) && this.IsContiguous(strides3)
            && this.IsContiguous(strides4) && this.IsContiguous(strides5) && this.IsContiguous(strides6);

    /// <summary>Whether an operand's elements lie next to each other in the order of the walk. An absent one's do.</summary>
    private readonly bool IsContiguous(scoped ReadOnlySpan<nint> strides)
    {
        nint expected = 1;
        for (int i = strides.IsEmpty ? -1 : this.Order.Length - 1; i >= 0; i--)
        {
            int dimension = (int)this.Order[i];
            if (strides[dimension] != expected)
            {
                return false;
            }

            expected *= this.Lengths[dimension];
        }

        return true;
    }
}
