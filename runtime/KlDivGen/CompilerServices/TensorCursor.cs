namespace KlDivGen.CompilerServices;

/// <summary>
/// A position in one operand, moving through it in the order of a <see cref="TensorIterator"/>. Neighbouring dimensions that are evenly
/// spaced are one dimension here, so the innermost is as long as the operand's own layout allows, whatever the others' are.
/// </summary>
internal ref struct TensorCursor
{
    private readonly Span<nint> lengths;
    private readonly Span<nint> strides;
    private readonly Span<nint> index;
    private nint offset;

    public TensorCursor(scoped in TensorIterator walk, scoped ReadOnlySpan<nint> strides, Span<nint> scratch)
    {
        int most = scratch.Length / 3;
        this.lengths = scratch[..most];
        this.strides = scratch.Slice(most, most);
        this.index = scratch.Slice(2 * most, most);

        // One element, so that there always is an innermost dimension; what follows merges with it.
        int last = 0;
        this.lengths[0] = 1;
        this.strides[0] = 1;
        foreach (nint dimension in walk.Order)
        {
            nint length = walk.Lengths[(int)dimension];
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
    }

    /// <summary>Moves over the next elements if they lie next to each other in memory; else stays.</summary>
    public bool TryTakeRun(nint count, out nint offset)
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
    /// Moves over the next elements, no more than <paramref name="count"/>, that are evenly spaced in two dimensions: whole rows of
    /// the innermost dimension, or a part of one.
    /// </summary>
    public TensorTile TakeTile(nint count)
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

    /// <summary>Moves on in a dimension, and from its end to the next index of the ones outside of it.</summary>
    private void Advance(int dimension, nint by)
    {
        this.index[dimension] += by;
        this.offset += by * this.strides[dimension];
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
