using System.Numerics.Tensors;

namespace KlDivGen.Benchmarks.Data;

/// <summary>
/// An input as a matrix with rows of up to <see cref="MaximumColumns"/> elements, stored in several layouts. All of them have the same
/// logical content.
/// </summary>
internal sealed class MatrixLayouts<T>
    where T : unmanaged
{
    private const int MaximumColumns = 128;

    /// <summary>The number of columns outside of the slice.</summary>
    private const int PaddingColumns = 16;

    private readonly int rows;
    private readonly int columns;
    private readonly T[] transposed;
    private readonly T[] padded;

    /// <summary>Copies <paramref name="flat"/> into each layout.</summary>
    public MatrixLayouts(T[] flat)
    {
        // The largest power of two that divides the length.
        this.columns = Math.Min(MaximumColumns, flat.Length & -flat.Length);
        this.rows = flat.Length / this.columns;
        this.transposed = new T[flat.Length];
        this.padded = new T[this.rows * (this.columns + PaddingColumns)];
        for (int i = 0; i < this.rows; i++)
        {
            for (int j = 0; j < this.columns; j++)
            {
                this.transposed[(j * this.rows) + i] = flat[(i * this.columns) + j];
                this.padded[(i * (this.columns + PaddingColumns)) + j] = flat[(i * this.columns) + j];
            }
        }
    }

    /// <summary>The matrix in column order.</summary>
    public ReadOnlyTensorSpan<T> Transposed => new(this.transposed, [this.rows, this.columns], [1, this.rows]);

    /// <summary>The matrix as a slice of a wider one.</summary>
    public ReadOnlyTensorSpan<T> Sliced => new(this.padded, [this.rows, this.columns], [this.columns + PaddingColumns, 1]);

    /// <summary>An array in row order, with the shape of the matrix.</summary>
    public ReadOnlyTensorSpan<T> Dense(T[] flat) => new(flat, [this.rows, this.columns], [this.columns, 1]);

    /// <summary>Writes the transposed matrix to <paramref name="flat"/> in row order, one small square after another, which is kind to the cache.</summary>
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
