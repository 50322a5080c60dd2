using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KlDivGen.CompilerServices;

/// <summary>
/// Elements of a tensor that are evenly spaced in two dimensions. They are copied from and to a contiguous block, row by row.
/// </summary>
/// <param name="Offset">The offset of the first element from the tensor's origin, in elements.</param>
/// <param name="Rows">The number of rows.</param>
/// <param name="Columns">The number of elements in a row.</param>
/// <param name="RowStride">The distance from one row to the next, in elements.</param>
/// <param name="ColumnStride">The distance from an element to the next of its row, in elements.</param>
internal readonly record struct TensorTile(nint Offset, nint Rows, nint Columns, nint RowStride, nint ColumnStride)
{
    /// <summary>The row length below which the overhead of a row exceeds the cost of copying its elements.</summary>
    private const int MinRowLength = 8;

    /// <summary>The number of elements.</summary>
    public nint Count => this.Rows * this.Columns;

    /// <summary>
    /// Whether to copy column by column: if elements are closer together in a column than in a row, so that whole cache lines are
    /// used, or if the rows are too short for a loop over each.
    /// </summary>
    private bool IsColumnByColumn =>
        this.Rows > 1 && (this.IsTransposed || (this.Columns < MinRowLength && this.Columns < this.Rows));

    private bool IsTransposed => Math.Abs(this.ColumnStride) > 1 && Math.Abs(this.RowStride) < Math.Abs(this.ColumnStride);

    /// <summary>Copies the elements into a contiguous block.</summary>
    /// <param name="tensor">The element at <see cref="Offset"/>.</param>
    /// <param name="block">The first element of the block.</param>
    public void Gather<T>(ref readonly T tensor, ref T block)
        where T : unmanaged
    {
        if (this.IsColumnByColumn)
        {
            StridedCopy.CopyColumns(in tensor, this.ColumnStride, this.RowStride, ref block, 1, this.Columns, this.Columns, this.Rows);
            return;
        }

        for (nint row = 0; row < this.Rows; row++)
        {
            ref readonly T first = ref Unsafe.Add(ref Unsafe.AsRef(in tensor), row * this.RowStride);
            ref T destination = ref Unsafe.Add(ref block, row * this.Columns);
            if (this.ColumnStride == 0)
            {
                MemoryMarshal.CreateSpan(ref destination, (int)this.Columns).Fill(first);
            }
            else
            {
                StridedCopy.CopyRow(in first, this.ColumnStride, ref destination, 1, this.Columns);
            }
        }
    }

    /// <summary>Copies a contiguous block into the elements.</summary>
    /// <param name="block">The first element of the block.</param>
    /// <param name="tensor">The element at <see cref="Offset"/>.</param>
    public void Scatter<T>(ref readonly T block, ref T tensor)
        where T : unmanaged
    {
        if (this.IsColumnByColumn)
        {
            StridedCopy.CopyColumns(in block, 1, this.Columns, ref tensor, this.ColumnStride, this.RowStride, this.Columns, this.Rows);
            return;
        }

        for (nint row = 0; row < this.Rows; row++)
        {
            StridedCopy.CopyRow(
                in Unsafe.Add(ref Unsafe.AsRef(in block), row * this.Columns), 1,
                ref Unsafe.Add(ref tensor, row * this.RowStride), this.ColumnStride, this.Columns);
        }
    }
}
