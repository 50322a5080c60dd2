using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Planning;

/// <summary>A power of e or of 2. Members and plans write exp(y) for both.</summary>
/// <remarks>
/// n is the nearest integer to the exponent of the result, found by adding 1.5 · 2²³ (2⁵²), which leaves n in the low bits. A polynomial,
/// a minimax fit (coefficients.py) in Horner's form throughout, is multiplied by 2ⁿ. The fast path shifts n into the exponent; it is right
/// for n from −125 (−1021) to 2, which covers every log-probability down to −87 (−708). One lower, and a polynomial below 1 would give a
/// subnormal number, whose bits mean something else.
/// </remarks>
internal abstract class Exponential
{
    /// <summary>exp(y), within 2 ULP.</summary>
    public static Exponential OfE { get; } = new PowerOfE();

    /// <summary>2ʸ, within 2 ULP for a given y, for arguments that are multiplied by a rounded number in any case.</summary>
    public static Exponential OfTwo { get; } = new PowerOfTwo();

    /// <summary>The natural logarithm of the base.</summary>
    public abstract double LogOfBase { get; }

    /// <summary>exp(y) for n from −125 (−1021) to 2, guarded.</summary>
    /// <param name="b">The body.</param>
    /// <param name="y">The argument.</param>
    /// <param name="margin">How far from the subnormal numbers exp(y) must be, as a power of two, for products with small numbers.</param>
    public ExponentialValue Fast(BodyBuilder b, Value y, int margin = 0)
    {
        FloatFormat format = b.Format;
        (Value polynomial, Value shifted) = this.Reduce(b, y, bias: 0);
        long smallest = format.RoundingShiftBits - (format.ExponentBias - 2) + margin;
        Value rangeCheck = b.Subtract("rangeCheckBits", shifted, b.Integer("RangeBase", smallest, "the bits of the smallest n that is valid"));
        Value e = Scale(b, polynomial, shifted);
        b.Guard(new Guard.ForbiddenBits(rangeCheck, ~(long)format.ExponentBias));
        return new ExponentialValue(e);
    }

    /// <summary>exp(y) for n from −125 (−1021) to 2, without a guard.</summary>
    public virtual Value Normal(BodyBuilder b, Value y)
    {
        (Value polynomial, Value shifted) = this.Reduce(b, y, bias: 0);
        return Scale(b, polynomial, shifted);
    }

    /// <summary>exp(y) for every y. 2ⁿ is split in two powers, one for the polynomial and one for the product it is part of.</summary>
    /// <param name="b">The body.</param>
    /// <param name="y">The argument.</param>
    /// <param name="margin">The margin of <see cref="Fast"/>, where both compute the same elements.</param>
    public ExponentialValue Slow(BodyBuilder b, Value y, int margin = 0)
    {
        FloatFormat format = b.Format;

        // Selected by comparisons, which are false for NaN, so that NaN stays NaN on every processor and runtime.
        Value lowest = b.Constant("LowestExponent", format.MinExpArgument / this.LogOfBase, "exp is 0 below");
        Value highest = b.Constant("HighestExponent", format.MaxExpArgument / this.LogOfBase, "exp is ∞ above");
        Value isBelow = b.LessThan("isBelowRange", y, lowest, "beyond these bounds, exp(y) times any d is 0 or ∞; NaN stays NaN");
        Value clamped = b.Select("clampedBelow", isBelow, lowest, y);
        Value isAbove = b.LessThan("isAboveRange", highest, y);
        clamped = b.Select("clamped", isAbove, highest, clamped);
        (Value polynomial, Value shifted) = this.Reduce(b, clamped, bias: 2 * format.ExponentBias);

        Value halved = b.ShiftLeft(
            "halvedExponent", shifted, format.MantissaBits - 1, "2ⁿ as the product of two normal powers, whose exponents add up to n");
        Value first = b.And("firstBits", halved, b.Integer("ExponentMask", format.ExponentMask, "sign and exponent"));
        Value second = b.Subtract("secondBits", b.ShiftLeft("bothExponents", shifted, format.MantissaBits), first);
        Value scaled = b.Multiply("eScaled", polynomial, b.AsFloating("second", second));

        // A little less than what the fast path takes, so that what it takes is normal here too.
        double minNormal = (format.MinNormalExpArgument + (margin * 0.6)) / this.LogOfBase;
        Value isNormal = b.LessThan("isNormal", b.Constant("MinNormalExponent", minNormal, "exp is normal above"), y);
        return new ExponentialValue(scaled, b.AsFloating("first", first), isBelow, isAbove, isNormal);
    }

    /// <summary>exp(y) / 2ⁿ, and the bits of n + 1.5 · 2²³ (2⁵²) + bias.</summary>
    protected abstract (Value Polynomial, Value Shifted) Reduce(BodyBuilder b, Value y, int bias);

    protected static Value RoundingShift(BodyBuilder b, int bias) =>
        b.Constant("RoundingShift", b.Format.RoundingShift + bias, "adding it rounds to an integer");

    /// <summary>A polynomial times 2ⁿ, both normal numbers.</summary>
    private static Value Scale(BodyBuilder b, Value polynomial, Value shifted)
    {
        Value power = b.ShiftLeft("exponentBits", shifted, b.Format.MantissaBits, "multiply by 2ⁿ: add n to the exponent");
        return b.AsFloating("e", b.Add("eBits", b.AsInteger("pBits", polynomial), power));
    }

    /// <summary>n = y / ln 2; r = y − n · ln 2, ln 2 in two parts; exp(y) = 2ⁿ · (1 + r + r² · Q(r)).</summary>
    private sealed class PowerOfE : Exponential
    {
        public override double LogOfBase => 1;

        protected override (Value Polynomial, Value Shifted) Reduce(BodyBuilder b, Value y, int bias)
        {
            FloatFormat format = b.Format;
            Value shift = RoundingShift(b, bias);
            Value t = b.MultiplyAdd("t", y, b.Constant("Log2E", FloatFormat.Log2E, "1 / ln 2"), shift, "reduce y = n · ln 2 + r with |r| ≤ ln 2 / 2");
            Value n = b.Subtract("n", t, shift);
            Value r = b.MultiplyAdd("rHi", n, b.Constant("MinusLn2Hi", -format.Ln2Hi, "high part of −ln 2"), y);
            r = b.MultiplyAdd("r", n, b.Constant("MinusLn2Lo", -format.Ln2Lo, "low part of −ln 2"), r);
            return (Polynomial.Horner(b, "p", "Exp", r, format.ExpCoefficients), b.AsInteger("shiftedBits", t));
        }
    }

    /// <summary>y = n + r without a rounding error; 2ʸ = 2ⁿ · (1 + r · P(r)), three multiplications fewer than exp.</summary>
    private sealed class PowerOfTwo : Exponential
    {
        public override double LogOfBase => Math.Log(2);

        public override Value Normal(BodyBuilder b, Value y)
        {
            Value n = b.Round("n", y, "reduce y = n + r with |r| ≤ 1/2");
            return b.Scale("e", Series(b, b.Subtract("r", y, n)), n, "multiply by 2ⁿ");
        }

        protected override (Value Polynomial, Value Shifted) Reduce(BodyBuilder b, Value y, int bias)
        {
            Value shift = RoundingShift(b, bias);
            Value t = b.Add("t", y, shift, "reduce y = n + r with |r| ≤ 1/2");
            Value r = b.Subtract("r", y, b.Subtract("n", t, shift));
            return (Series(b, r), b.AsInteger("shiftedBits", t));
        }

        private static Value Series(BodyBuilder b, Value r) => Polynomial.Horner(b, "p", "Exp2", r, b.Format.PowerOfTwoCoefficients);
    }
}
