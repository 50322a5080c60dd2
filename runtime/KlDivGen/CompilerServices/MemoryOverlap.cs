namespace KlDivGen.CompilerServices;

/// <summary>
/// Arithmetic on the positions that a shape with strides visits: the sums Σ iₖ·sₖ with 0 ≤ iₖ &lt; lengthₖ, in elements.
/// </summary>
internal static class MemoryOverlap
{
    /// <summary>
    /// How many values <see cref="AreDisjoint"/> tries before it gives up. Slices of one array need about two per dimension.
    /// </summary>
    private const int Budget = 1000;

    /// <summary>The lowest and the highest position, for a shape that is not empty.</summary>
    public static (nint Low, nint High) Extent(ReadOnlySpan<nint> lengths, ReadOnlySpan<nint> strides)
    {
        nint low = 0;
        nint high = 0;
        for (int i = 0; i < lengths.Length; i++)
        {
            nint reach = (lengths[i] - 1) * strides[i];
            low += Math.Min(reach, 0);
            high += Math.Max(reach, 0);
        }

        return (low, high);
    }

    /// <summary>
    /// Whether every stride reaches beyond all that the smaller ones span together, so that no position is visited twice.
    /// </summary>
    public static bool IsNested(ReadOnlySpan<nint> lengths, ReadOnlySpan<nint> strides)
    {
        for (int i = 0; i < lengths.Length; i++)
        {
            if (lengths[i] == 1)
            {
                continue;
            }

            nint stride = Math.Abs(strides[i]);
            nint reach = 0;
            for (int k = 0; k < lengths.Length; k++)
            {
                nint other = Math.Abs(strides[k]);
                if (k != i && other <= stride)
                {
                    reach += (lengths[k] - 1) * other;
                }
            }

            if (stride <= reach)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Whether two tensors of one shape, the second beginning <paramref name="distance"/> elements after the first, are sure to visit
    /// no position both. They meet where Σ iₖ·aₖ − Σ jₖ·bₖ = distance has a solution; it is searched for from the largest stride
    /// down, each bounded by what the smaller ones can still make up.
    /// </summary>
    public static bool AreDisjoint(ReadOnlySpan<nint> lengths, ReadOnlySpan<nint> first, ReadOnlySpan<nint> second, nint distance)
    {
        Span<Term> terms = stackalloc Term[2 * lengths.Length];
        int count = 0;
        for (int i = 0; i < lengths.Length; i++)
        {
            count = Add(terms, count, first[i], 0, lengths[i] - 1);
            count = Add(terms, count, second[i], 1 - lengths[i], 0);
        }

        int budget = Budget;
        return !MayReach(terms[..count], distance, ref budget);
    }

    /// <summary>Adds stride · i with low ≤ i ≤ high: to the term of that stride, or as a new one, the largest stride first.</summary>
    private static int Add(Span<Term> terms, int count, nint stride, nint low, nint high)
    {
        if (stride < 0)
        {
            (stride, low, high) = (-stride, -high, -low);
        }

        if (stride == 0 || low == high)
        {
            return count;
        }

        int at = 0;
        while (at < count && terms[at].Stride > stride)
        {
            at++;
        }

        if (at < count && terms[at].Stride == stride)
        {
            terms[at] = new Term(stride, terms[at].Low + low, terms[at].High + high);
            return count;
        }

        terms[at..count].CopyTo(terms[(at + 1)..]);
        terms[at] = new Term(stride, low, high);
        return count + 1;
    }

    /// <summary>Whether the terms can sum to the target, or the budget ends before that is known.</summary>
    private static bool MayReach(ReadOnlySpan<Term> terms, nint target, ref int budget)
    {
        if (terms.IsEmpty || target == 0)
        {
            // Every term may be zero, for index 0 is in every dimension.
            return target == 0;
        }

        Term term = terms[0];
        ReadOnlySpan<Term> rest = terms[1..];
        nint low = 0;
        nint high = 0;
        nint divisor = 0;
        foreach (Term smaller in rest)
        {
            low += smaller.Stride * smaller.Low;
            high += smaller.Stride * smaller.High;
            divisor = GreatestCommonDivisor(smaller.Stride, divisor);
        }

        // What is left for the smaller strides must lie between their bounds and be a multiple of what divides them all.
        nint last = Math.Min(term.High, FloorDivide(target - low, term.Stride));
        for (nint i = Math.Max(term.Low, -FloorDivide(high - target, term.Stride)); i <= last; i++)
        {
            if (--budget < 0)
            {
                return true;
            }

            nint left = target - (i * term.Stride);
            if ((divisor == 0 ? left == 0 : left % divisor == 0) && MayReach(rest, left, ref budget))
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

    /// <summary>A multiple of one stride: Stride · i with Low ≤ i ≤ High.</summary>
    private readonly record struct Term(nint Stride, nint Low, nint High);
}
