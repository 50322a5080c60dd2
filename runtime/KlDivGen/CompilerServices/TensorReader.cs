using System.ComponentModel;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KlDivGen.CompilerServices;

/// <summary>An operand that a kernel reads, handed out block by block in the order of a <see cref="TensorIterator"/>.</summary>
/// <typeparam name="T">The element type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct TensorReader<T>
    where T : unmanaged
{
    private readonly ref readonly T origin;
    private readonly Span<T> buffer;
    private TensorCursor cursor;

    /// <summary>Prepares to read a tensor.</summary>
    /// <param name="tensor">The tensor, of the walk's shape.</param>
    /// <param name="walk">The walk, before its first block.</param>
    /// <param name="scratch">Memory of <see cref="TensorIterator.WorkspaceLength"/>, this operand's own.</param>
    /// <param name="buffer">Memory of <see cref="TensorIterator.BufferLength"/>, this operand's own.</param>
    public TensorReader(scoped in ReadOnlyTensorSpan<T> tensor, scoped in TensorIterator walk, Span<nint> scratch, Span<T> buffer)
    {
        this.origin = ref tensor.GetPinnableReference();
        this.buffer = buffer;
        this.cursor = new TensorCursor(walk, tensor.Strides, scratch);
    }

    /// <summary>The next block: the tensor's own memory where that is contiguous, else a copy that the next call overwrites.</summary>
    /// <param name="count">The number of elements, as <see cref="TensorIterator.Next"/> gave it.</param>
    /// <returns>The first of <paramref name="count"/> elements.</returns>
    public ref T Next(nuint count)
    {
        if (this.cursor.TryTakeRun((nint)count, out nint offset))
        {
            return ref Unsafe.Add(ref Unsafe.AsRef(in this.origin), offset);
        }

        Span<T> block = this.buffer[..(int)count];
        for (Span<T> rest = block; !rest.IsEmpty;)
        {
            TensorTile tile = this.cursor.TakeTile(rest.Length);
            tile.Gather(in Unsafe.Add(ref Unsafe.AsRef(in this.origin), tile.Offset), ref MemoryMarshal.GetReference(rest));
            rest = rest[(int)tile.Count..];
        }

        return ref MemoryMarshal.GetReference(block);
    }
}
