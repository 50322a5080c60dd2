using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace KlDivGen.CompilerServices;

/// <summary>
/// Rows that are computed side by side: a group has as many rows as a vector has lanes. A group of short rows is transposed, and a kernel's
/// passes run over all of it; over longer rows, they run one after the other. Used by generated code.
/// </summary>
/// <remarks>
/// A row's few numbers, such as its maximum and the logarithms of its sums, are computed for all rows of a group at once. A transposed group
/// also has no ends of rows to be masked. Where a group begins depends on the row's number alone, so that a loop that several threads share has
/// the same groups. The caller computes the rows left over, and the rows of a group of which one is not ordinary, each alone.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct RowLanes
{
    /// <summary>
    /// Up to this length, 2,048, what is computed once for a row takes long enough to matter, and the pieces of a parallel loop have whole groups.
    /// </summary>
    internal const int MaxClasses = ParallelLoop.PieceLength / MaxCount;

    /// <summary>
    /// The lanes of vectors of 512 bits. Wider vectors would need more of the stack than a method should take, and more rows in the pieces of a
    /// parallel loop.
    /// </summary>
    internal const int MaxCount = 16;

    /// <summary>What keeps the operands of a group apart, so that they do not lie at equal distances from the ends of pages.</summary>
    private const int Padding = 32;

    /// <summary>The number of elements of a cache line, at whose beginning an operand begins: no vector lies in two of them.</summary>
    private const int CacheLine = 16;

    private readonly Span<float> buffer;
    private readonly Span<double> numbers;
    private readonly int lastStart;

    /// <summary>Initializes the groups of a loop over rows.</summary>
    /// <param name="buffer">Memory of <see cref="GetBufferLength"/> elements; empty if groups are not transposed.</param>
    /// <param name="numbers">Memory for two numbers in each lane.</param>
    /// <param name="rows">The row after the last one.</param>
    /// <param name="classes">The length of a row.</param>
    public RowLanes(Span<float> buffer, Span<double> numbers, int rows, int classes)
    {
        this.AreTransposed = !buffer.IsEmpty;
        this.buffer = buffer.IsEmpty ? buffer : AlignToCacheLine(buffer);
        this.numbers = numbers;
        this.lastStart = Count <= MaxCount && classes <= MaxClasses ? rows - Count : -1;
    }

    /// <summary>Gets the number of rows of a group.</summary>
    public static int Count => Vector<float>.Count;

    /// <summary>Up to this length, transposing rows costs less than it saves (MEASUREMENTS.md of the generator).</summary>
    internal static int MaxTransposedClasses => Count < Vector256<float>.Count ? 64 : 255;

    /// <summary>Gets whether groups are transposed.</summary>
    public bool AreTransposed { get; }

    /// <summary>Gets the factors of the gradients, one for each row of the group.</summary>
    public Span<double> GradientScales => this.numbers[..Count];

    /// <summary>Gets the losses of the group.</summary>
    public Span<double> Losses => this.numbers[Count..];

    /// <summary>Gets the sum of the losses of the group.</summary>
    public double TotalLoss =>
        Vector.Sum(new Vector<double>(this.Losses) + new Vector<double>(this.Losses[Vector<double>.Count..]));

    /// <summary>Gets the length of the buffer for groups of rows; 0 if they are not transposed.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="classes">The length of a row.</param>
    /// <param name="operands">The number of operands.</param>
    /// <returns>The length, in elements.</returns>
    public static int GetBufferLength(int rows, int classes, int operands) =>
        rows >= Count && Count <= MaxCount && classes <= MaxTransposedClasses ? CacheLine + (operands * GetOperandLength(classes)) : 0;

    /// <summary>Begins a group at a row whose number is a multiple of <see cref="Count"/>, unless too few rows follow it.</summary>
    /// <param name="row">The row.</param>
    /// <returns>Whether the group must be computed now.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Begins(int row) => row % Count == 0 && row <= this.lastStart;

    /// <summary>Begins a group at a row whose number is a multiple of <see cref="Count"/>, unless too few rows follow it or one does not count.</summary>
    /// <param name="row">The row.</param>
    /// <param name="mask">Whether each row counts.</param>
    /// <returns>Whether the group must be computed now.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Begins(int row, ReadOnlySpan<bool> mask) =>
        this.Begins(row) && !mask.Slice(row, Count).Contains(false);

    /// <summary>Gets the memory of an operand of a group that is transposed.</summary>
    /// <param name="operand">The number of the operand.</param>
    /// <param name="length">The length of a row.</param>
    /// <returns>The first element.</returns>
    public ref float GetOperand(int operand, nuint length) =>
        ref this.buffer[operand * GetOperandLength((int)length)];

    /// <summary>Transposes the rows of an operand into its memory.</summary>
    /// <param name="operand">The number of the operand.</param>
    /// <param name="first">The first element of the first row.</param>
    /// <param name="length">The length of a row.</param>
    /// <returns>The first element in which the group has it.</returns>
    public ref float Load(int operand, ref float first, nuint length)
    {
        ref float lanes = ref this.GetOperand(operand, length);
        RowTranspose.ToLanes(ref first, length, ref lanes);
        return ref lanes;
    }

    /// <summary>Transposes an operand of the group back into its rows.</summary>
    /// <param name="lanes">The operand's memory in the group.</param>
    /// <param name="first">The first element of the first row.</param>
    /// <param name="length">The length of a row.</param>
    public static void Store(ref float lanes, ref float first, nuint length) => RowTranspose.FromLanes(ref lanes, ref first, length);

    private static int GetOperandLength(int classes) => (((classes * Count) + CacheLine - 1) / CacheLine * CacheLine) + Padding;

    /// <summary>The part of a buffer on the stack, which does not move, from the beginning of a cache line on.</summary>
    private static unsafe Span<float> AlignToCacheLine(Span<float> buffer)
    {
        nuint address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(buffer));
        return buffer[(int)((0 - address / sizeof(float)) % CacheLine)..];
    }
}
