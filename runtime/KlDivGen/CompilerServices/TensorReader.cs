using System.ComponentModel;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KlDivGen.CompilerServices;

/// <summary>
/// Reads a tensor block by block, in the order of a <see cref="TensorIterator"/>. Every block is contiguous memory. Used by generated
/// code.
/// </summary>
/// <typeparam name="T">The element type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct TensorReader<T>
    where T : unmanaged
{
    private readonly ref readonly T origin;
    private readonly Span<T> buffer;
    private TensorCursor cursor;

    /// <summary>Initializes a reader at the first block of an iterator.</summary>
    /// <param name="tensor">The tensor, of the iterator's shape.</param>
    /// <param name="iterator">The iterator, before its first block.</param>
    /// <param name="workspace">Memory of length <see cref="TensorIterator.WorkspaceLength"/>, used by this reader alone.</param>
    /// <param name="buffer">Memory of length <see cref="TensorIterator.BufferLength"/>, used by this reader alone.</param>
    public TensorReader(scoped in ReadOnlyTensorSpan<T> tensor, scoped in TensorIterator iterator, Span<nint> workspace, Span<T> buffer)
    {
        this.origin = ref tensor.GetPinnableReference();
        this.buffer = buffer;
        this.cursor = new TensorCursor(iterator, tensor.Strides, workspace);
    }

    /// <summary>
    /// Moves to the next block: the tensor's own memory if it is contiguous there, otherwise a copy in the buffer, which the next
    /// call overwrites.
    /// </summary>
    /// <param name="count">The number of elements that <see cref="TensorIterator.Next"/> returned.</param>
    /// <returns>A reference to the first of <paramref name="count"/> elements.</returns>
    public ref T Next(nuint count)
    {
        if (this.cursor.TryReadRun((nint)count, out nint offset))
        {
            return ref Unsafe.Add(ref Unsafe.AsRef(in this.origin), offset);
        }

        Span<T> block = this.buffer[..(int)count];
        for (Span<T> remaining = block; !remaining.IsEmpty;)
        {
            TensorTile tile = this.cursor.ReadTile(remaining.Length);
            tile.Gather(in Unsafe.Add(ref Unsafe.AsRef(in this.origin), tile.Offset), ref MemoryMarshal.GetReference(remaining));
            remaining = remaining[(int)tile.Count..];
        }

        return ref MemoryMarshal.GetReference(block);
    }

    /// <summary>Moves past the next elements without reading them.</summary>
    /// <param name="count">The number of elements.</param>
    public void Skip(nuint count)
    {
        for (nint remaining = (nint)count; remaining > 0;)
        {
            remaining -= this.cursor.ReadTile(remaining).Count;
        }
    }
}
