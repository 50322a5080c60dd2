using System.ComponentModel;

namespace KlDivGen.CompilerServices;

/// <summary>
/// Walks over tensors of one shape together, block by block; each operand, a <see cref="TensorReader{T}"/> or a
/// <see cref="TensorWriter{T}"/>, hands out every block as contiguous memory: its own, or a copy where that is not contiguous.
/// </summary>
/// <remarks>
/// <para>Where all operands are contiguous, one block is everything.</para>
/// <para>
/// In order, the elements come by their row-major index, in blocks of <see cref="BlockLength"/> whatever the layouts. Otherwise the
/// dimensions are reordered, for all operands alike, so that most of them read their memory forwards (tensors that are all transposed
/// alike are one block), and a block is the longest run that is contiguous in all of them, unless that is short.
/// </para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct TensorIterator
{
    /// <summary>How many elements a block has, except the last, if it is no run: few enough for a buffer on the stack, many enough for a kernel.</summary>
    public const int BlockLength = 1024;

    /// <summary>From this length on, a run costs less to begin than to be copied into a longer block.</summary>
    private const int LongRun = 256;

    private readonly nint step;
    private nint left;

    /// <summary>Prepares a walk over up to six operands of one shape.</summary>
    /// <param name="count">The number of elements of that shape.</param>
    /// <param name="lengths">The shape.</param>
    /// <param name="scratch">Memory for the walk, of <see cref="WorkspaceLength"/>.</param>
    /// <param name="inOrder">Whether the elements must come by their row-major index.</param>
    /// <param name="strides1">The first operand's strides, in elements; 0 where it is broadcast.</param>
    /// <param name="strides2">The second operand's strides.</param>
    /// <param name="strides3">The third operand's strides, if there is one.</param>
    /// <param name="strides4">The fourth operand's strides, if there is one.</param>
    /// <param name="strides5">The fifth operand's strides, if there is one.</param>
    /// <param name="strides6">The sixth operand's strides, if there is one.</param>
    public TensorIterator(
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
        nint run = this.CommonRun(strides1, strides2, strides3, strides4, strides5, strides6);
        if (run < count && !inOrder)
        {
            DimensionOrder.ByMajority(
                scratch[..this.Order.Length], new OperandStrides(strides1, strides2, strides3, strides4, strides5, strides6));
            run = this.CommonRun(strides1, strides2, strides3, strides4, strides5, strides6);
        }

        this.GoesByRuns = run >= count || (!inOrder && run >= LongRun);
        this.step = !this.GoesByRuns ? BlockLength : Math.Min(run, count);
    }

    /// <summary>Whether every block lies contiguous in every operand.</summary>
    internal bool GoesByRuns { get; }

    /// <summary>The shape.</summary>
    internal ReadOnlySpan<nint> Lengths { get; }

    /// <summary>The dimensions of more than one element, from the outermost to the innermost of the walk.</summary>
    internal ReadOnlySpan<nint> Order { get; }

    /// <summary>How much scratch memory a walk needs, and each of its operands as much again.</summary>
    /// <param name="rank">The number of dimensions.</param>
    /// <returns>The number of native integers.</returns>
    public static int WorkspaceLength(int rank) => 3 * (rank + 1);

    /// <summary>How long a buffer an operand needs: none where its elements lie in the order of the walk.</summary>
    /// <param name="strides">The operand's strides, in elements.</param>
    /// <returns>The number of elements: 0, or what a block holds at most.</returns>
    public readonly int BufferLength(scoped ReadOnlySpan<nint> strides) =>
        this.GoesByRuns || this.RunOf(strides) >= this.left ? 0 : (int)Math.Min(this.left, BlockLength);

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

    private readonly nint CommonRun(
        scoped ReadOnlySpan<nint> strides1,
        scoped ReadOnlySpan<nint> strides2,
        scoped ReadOnlySpan<nint> strides3,
        scoped ReadOnlySpan<nint> strides4,
        scoped ReadOnlySpan<nint> strides5,
        scoped ReadOnlySpan<nint> strides6) =>
        Math.Min(
            Math.Min(Math.Min(this.RunOf(strides1), this.RunOf(strides2)), this.RunOf(strides3)),
            Math.Min(Math.Min(this.RunOf(strides4), this.RunOf(strides5)), this.RunOf(strides6)));

    /// <summary>
    /// How many elements of an operand lie next to each other, in the order of the walk, from any beginning of the dimensions that they
    /// fill. An absent operand has no say.
    /// </summary>
    private readonly nint RunOf(scoped ReadOnlySpan<nint> strides)
    {
        if (strides.IsEmpty)
        {
            return nint.MaxValue;
        }

        nint run = 1;
        for (int i = this.Order.Length - 1; i >= 0 && strides[(int)this.Order[i]] == run; i--)
        {
            run *= this.Lengths[(int)this.Order[i]];
        }

        return run;
    }
}
