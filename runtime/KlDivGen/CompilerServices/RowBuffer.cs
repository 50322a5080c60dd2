using System.Buffers;
using System.ComponentModel;

namespace KlDivGen.CompilerServices;

/// <summary>
/// The memory that a row of a tensor is copied to where its elements are not contiguous. It comes from the shared pool of arrays, so that
/// repeated calls allocate nothing. Used by generated code.
/// </summary>
/// <typeparam name="T">The element type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct RowBuffer<T>
    where T : unmanaged
{
    private T[]? array;

    /// <summary>Initializes a buffer for one row, or an empty one if all rows are contiguous.</summary>
    /// <param name="classes">The length of a row.</param>
    /// <param name="strides">The strides of the tensor.</param>
    public RowBuffer(nint classes, ReadOnlySpan<nint> strides)
    {
        bool isContiguous = classes <= 1 || strides[^1] == 1;
        int length = isContiguous ? (int)nint.Min(classes, 1) : checked((int)classes);
        this.array = ArrayPool<T>.Shared.Rent(length);
        this.Span = this.array.AsSpan(0, length);
    }

    /// <summary>Initializes a buffer.</summary>
    /// <param name="length">The number of elements.</param>
    public RowBuffer(int length)
    {
        this.array = ArrayPool<T>.Shared.Rent(length);
        this.Span = this.array.AsSpan(0, length);
    }

    /// <summary>Gets the memory: a row, or one element where rows are contiguous.</summary>
    public Span<T> Span { get; private set; }

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
