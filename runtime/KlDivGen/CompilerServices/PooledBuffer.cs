using System.Buffers;
using System.ComponentModel;

namespace KlDivGen.CompilerServices;

/// <summary>
/// Memory from the shared pool of arrays, so that repeated calls allocate nothing: for a row or a block of a tensor whose elements are not
/// contiguous, or for the results of pieces of the data. Used by generated code.
/// </summary>
/// <typeparam name="T">The element type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct PooledBuffer<T>
    where T : unmanaged
{
    private T[]? array;

    /// <summary>Initializes a buffer for one row, or an empty one if all rows are contiguous.</summary>
    /// <param name="classes">The length of a row.</param>
    /// <param name="strides">The strides of the tensor.</param>
    public PooledBuffer(nint classes, ReadOnlySpan<nint> strides)
    {
        bool isContiguous = classes <= 1 || strides[^1] == 1;
        int length = isContiguous ? (int)nint.Min(classes, 1) : checked((int)classes);
        this.array = ArrayPool<T>.Shared.Rent(length);
        this.Span = this.array.AsSpan(0, length);
    }

    /// <summary>Initializes a buffer.</summary>
    /// <param name="length">The number of elements.</param>
    public PooledBuffer(int length)
    {
        this.array = ArrayPool<T>.Shared.Rent(length);
        this.Span = this.array.AsSpan(0, length);
    }

    /// <summary>Gets the memory. For rows: one row, or one element where rows are contiguous.</summary>
    public Span<T> Span { get; private set; }

    /// <summary>Gets the memory as one that may leave the stack.</summary>
    public readonly Memory<T> Memory => this.array.AsMemory(0, this.Span.Length);

    /// <summary>Returns the memory to the pool.</summary>
    public void Dispose()
    {
        if (this.array is { } array)
        {
            this.array = null;
            this.Span = default;
            ArrayPool<T>.Shared.Return(array);
        }
    }
}
