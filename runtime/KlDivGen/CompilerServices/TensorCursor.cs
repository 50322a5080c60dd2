namespace KlDivGen.CompilerServices;

/// <summary>
/// A position in one operand that moves through the elements in the order of a <see cref="TensorIterator"/>. Adjacent dimensions that
/// together are evenly spaced are merged, so that the innermost is as long as the operand's own strides allow, independent of the
/// other operands.
/// </summary>
internal ref struct TensorCursor
{
    private readonly Span<nint> lengths;
    private readonly Span<nint> strides;
    private readonly Span<nint> index;
    private nint offset;

    public TensorCursor(scoped in TensorIterator iterator, scoped ReadOnlySpan<nint> strides, Span<nint> workspace)
    {
        int maxRank = workspace.Length / 3;
        this.lengths = workspace[..maxRank];
        this.strides = workspace.Slice(maxRank, maxRank);
        this.index = workspace.Slice(2 * maxRank, maxRank);

        // Begin with one dimension of one element, so that there is always an innermost dimension. The next dimension merges with it.
        int last = 0;
        this.lengths[0] = 1;
        this.strides[0] = 1;
        foreach (nint dimension in iterator.Order)
        {
            nint length = iterator.Lengths[(int)dimension];
            nint stride = strides[(int)dimension];
            if (this.lengths[last] != 1 && this.strides[last] != length * stride)
            {
                last++;
                this.lengths[last] = 1;
            }

            this.lengths[last] *= length;
            this.strides[last] = stride;
        }

        this.lengths = this.lengths[..(last + 1)];
        this.strides = this.strides[..(last + 1)];
        this.index = this.index[..(last + 1)];
        this.index.Clear();
        this.Skip(iterator.Start);
    }

    /// <summary>Moves past the next elements if they are contiguous in memory. Otherwise, does not move.</summary>
    /// <param name="count">The number of elements.</param>
    /// <param name="offset">The offset of the first of them from the tensor's origin, in elements.</param>
    public bool TryReadRun(nint count, out nint offset)
    {
        int inner = this.lengths.Length - 1;
        offset = this.offset;
        if (this.strides[inner] != 1 || this.lengths[inner] - this.index[inner] < count)
        {
            return false;
        }

        this.Advance(inner, count);
        return true;
    }

    /// <summary>
    /// Moves past the next elements that are evenly spaced in two dimensions: some whole rows of the innermost dimension, or a part
    /// of one row.
    /// </summary>
    /// <param name="count">The maximum number of elements.</param>
    public TensorTile ReadTile(nint count)
    {
        int inner = this.lengths.Length - 1;
        nint length = this.lengths[inner];
        nint offset = this.offset;
        if (inner > 0 && this.index[inner] == 0 && count >= 2 * length)
        {
            nint rows = Math.Min(count / length, this.lengths[inner - 1] - this.index[inner - 1]);
            this.Advance(inner - 1, rows);
            return new TensorTile(offset, rows, length, this.strides[inner - 1], this.strides[inner]);
        }

        nint columns = Math.Min(count, length - this.index[inner]);
        this.Advance(inner, columns);
        return new TensorTile(offset, 1, columns, 0, this.strides[inner]);
    }

    /// <summary>Moves from the first element past the next ones.</summary>
    private void Skip(nint count)
    {
        for (int i = this.lengths.Length - 1; count > 0 && i >= 0; i--)
        {
            (count, this.index[i]) = nint.DivRem(count, nint.Max(this.lengths[i], 1));
            this.offset += this.index[i] * this.strides[i];
        }
    }

    /// <summary>Increases the index in a dimension and carries into the dimensions outside of it.</summary>
    private void Advance(int dimension, nint count)
    {
        this.index[dimension] += count;
        this.offset += count * this.strides[dimension];
        while (this.index[dimension] == this.lengths[dimension] && dimension > 0)
        {
            this.offset -= this.lengths[dimension] * this.strides[dimension];
            this.index[dimension] = 0;
            dimension--;
            this.index[dimension]++;
            this.offset += this.strides[dimension];
        }
    }
}
