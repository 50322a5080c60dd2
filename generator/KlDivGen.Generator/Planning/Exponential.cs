using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Planning;

/// <summary>exp(y) as two factors where it may leave the range of the type.</summary>
/// <param name="Scaled">exp(y), divided by <paramref name="Power"/>.</param>
/// <param name="Power">A power of two, or <see langword="null"/> for 1.</param>
/// <param name="IsBelowRange">The mask of arguments for which exp(y) counts as 0, or <see langword="null"/> where a guard excludes them.</param>
/// <param name="IsAboveRange">The mask of arguments for which exp(y) counts as ∞, or <see langword="null"/>.</param>
/// <param name="IsNormal">The mask of arguments for which exp(y) is a normal number, or <see langword="null"/>.</param>
internal sealed record ExponentialValue(
    Value Scaled, Value? Power = null, Value? IsBelowRange = null, Value? IsAboveRange = null, Value? IsNormal = null)
{
    /// <summary>A product with <see cref="Scaled"/> times the power, which comes last, so that a subnormal result is rounded once.</summary>
    public Value TimesPower(BodyBuilder b, string name, Value value) =>
        this.Power is { } power ? b.Multiply(name, value, power) : value;

    /// <summary>
    /// The power in two factors, of which one is 1. Where exp(y) is a normal number, the power comes first, as in the fast path; else it
    /// comes after the upstream gradient, so that only the product is rounded to a subnormal number.
    /// </summary>
    public (Value? Before, Value? After) PowerAroundUpstream(BodyBuilder b)
    {
        if (this.Power is not { } power || this.IsNormal is not { } isNormal)
        {
            return (null, null);
        }

        Value one = b.Constant("One", 1);
        return (b.Select("powerBefore", isNormal, power, one), b.Select("powerAfter", isNormal, one, power));
    }

    /// <summary><see cref="Scaled"/> with 0 and ∞ beyond the range, for products with numbers of any size.</summary>
    public Value Limited(BodyBuilder b) => this.IsBelowRange is { } isBelow && this.IsAboveRange is { } isAbove
        ? b.Select("eLimited", isAbove, b.Constant("Infinity", double.PositiveInfinity), b.AndNot("eOrZero", this.Scaled, isBelow))
        : this.Scaled;
}

/// <summary>exp(y), within 2 ULP.</summary>
/// <remarks>
/// n = y / ln 2 to the nearest integer, by adding 1.5 · 2²³ (2⁵²), which leaves n in the low bits; r = y − n · ln 2, ln 2 in two
/// parts; exp(y) = 2ⁿ · (1 + r + r² · Q(r)), in Horner's form throughout, Q a minimax fit (coefficients.py). The fast path
/// shifts n into the exponent; it is right for n from −125 (−1021) to 2, which covers every log-probability down to −87 (−708).
/// One lower, and a polynomial below 1 would give a subnormal number, whose bits mean something else.
/// </remarks>
internal static class Exponential
{
    /// <summary>exp(y) for n from −125 (−1021) to 2, guarded.</summary>
    /// <param name="b">The body.</param>
    /// <param name="y">The argument.</param>
    /// <param name="margin">How far from the subnormal numbers exp(y) must be, as a power of two, for products with small numbers.</param>
    public static ExponentialValue Fast(BodyBuilder b, Value y, int margin = 0)
    {
        FloatFormat format = b.Format;
        (Value polynomial, Value shifted) = Reduce(b, y, bias: 0);
        long smallest = format.RoundingShiftBits - (format.ExponentBias - 2) + margin;
        Value rangeCheck = b.Subtract("rangeCheckBits", shifted, b.Integer("RangeBase", smallest, "the bits of the smallest n that is valid"));
        Value e = Scale(b, polynomial, shifted);
        b.Guard(new Guard.ForbiddenBits(rangeCheck, ~(long)format.ExponentBias));
        return new ExponentialValue(e);
    }

    /// <summary>exp(y) for y from −86 (−708) to 1, without a guard.</summary>
    public static Value Normal(BodyBuilder b, Value y)
    {
        (Value polynomial, Value shifted) = Reduce(b, y, bias: 0);
        return Scale(b, polynomial, shifted);
    }

    /// <summary>exp(y) for every y. 2ⁿ is split in two powers, one for the polynomial and one for the product it is part of.</summary>
    /// <param name="b">The body.</param>
    /// <param name="y">The argument.</param>
    /// <param name="margin">The margin of <see cref="Fast"/>, where both compute the same elements.</param>
    public static ExponentialValue Slow(BodyBuilder b, Value y, int margin = 0)
    {
        FloatFormat format = b.Format;

        // Selected by comparisons, which are false for NaN, so that NaN stays NaN on every processor and runtime.
        Value lowest = b.Constant("LowestExponent", format.MinExpArgument, "exp is 0 below");
        Value highest = b.Constant("HighestExponent", format.MaxExpArgument, "exp is ∞ above");
        Value isBelow = b.LessThan("isBelowRange", y, lowest, "beyond these bounds, exp(y) times any d is 0 or ∞; NaN stays NaN");
        Value clamped = b.Select("clampedBelow", isBelow, lowest, y);
        Value isAbove = b.LessThan("isAboveRange", highest, y);
        clamped = b.Select("clamped", isAbove, highest, clamped);
        (Value polynomial, Value shifted) = Reduce(b, clamped, bias: 2 * format.ExponentBias);

        Value halved = b.ShiftLeft(
            "halvedExponent", shifted, format.MantissaBits - 1, "2ⁿ as the product of two normal powers, whose exponents add up to n");
        Value first = b.And("firstBits", halved, b.Integer("ExponentMask", format.ExponentMask, "sign and exponent"));
        Value second = b.Subtract("secondBits", b.ShiftLeft("bothExponents", shifted, format.MantissaBits), first);
        Value scaled = b.Multiply("eScaled", polynomial, b.AsFloating("second", second));

        // A little less than what the fast path takes, so that what it takes is normal here too.
        double minNormal = format.MinNormalExpArgument + (margin * 0.6);
        Value isNormal = b.LessThan("isNormal", b.Constant("MinNormalExponent", minNormal, "exp is normal above"), y);
        return new ExponentialValue(scaled, b.AsFloating("first", first), isBelow, isAbove, isNormal);
    }

    /// <summary>A polynomial times 2ⁿ, both normal numbers.</summary>
    private static Value Scale(BodyBuilder b, Value polynomial, Value shifted)
    {
        Value power = b.ShiftLeft("exponentBits", shifted, b.Format.MantissaBits, "multiply by 2ⁿ: add n to the exponent");
        return b.AsFloating("e", b.Add("eBits", b.AsInteger("pBits", polynomial), power));
    }

    /// <summary>exp(r), and the bits of n + 1.5 · 2²³ (2⁵²) + bias.</summary>
    private static (Value Polynomial, Value Shifted) Reduce(BodyBuilder b, Value y, int bias)
    {
        FloatFormat format = b.Format;
        Value shift = b.Constant("RoundingShift", format.RoundingShift + bias, "adding it rounds to an integer");
        Value t = b.MultiplyAdd("t", y, b.Constant("Log2E", 1.4426950408889634, "1 / ln 2"), shift, "reduce y = n · ln 2 + r with |r| ≤ ln 2 / 2");
        Value n = b.Subtract("n", t, shift);
        Value r = b.MultiplyAdd("rHi", n, b.Constant("MinusLn2Hi", -format.Ln2Hi, "high part of −ln 2"), y);
        r = b.MultiplyAdd("r", n, b.Constant("MinusLn2Lo", -format.Ln2Lo, "low part of −ln 2"), r);
        return (Polynomial.Horner(b, "p", "Exp", r, format.ExpCoefficients), b.AsInteger("shiftedBits", t));
    }
}
