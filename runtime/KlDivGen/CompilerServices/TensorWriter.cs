using System.ComponentModel;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KlDivGen.CompilerServices;

/// <summary>An operand that a kernel writes, handed out block by block in the order of a <see cref="TensorIterator"/>.</summary>
/// <typeparam name="T">The element type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct TensorWriter<T>
    where T : unmanaged
{
    private readonly ref T origin;
    private readonly Span<T> buffer;
    private TensorCursor cursor;
    private Span<T> pending;

    /// <summary>Prepares to write a tensor.</summary>
    /// <param name="tensor">The tensor, of the walk's shape.</param>
    /// <param name="walk">The walk, before its first block.</param>
    /// <param name="scratch">Memory of <see cref="TensorIterator.WorkspaceLength"/>, this operand's own.</param>
    /// <param name="buffer">Memory of <see cref="TensorIterator.BufferLength"/>, this operand's own.</param>
    public TensorWriter(scoped in TensorSpan<T> tensor, scoped in TensorIterator walk, Span<nint> scratch, Span<T> buffer)
    {
        this.origin = ref tensor.GetPinnableReference();
        this.buffer = buffer;
        this.cursor = new TensorCursor(walk, tensor.Strides, scratch);
        this.pending = default;
    }

    /// <summary>
    /// Memory for the next block: the tensor's own where that is contiguous, else a buffer, whose contents are not the tensor's.
    /// </summary>
    /// <param name="count">The number of elements, as <see cref="TensorIterator.Next"/> gave it.</param>
    /// <returns>The first of <paramref name="count"/> elements, all of which the kernel must write before <see cref="Commit"/>.</returns>
    public ref T Next(nuint count)
    {
        if (this.cursor.TryTakeRun((nint)count, out nint offset))
        {
            return ref Unsafe.Add(ref this.origin, offset);
        }

        this.pending = this.buffer[..(int)count];
        return ref MemoryMarshal.GetReference(this.pending);
    }

    /// <summary>Brings the block to its place, if the kernel wrote it elsewhere.</summary>
    public void Commit()
    {
        while (!this.pending.IsEmpty)
        {
            TensorTile tile = this.cursor.TakeTile(this.pending.Length);
            tile.Scatter(in MemoryMarshal.GetReference(this.pending), ref Unsafe.Add(ref this.origin, tile.Offset));
            this.pending = this.pending[(int)tile.Count..];
        }
    }
}
