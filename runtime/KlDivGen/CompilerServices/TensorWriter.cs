using System.ComponentModel;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KlDivGen.CompilerServices;

/// <summary>
/// Writes a tensor block by block, in the order of a <see cref="TensorIterator"/>. Every block is contiguous memory. Used by generated
/// code.
/// </summary>
/// <typeparam name="T">The element type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct TensorWriter<T>
    where T : unmanaged
{
    private readonly ref T origin;
    private readonly Span<T> buffer;
    private TensorCursor cursor;
    private Span<T> pending;

    /// <summary>Initializes a writer at the first block of an iterator.</summary>
    /// <param name="tensor">The tensor, of the iterator's shape.</param>
    /// <param name="iterator">The iterator, before its first block.</param>
    /// <param name="workspace">Memory of length <see cref="TensorIterator.WorkspaceLength"/>, used by this writer alone.</param>
    /// <param name="buffer">Memory of length <see cref="TensorIterator.BufferLength"/>, used by this writer alone.</param>
    public TensorWriter(scoped in TensorSpan<T> tensor, scoped in TensorIterator iterator, Span<nint> workspace, Span<T> buffer)
    {
        this.origin = ref tensor.GetPinnableReference();
        this.buffer = buffer;
        this.cursor = new TensorCursor(iterator, tensor.Strides, workspace);
        this.pending = default;
    }

    /// <summary>
    /// Moves to the next block: the tensor's own memory if it is contiguous there, otherwise the buffer, which does not hold the
    /// tensor's elements.
    /// </summary>
    /// <param name="count">The number of elements that <see cref="TensorIterator.Next"/> returned.</param>
    /// <returns>
    /// A reference to the first of <paramref name="count"/> elements, all of which must be written before <see cref="Commit"/>.
    /// </returns>
    public ref T Next(nuint count)
    {
        if (this.cursor.TryReadRun((nint)count, out nint offset))
        {
            return ref Unsafe.Add(ref this.origin, offset);
        }

        this.pending = this.buffer[..(int)count];
        return ref MemoryMarshal.GetReference(this.pending);
    }

    /// <summary>Writes zeros to the next elements.</summary>
    /// <param name="count">The number of elements.</param>
    public void Clear(nuint count)
    {
        MemoryMarshal.CreateSpan(ref this.Next(count), (int)count).Clear();
        this.Commit();
    }

    /// <summary>Copies the block from the buffer to the tensor, unless it was written there directly.</summary>
    public void Commit()
    {
        while (!this.pending.IsEmpty)
        {
            TensorTile tile = this.cursor.ReadTile(this.pending.Length);
            tile.Scatter(in MemoryMarshal.GetReference(this.pending), ref Unsafe.Add(ref this.origin, tile.Offset));
            this.pending = this.pending[(int)tile.Count..];
        }
    }
}
