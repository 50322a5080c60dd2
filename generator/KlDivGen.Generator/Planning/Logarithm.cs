namespace KlDivGen.Generator.Planning;

/// <summary>For which elements a fast program's logarithm is to be right; the careful program's is right for all.</summary>
internal enum LogRange
{
    /// <summary>Normal numbers; 0 gives some finite number. A subnormal gives a finite number too, but a wrong one.</summary>
    Normal,

    /// <summary>Subnormal and normal numbers up to 2; 0 gives some finite number.</summary>
    UpToTwo,

    /// <summary>Every positive number, +∞ and NaN included.</summary>
    Any,
}

/// <summary>log y − x by its parts, of which a formula takes what it needs.</summary>
/// <param name="Builder">Where the last operations are added.</param>
/// <param name="Y">y.</param>
/// <param name="M">m.</param>
/// <param name="R">r = m − 1.</param>
/// <param name="High">x − n · ln2High.</param>
/// <param name="Term">What is left of log m and of n · ln 2, to be subtracted.</param>
internal sealed record LogDifference(ProgramBuilder Builder, Value Y, Value M, Value R, Value High, Value Term)
{
    /// <summary>d = log y − x.</summary>
    public Value D => this.Builder.Subtract("d", this.Near, this.Term);

    /// <summary>d + 1: since m is r + 1, without adding 1 to something rounded.</summary>
    public Value DPlusOne => this.Builder.Subtract("dPlusOne", this.Builder.Subtract("nearOne", this.M, this.High), this.Term);

    /// <summary>
    /// d, and from y = 2 on without what was rounded off its large part. Below, d is <see cref="D"/> to the bit, so that it does not
    /// matter which program computes it.
    /// </summary>
    public Value DRestored
    {
        get
        {
            ProgramBuilder b = this.Builder;
            b.Begin("what was rounded off r − high, which may just reach the next power of two while d does not");
            Value lost = b.Subtract("lost", b.Add("restored", this.Near, this.High), this.R);
            Value large = b.And("large", b.LessOrEqual("twoOrMore", b.Constant("Two", 2), this.Y), b.Equal("finite", lost, lost));
            lost = b.Select("lost", large, lost, b.Constant("Zero", 0));
            return b.Subtract("d", this.Near, b.Add("rest", this.Term, lost));
        }
    }

    private Value Near => this.Builder.Subtract("near", this.R, this.High);
}

/// <summary>
/// d = log y − x, without cancellation. log y alone is within 1 ULP plus 2⁻²⁶ (2⁻⁵⁵ in double), and so is d near x = log y up to
/// |d| = ¼; 1½ ULP of a larger one. Wherever x lies, a loss y · d is within 4 ULP plus |y| · 2⁻²⁶.
/// </summary>
/// <remarks>
/// <para>
/// y = 2ⁿ · m with m in [11/16, 11/8), so that n · ln 2 − x is exact where it cancels. With r = m − 1 and s = r / (m + 1),
/// log m = 2 artanh s = r − s · (r − s² · P(s²)): the rounding error of the division counts only in a term that is at most a sixth
/// of the result, and below 1/16 in this range of m. P is a minimax fit (coefficients.py). d = (r − (x − n · ln2High)) −
/// (s · v − n · ln2Low): where log y is near x, the first difference is exact, and what is taken from it small.
/// </para>
/// <para>
/// The division costs less than the polynomial of twice the degree that would stand in its place, also in latency, and is
/// correctly rounded by every processor.
/// </para>
/// </remarks>
internal static class Logarithm
{
    private static readonly double[] SingleCoefficients = [0.666668415, 0.399693161, 0.300940603];

    private static readonly double[] DoubleCoefficients =
    [
        0.66666666666668672, 0.39999999998511765, 0.28571428944511629, 0.22222177941519139,
        0.18184622256915672, 0.15287499216796863, 0.15055467686149396,
    ];

    public static LogDifference MinusInput(ProgramBuilder b, Value y, Func<Value> input, LogRange range)
    {
        bool single = b.Compute == Lane.Single;
        int mantissaBits = single ? 23 : 52;
        int subnormalShift = single ? 24 : 54;
        double scale = single ? 1 / 8388608.0 : 1;

        b.Begin("y = 2ⁿ · m with m in [11/16, 11/8), by the bits");
        Value tiny = default;
        Value normal = y;
        if (range == LogRange.UpToTwo)
        {
            normal = b.Multiply("scaled", y, b.Constant("SubnormalScale", Math.Pow(2, subnormalShift)));
        }
        else if (range == LogRange.Any)
        {
            tiny = b.Less("tiny", y, b.Constant("SmallestNormal", single ? 1.17549435E-38 : 2.2250738585072014E-308));
            Value scaled = b.Multiply("scaled", y, b.Constant("SubnormalScale", Math.Pow(2, subnormalShift)));
            normal = b.Select("normal", tiny, scaled, y);
        }

        Value bits = b.AsInteger("bits", normal);
        Value above = b.Subtract("above", bits, b.Integer("Lowest", single ? 0x3F300000 : 0x3FE6000000000000));
        Value exponent = b.And("exponent", above, b.Integer("ExponentMask", -1L << mantissaBits));
        Value m = b.AsFloating("m", b.Subtract("mantissa", bits, exponent));
        Value one = b.Constant("One", 1);
        Value r = b.Subtract("r", m, one);
        Value s = b.Divide("s", r, b.Add("divisor", m, one));

        Value shift = b.Integer("SubnormalExponent", (long)subnormalShift << mantissaBits);
        exponent = range switch
        {
            LogRange.UpToTwo when single => b.Subtract("exponent", exponent, shift),
            LogRange.Any => b.Subtract("exponent", exponent, b.And("correction", tiny, shift)),
            _ => exponent,
        };
        Value n = single
            ? b.ToSingle("n", exponent)
            : ToDouble(b, exponent, range == LogRange.UpToTwo ? subnormalShift : 0);
        if (range == LogRange.Any)
        {
            b.Begin("∞ and NaN are their own logarithms");
            Value finite = b.Less("finite", y, b.Constant("Infinity", double.PositiveInfinity));
            n = b.Select("n", finite, n, y);
        }

        b.Begin("log m = r − s · (r − s² · P(s²)), and d = log y − x by parts");
        Value z = b.Multiply("z", s, s);
        double[] coefficients = (single ? SingleCoefficients : DoubleCoefficients).Select(c => -c).ToArray();
        Value p = Polynomial.Horner(b, "p", "Log", z, coefficients);
        Value v = b.MultiplyAdd("v", z, p, r);
        (double high, double low) = single ? (0.693145751953125, 1.428606765330187e-6) : (0.69314718055989033, 5.4979230187083712e-14);
        Value lowPart = b.Multiply("low", n, b.Constant("MinusLn2Low", -low * scale));
        Value term = b.MultiplyAdd("term", s, v, lowPart);
        Value x = input();
        Value highPart = b.MultiplyAdd("high", n, b.Constant("MinusLn2High", -high * scale), x);
        return new LogDifference(b, y, m, r, highPart, term);
    }

    /// <summary>
    /// The exponent, which is in the upper 12 bits, less <paramref name="bias"/>, as a double. No machine short of AVX-512 converts
    /// 64-bit integers, so it is written, with 2048 added, into the low bits of 2⁵².
    /// </summary>
    private static Value ToDouble(ProgramBuilder b, Value exponent, int bias)
    {
        Value shifted = b.ShiftRight("shifted", b.Add("biased", exponent, b.Integer("SignBit", long.MinValue)), 52);
        Value number = b.AsFloating("number", b.Or("numberBits", shifted, b.Integer("TwoTo52", 0x4330000000000000)));
        return b.Subtract("n", number, b.Constant("TwoTo52Biased", 4503599627370496.0 + 2048 + bias));
    }
}
