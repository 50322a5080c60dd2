using System.Runtime.CompilerServices;

namespace KlDivGen.Conformance.Arithmetic;

/// <summary>
/// A number of about 106 bits, represented as the unevaluated sum of two doubles. The algorithms for sums are those of Dekker (1971) and
/// Knuth; products use a fused multiply-add. The oracle spends most of its time in sums and products, which is why they are inlined.
/// </summary>
internal readonly record struct DoubleDouble(double Hi, double Lo)
{
    public static DoubleDouble Zero => default;

    public static implicit operator DoubleDouble(double value) => new(value, 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble operator -(DoubleDouble a) => new(-a.Hi, -a.Lo);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble operator -(DoubleDouble a, DoubleDouble b) => a + -b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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

        // q · b may be slightly larger than a. Large values are scaled by 2⁻¹⁶, so that it does not overflow.
        double scale = Math.Abs(a.Hi) > 1e300 ? 1.0 / 0x10000 : 1;
        DoubleDouble divisor = new(b.Hi * scale, b.Lo * scale), remainder = new DoubleDouble(a.Hi * scale, a.Lo * scale) - (divisor * q);
        return QuickSum(q, remainder.Hi / divisor.Hi);
    }

    /// <summary>The exact sum of two doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble Sum(double a, double b)
    {
        double s = a + b, v = s - a;
        return new(s, (a - (s - v)) + (b - v));
    }

    /// <summary>The product of two doubles, exact unless its low part underflows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble Product(double a, double b)
    {
        double p = a * b;
        return new(p, Math.FusedMultiplyAdd(a, b, -p));
    }

    public static DoubleDouble Abs(DoubleDouble a) => a.Hi < 0 || (a.Hi == 0 && a.Lo < 0) ? -a : a;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble Scale(DoubleDouble a, int exponent) => new(PowersOfTwo.Scale(a.Hi, exponent), PowersOfTwo.Scale(a.Lo, exponent));

    /// <summary>The exact sum of two doubles with |a| ≥ |b|.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static DoubleDouble QuickSum(double a, double b)
    {
        double s = a + b;
        return new(s, b - (s - a));
    }
}
