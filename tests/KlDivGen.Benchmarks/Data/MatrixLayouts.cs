using System.Numerics.Tensors;

namespace KlDivGen.Benchmarks.Data;

/// <summary>
/// An input seen as a matrix of rows of up to <see cref="MostColumns"/> elements, stored in other orders: the logical content is the flat
/// array's.
/// </summary>
internal sealed class MatrixLayouts<T>
    where T : unmanaged
{
    private const int MostColumns = 128;

    /// <summary>The columns that a slice leaves out.</summary>
    private const int Margin = 16;

    private readonly int rows;
    private readonly int columns;
    private readonly T[] transposed;
    private readonly T[] padded;

    /// <summary>Lays <paramref name="flat"/> out in every way.</summary>
    public MatrixLayouts(T[] flat)
    {
        // The largest power of two that divides the length.
        this.columns = Math.Min(MostColumns, flat.Length & -flat.Length);
        this.rows = flat.Length / this.columns;
        this.transposed = new T[flat.Length];
        this.padded = new T[this.rows * (this.columns + Margin)];
        for (int i = 0; i < this.rows; i++)
        {
            for (int j = 0; j < this.columns; j++)
            {
                this.transposed[(j * this.rows) + i] = flat[(i * this.columns) + j];
                this.padded[(i * (this.columns + Margin)) + j] = flat[(i * this.columns) + j];
            }
        }
    }

    /// <summary>The matrix whose first dimension is the dense one.</summary>
    public ReadOnlyTensorSpan<T> Transposed => new(this.transposed, [this.rows, this.columns], [1, this.rows]);

    /// <summary>The matrix as a slice of a wider one.</summary>
    public ReadOnlyTensorSpan<T> Sliced => new(this.padded, [this.rows, this.columns], [this.columns + Margin, 1]);

    /// <summary>A dense array of this shape.</summary>
    public ReadOnlyTensorSpan<T> Dense(T[] flat) => new(flat, [this.rows, this.columns], [this.columns, 1]);

    /// <summary>Writes the transposed matrix to <paramref name="flat"/> in row order, a cache-sized square at a time.</summary>
    public void CopyTransposedTo(T[] flat)
    {
        const int Side = 16;
        for (int i0 = 0; i0 < this.rows; i0 += Side)
        {
            for (int j0 = 0; j0 < this.columns; j0 += Side)
            {
                for (int i = i0; i < Math.Min(i0 + Side, this.rows); i++)
                {
                    for (int j = j0; j < Math.Min(j0 + Side, this.columns); j++)
                    {
                        flat[(i * this.columns) + j] = this.transposed[(j * this.rows) + i];
                    }
                }
            }
        }
    }
}
