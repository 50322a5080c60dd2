using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KlDivGen.CompilerServices;

/// <summary>Elements that are evenly spaced in two dimensions, and their copy from and to a contiguous block, row after row.</summary>
/// <param name="Offset">Where the first is, in elements from the tensor's origin.</param>
/// <param name="Rows">The number of rows.</param>
/// <param name="Columns">The number of elements in a row.</param>
/// <param name="RowStride">From an element to the one below it.</param>
/// <param name="ColumnStride">From an element to the next of its row.</param>
internal readonly record struct TensorTile(nint Offset, nint Rows, nint Columns, nint RowStride, nint ColumnStride)
{
    /// <summary>Below this many elements, a row costs more to begin than to copy.</summary>
    private const int ShortRow = 8;

    /// <summary>The number of elements.</summary>
    public nint Count => this.Rows * this.Columns;

    /// <summary>Copies the elements into a block.</summary>
    /// <param name="tensor">The element at <see cref="Offset"/>.</param>
    /// <param name="block">The block's first element.</param>
    public void Gather<T>(ref readonly T tensor, ref T block)
        where T : unmanaged
    {
        if (this.GoesByColumns)
        {
            StridedCopy.Columns(in tensor, this.ColumnStride, this.RowStride, ref block, 1, this.Columns, this.Columns, this.Rows);
            return;
        }

        for (nint row = 0; row < this.Rows; row++)
        {
            ref readonly T first = ref Unsafe.Add(ref Unsafe.AsRef(in tensor), row * this.RowStride);
            ref T target = ref Unsafe.Add(ref block, row * this.Columns);
            if (this.ColumnStride == 0)
            {
                MemoryMarshal.CreateSpan(ref target, (int)this.Columns).Fill(first);
            }
            else
            {
                StridedCopy.Row(in first, this.ColumnStride, ref target, 1, this.Columns);
            }
        }
    }

    /// <summary>Copies a block into the elements.</summary>
    /// <param name="block">The block's first element.</param>
    /// <param name="tensor">The element at <see cref="Offset"/>.</param>
    public void Scatter<T>(ref readonly T block, ref T tensor)
        where T : unmanaged
    {
        if (this.GoesByColumns)
        {
            StridedCopy.Columns(in block, 1, this.Columns, ref tensor, this.ColumnStride, this.RowStride, this.Columns, this.Rows);
            return;
        }

        for (nint row = 0; row < this.Rows; row++)
        {
            StridedCopy.Row(
                in Unsafe.Add(ref Unsafe.AsRef(in block), row * this.Columns), 1,
                ref Unsafe.Add(ref tensor, row * this.RowStride), this.ColumnStride, this.Columns);
        }
    }

    /// <summary>
    /// Whether to copy column after column: where memory lies closer together down than across, so that cache lines are used whole,
    /// or where the rows are too short to be worth a loop each.
    /// </summary>
    private bool GoesByColumns =>
        this.Rows > 1 && (this.IsTransposed || (this.Columns < ShortRow && this.Columns < this.Rows));

    private bool IsTransposed => Math.Abs(this.ColumnStride) > 1 && Math.Abs(this.RowStride) < Math.Abs(this.ColumnStride);
}
