using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Planning;

/// <summary>
/// d = log y − x, without cancellation. log y alone is within 1 ULP plus 2⁻²⁶ (2⁻⁵⁵ in double), and so is d near x = log y up to
/// |d| = ¼; a larger one is within 1½ ULP. For any x, a loss y · d is within 4 ULP plus |y| · 2⁻²⁶. This class is right for positive
/// normal numbers: 0 gives a finite number, a subnormal number a wrong one. <see cref="SlowLogarithm"/> is right for all.
/// </summary>
/// <remarks>
/// <para>
/// y = 2ⁿ · m with m in [11/16, 11/8), so that n · ln 2 − x is exact where it cancels. With r = m − 1 and s = r / (m + 1),
/// log m = 2 artanh s = r − s · v, v = r − s² · P(s²): the rounding error of the division counts only in a term that is at most a
/// sixth of the result, and below 1/16 in this range of m. P is a minimax fit (coefficients.py). d = (r − (x − n · ln2Hi)) +
/// (−s · v + n · ln2Lo): where log y is near x, the first difference is exact, and the second term is small. The body divides by
/// −(m + 1), which gives −s.
/// </para>
/// <para>
/// The division costs less than the polynomial of twice the degree that would replace it, also in latency, and every processor
/// rounds it correctly.
/// </para>
/// </remarks>
internal class Logarithm
{
    /// <summary>ln2Lo divided by the power of two that n is too large: a float's exponent is converted where it stands in the bits.</summary>
    public static double Ln2LoFactor(FloatFormat format) => format.Ln2Lo / format.ExponentFactor;

    /// <summary>The mask of numbers below the smallest normal one: subnormal, zero or negative.</summary>
    public static Value IsBelowMinNormal(BodyBuilder b, Value y, string? comment = null) =>
        b.LessThan("isBelowMinNormal", y, b.Constant("MinNormal", b.Format.MinNormal, "the smallest normal number"), comment);

    /// <summary>log y − x in parts.</summary>
    /// <param name="b">The body.</param>
    /// <param name="y">y.</param>
    /// <param name="input">Adds x to the body, where it is needed first.</param>
    /// <param name="plusOne">Whether log y − x + 1 is needed, too.</param>
    public LogDifference MinusInput(BodyBuilder b, Value y, Func<Value> input, bool plusOne)
    {
        FloatFormat format = b.Format;
        bool convertsInPlace = format.ConvertsExponentInPlace;

        Value normal = this.Normalize(b, y);
        Value bits = b.AsInteger("bits", normal);
        Value biased = b.Subtract(
            "biased", bits, b.Integer("ElevenSixteenths", format.ElevenSixteenths, "the least mantissa"), "split y = 2ⁿ · m with m in [11/16, 11/8)");
        Value exponent = b.And("exponent", biased, b.Integer("ExponentMask", format.ExponentMask, "sign and exponent"));
        Value mantissa = b.AsFloating("m", b.Subtract("mantissa", bits, exponent));

        // A double's exponent has 2048 added for its conversion. That is the sign bit, so the mantissa is −m, and the division gives −s.
        Value minusOne = b.Constant("MinusOne", -1);
        Value r = this.Residual(b, convertsInPlace ? b.Add("r", mantissa, minusOne) : b.Subtract("r", minusOne, mantissa), exponent);
        Value divisor = convertsInPlace ? b.Subtract("divisor", minusOne, mantissa) : b.Add("divisor", mantissa, minusOne);
        Value minusS = b.Divide("s", r, divisor, "s = r / −(m + 1), a small term, in which the rounding of the division hardly counts");

        exponent = this.CorrectExponent(b, exponent, y);
        Value n = convertsInPlace ? b.ToSingle("n", exponent) : ConvertToDouble(b, exponent);
        n = this.KeepSpecial(b, n, y);
        Value ln2Lo = b.Constant("Ln2Lo", Ln2LoFactor(format), "low part of ln 2, for n");

        // Before the polynomial: otherwise m and n would take two registers through it, of which there are too few.
        Value? xHi = plusOne ? XHi() : null;
        Value? dPlusOneHi = plusOne ? DPlusOneHi(xHi!.Value) : null;

        Value z = b.Multiply("z", minusS, minusS, "log m = r + s · v with v = r + s² · P(s²)");
        Value v = b.MultiplyAdd("v", z, Polynomial.Horner(b, "p", "Log", z, format.LogCoefficients), r);
        return new LogDifference(b, y, r, xHi ?? XHi(), dPlusOneHi, minusS, v, n, ln2Lo);

        Value XHi()
        {
            Value x = input();
            return b.MultiplyAdd(
                "xHi", n, b.Constant("MinusLn2Hi", -format.Ln2Hi / format.ExponentFactor, "high part of −ln 2, for n"), x, "x − n · ln2Hi, exact where it cancels");
        }

        Value DPlusOneHi(Value xHi)
        {
            Value m = convertsInPlace ? mantissa : b.Subtract("mPositive", r, minusOne);
            Value difference = b.Subtract("dPlusOneHi", m, xHi, "log y − x + 1, except for the small term of log m");
            return b.IsFused ? b.MultiplyAdd("dPlusOneMid", n, ln2Lo, difference) : difference;
        }
    }

    /// <summary>A normal number from which to extract exponent and mantissa.</summary>
    protected virtual Value Normalize(BodyBuilder b, Value y) => y;

    /// <summary>m − 1, of which the logarithm is taken.</summary>
    protected virtual Value Residual(BodyBuilder b, Value r, Value exponent) => r;

    /// <summary>Undoes in the exponent what <see cref="Normalize"/> did.</summary>
    protected virtual Value CorrectExponent(BodyBuilder b, Value exponent, Value y) => exponent;

    /// <summary>Lets infinities and NaNs pass through n into the result.</summary>
    protected virtual Value KeepSpecial(BodyBuilder b, Value n, Value y) => n;

    /// <summary>
    /// The exponent with 2048 added, which is in the upper 12 bits, as a double. Only AVX-512 converts 64-bit integers, so it is written
    /// into the low bits of 2⁵².
    /// </summary>
    private static Value ConvertToDouble(BodyBuilder b, Value exponent)
    {
        Value shifted = b.ShiftRight("shiftedExponent", exponent, 52);
        Value number = b.AsFloating("biasedN", b.Or("biasedNBits", shifted, b.Integer("TwoTo52", 0x4330000000000000, "the bits of 2⁵²")));
        return b.Subtract("n", number, b.Constant("TwoTo52Biased", 4503599627370496.0 + 2048, "2⁵² + 2048"));
    }
}

/// <summary>
/// log(1 + w) − x for w greater than −1, without cancellation near w = 0. It takes the logarithm of 1 + w, and w itself for m − 1 where that
/// sum is its own mantissa.
/// </summary>
internal sealed class LogarithmOnePlus(Value w) : Logarithm
{
    protected override Value Residual(BodyBuilder b, Value r, Value exponent)
    {
        Value zero = b.Integer("ZeroExponent", b.Format.ConvertsExponentInPlace ? 0 : b.Format.SignBit, "the exponent of m itself");
        return b.Select("residual", b.Equal("isMantissa", exponent, zero), w, r, "1 + w is its own mantissa: w is not rounded");
    }
}

/// <summary>d = log y − x for every y: subnormal numbers are scaled into the normal range, +∞ and NaN are their own logarithms.</summary>
internal sealed class SlowLogarithm : Logarithm
{
    protected override Value Normalize(BodyBuilder b, Value y)
    {
        Value isBelow = IsBelowMinNormal(b, y, "scale subnormal targets into the normal range");
        Value scaled = b.Multiply("scaled", y, b.Constant("SubnormalScale", Math.Pow(2, b.Format.SubnormalShift), "makes subnormal numbers normal"));
        return b.Select("normal", isBelow, scaled, y);
    }

    protected override Value CorrectExponent(BodyBuilder b, Value exponent, Value y)
    {
        Value shift = b.Integer(
            "SubnormalExponent", (long)b.Format.SubnormalShift << b.Format.MantissaBits, "what that adds to the exponent");
        return b.Subtract("correctedExponent", exponent, b.And("correction", IsBelowMinNormal(b, y), shift));
    }

    protected override Value KeepSpecial(BodyBuilder b, Value n, Value y)
    {
        Value isFinite = b.LessThan("isFinite", y, b.Constant("Infinity", double.PositiveInfinity), "∞ and NaN are their own logarithms");
        return b.Select("nOrSpecial", isFinite, n, y);
    }
}
