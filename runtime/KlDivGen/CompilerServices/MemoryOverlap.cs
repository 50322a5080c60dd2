namespace KlDivGen.CompilerServices;

/// <summary>
/// Analyzes the memory positions of a tensor's elements: the sums Σ iₖ·strideₖ with 0 ≤ iₖ &lt; lengthₖ, in elements. NumPy's
/// <c>solve_may_share_memory</c> and <c>solve_may_have_internal_overlap</c> solve the same problem.
/// </summary>
internal static class MemoryOverlap
{
    /// <summary>
    /// The number of values that <see cref="MayShareMemory"/> tries before it gives up. Slices of one array need about two per
    /// dimension.
    /// </summary>
    private const int MaxWork = 1000;

    /// <summary>Computes the lowest and the highest position of a tensor that is not empty.</summary>
    public static (nint Low, nint High) GetExtent(ReadOnlySpan<nint> lengths, ReadOnlySpan<nint> strides)
    {
        nint low = 0;
        nint high = 0;
        for (int i = 0; i < lengths.Length; i++)
        {
            nint extent = (lengths[i] - 1) * strides[i];
            low += Math.Min(extent, 0);
            high += Math.Max(extent, 0);
        }

        return (low, high);
    }

    /// <summary>
    /// Determines whether two elements of a tensor may be at the same position. They cannot be if every stride is larger than the
    /// extent of all dimensions with smaller strides together.
    /// </summary>
    public static bool MayHaveInternalOverlap(ReadOnlySpan<nint> lengths, ReadOnlySpan<nint> strides)
    {
        for (int i = 0; i < lengths.Length; i++)
        {
            if (lengths[i] == 1)
            {
                continue;
            }

            nint stride = Math.Abs(strides[i]);
            nint smallerExtent = 0;
            for (int k = 0; k < lengths.Length; k++)
            {
                nint other = Math.Abs(strides[k]);
                if (k != i && other <= stride)
                {
                    smallerExtent += (lengths[k] - 1) * other;
                }
            }

            if (stride <= smallerExtent)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Determines whether two tensors of one shape, which is not empty, may have an element at the same position. Gives up after
    /// <see cref="MaxWork"/> steps and then assumes that they have.
    /// </summary>
    /// <param name="lengths">The shape.</param>
    /// <param name="firstStrides">The strides of the first tensor, in elements.</param>
    /// <param name="secondStrides">The strides of the second tensor, in elements.</param>
    /// <param name="offset">The number of elements from the first element of the first tensor to that of the second.</param>
    public static bool MayShareMemory(
        ReadOnlySpan<nint> lengths, ReadOnlySpan<nint> firstStrides, ReadOnlySpan<nint> secondStrides, nint offset)
    {
        // The tensors share an element where Σ iₖ·firstStrideₖ − Σ jₖ·secondStrideₖ = offset has a solution.
        // Dimensions of length 1 have no term. A tensor that is not empty has at most 62 others, so that the terms take at most 3 kB.
        int nonTrivialRank = lengths.Length - lengths.Count(1);
        Span<Term> terms = stackalloc Term[2 * nonTrivialRank];
        int count = 0;
        for (int i = 0; i < lengths.Length; i++)
        {
            count = AddTerm(terms, count, firstStrides[i], 0, lengths[i] - 1);
            count = AddTerm(terms, count, secondStrides[i], 1 - lengths[i], 0);
        }

        int remainingWork = MaxWork;
        return MayHaveSolution(terms[..count], offset, ref remainingWork);
    }

    /// <summary>
    /// Adds stride · i with low ≤ i ≤ high, to the term of that stride or as a new one. Terms are sorted by descending stride.
    /// </summary>
    private static int AddTerm(Span<Term> terms, int count, nint stride, nint low, nint high)
    {
        if (stride < 0)
        {
            (stride, low, high) = (-stride, -high, -low);
        }

        if (stride == 0 || low == high)
        {
            return count;
        }

        int position = 0;
        while (position < count && terms[position].Stride > stride)
        {
            position++;
        }

        if (position < count && terms[position].Stride == stride)
        {
            terms[position] = new Term(stride, terms[position].Low + low, terms[position].High + high);
            return count;
        }

        terms[position..count].CopyTo(terms[(position + 1)..]);
        terms[position] = new Term(stride, low, high);
        return count + 1;
    }

    /// <summary>Determines whether the terms can add up to the target, or the work runs out before that is known.</summary>
    private static bool MayHaveSolution(ReadOnlySpan<Term> terms, nint target, ref int remainingWork)
    {
        if (terms.IsEmpty || target == 0)
        {
            // Every term can be zero, because every index can be 0.
            return target == 0;
        }

        Term term = terms[0];
        ReadOnlySpan<Term> smallerTerms = terms[1..];
        nint low = 0;
        nint high = 0;
        nint divisor = 0;
        foreach (Term smaller in smallerTerms)
        {
            low += smaller.Stride * smaller.Low;
            high += smaller.Stride * smaller.High;
            divisor = GreatestCommonDivisor(smaller.Stride, divisor);
        }

        // The difference must lie between the bounds of the smaller terms and be a multiple of their greatest common divisor.
        nint last = Math.Min(term.High, FloorDivide(target - low, term.Stride));
        for (nint i = Math.Max(term.Low, -FloorDivide(high - target, term.Stride)); i <= last; i++)
        {
            if (--remainingWork < 0)
            {
                return true;
            }

            nint difference = target - (i * term.Stride);
            if ((divisor == 0 ? difference == 0 : difference % divisor == 0)
                && MayHaveSolution(smallerTerms, difference, ref remainingWork))
            {
                return true;
            }
        }

        return false;
    }

    private static nint FloorDivide(nint dividend, nint divisor)
    {
        (nint quotient, nint remainder) = Math.DivRem(dividend, divisor);
        return remainder < 0 ? quotient - 1 : quotient;
    }

    private static nint GreatestCommonDivisor(nint a, nint b)
    {
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }

        return a;
    }

    /// <summary>Represents the multiples of a stride: Stride · i with Low ≤ i ≤ High.</summary>
    private readonly record struct Term(nint Stride, nint Low, nint High);
}
