namespace KlDivGen.Conformance.Arithmetic;

/// <summary>
/// A number of about 106 bits, represented as the unevaluated sum of two doubles. The algorithms for sums are those of Dekker (1971) and
/// Knuth; products use a fused multiply-add.
/// </summary>
internal readonly record struct DoubleDouble(double Hi, double Lo)
{
    public static DoubleDouble Zero => default;

    public static implicit operator DoubleDouble(double value) => new(value, 0);

    public static DoubleDouble operator +(DoubleDouble a, DoubleDouble b)
    {
        DoubleDouble s = Sum(a.Hi, b.Hi);
        if (!double.IsFinite(s.Hi))
        {
            return a.Hi + b.Hi;
        }

        DoubleDouble t = Sum(a.Lo, b.Lo);
        s = QuickSum(s.Hi, s.Lo + t.Hi);
        return QuickSum(s.Hi, s.Lo + t.Lo);
    }

    public static DoubleDouble operator -(DoubleDouble a) => new(-a.Hi, -a.Lo);

    public static DoubleDouble operator -(DoubleDouble a, DoubleDouble b) => a + -b;

    public static DoubleDouble operator *(DoubleDouble a, DoubleDouble b)
    {
        DoubleDouble p = Product(a.Hi, b.Hi);
        return double.IsFinite(p.Hi) ? QuickSum(p.Hi, p.Lo + ((a.Hi * b.Lo) + (a.Lo * b.Hi))) : p.Hi;
    }

    public static DoubleDouble operator /(DoubleDouble a, DoubleDouble b)
    {
        double q = a.Hi / b.Hi;
        if (!double.IsFinite(q) || q == 0)
        {
            return q;
        }

        // q · b may be slightly larger than a. Large values are scaled so that it does not overflow.
        int scale = Math.Abs(a.Hi) > 1e300 ? -64 : 0;
        DoubleDouble remainder = Scale(a, scale) - (Scale(b, scale) * q);
        return QuickSum(q, remainder.Hi / Math.ScaleB(b.Hi, scale));
    }

    /// <summary>The exact sum of two doubles.</summary>
    public static DoubleDouble Sum(double a, double b)
    {
        double s = a + b, v = s - a;
        return new(s, (a - (s - v)) + (b - v));
    }

    /// <summary>The product of two doubles, exact unless its low part underflows.</summary>
    public static DoubleDouble Product(double a, double b)
    {
        double p = a * b;
        return new(p, Math.FusedMultiplyAdd(a, b, -p));
    }

    public static DoubleDouble Abs(DoubleDouble a) => a.Hi < 0 || (a.Hi == 0 && a.Lo < 0) ? -a : a;

    public static DoubleDouble Scale(DoubleDouble a, int exponent) => new(Math.ScaleB(a.Hi, exponent), Math.ScaleB(a.Lo, exponent));

    /// <summary>The exact sum of two doubles with |a| ≥ |b|.</summary>
    private static DoubleDouble QuickSum(double a, double b)
    {
        double s = a + b;
        return new(s, b - (s - a));
    }
}
