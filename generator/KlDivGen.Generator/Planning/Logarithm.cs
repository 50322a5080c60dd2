namespace KlDivGen.Generator.Planning;

/// <summary>log y − x by its parts, of which a formula takes what it needs.</summary>
/// <param name="Builder">Where the last operations are added.</param>
/// <param name="Y">y.</param>
/// <param name="R">r = m − 1.</param>
/// <param name="High">x − n · ln2High.</param>
/// <param name="NearOne">m − High, where d + 1 is asked for; with fused arithmetic, n · ln2Low is added to it.</param>
/// <param name="S">−s.</param>
/// <param name="V">v; log m = r − s · v.</param>
/// <param name="N">n, or a power of two times it.</param>
/// <param name="Ln2Low">What <paramref name="N"/> is multiplied by to give n · ln2Low.</param>
internal sealed record LogDifference(
    ProgramBuilder Builder, Value Y, Value R, Value High, Value? NearOne, Value S, Value V, Value N, Value Ln2Low)
{
    /// <summary>d = log y − x.</summary>
    public Value D => this.Builder.Add("d", this.Near, this.Rest);

    /// <summary>d but for n · ln2Low, an operation less, for a sum that has the products of y and n added up apart.</summary>
    public Value DWithoutLow => this.Builder.MultiplyAdd("d", this.S, this.V, this.Near);

    /// <summary>
    /// n · 2⁻¹³ (2⁻¹⁶), whose products with any y do not overflow even where a chunk of them is added up, and what it is multiplied by to
    /// give n · ln2Low.
    /// </summary>
    public (Value N, Value Ln2Low) SmallN
    {
        get
        {
            ProgramBuilder b = this.Builder;
            double scale = b.Compute == Lane.Single ? 1 / 68719476736.0 : 1 / 65536.0;
            return (b.Multiply("smallN", this.N, b.Constant("SmallNScale", scale)), b.Constant("SmallNLn2Low", Logarithm.Ln2Low(b.Compute) / scale));
        }
    }

    /// <summary>d + 1: since m is r + 1, without adding 1 to something rounded.</summary>
    public Value DPlusOne => this.Builder.Fused
        ? this.Builder.MultiplyAdd("dPlusOne", this.S, this.V, this.NearOne!.Value)
        : this.Builder.Add("dPlusOne", this.NearOne!.Value, this.Rest);

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
            return b.Add("d", this.Near, b.Subtract("remainder", this.Rest, lost));
        }
    }

    private Value Near => this.Builder.Subtract("near", this.R, this.High);

    /// <summary>What is left of log m and of n · ln 2.</summary>
    private Value Rest => this.Builder.MultiplyAdd("rest", this.S, this.V, this.Builder.Multiply("low", this.N, this.Ln2Low));
}

/// <summary>
/// d = log y − x, without cancellation. log y alone is within 1 ULP plus 2⁻²⁶ (2⁻⁵⁵ in double), and so is d near x = log y up to
/// |d| = ¼; 1½ ULP of a larger one. Wherever x lies, a loss y · d is within 4 ULP plus |y| · 2⁻²⁶.
/// </summary>
/// <remarks>
/// <para>
/// y = 2ⁿ · m with m in [11/16, 11/8), so that n · ln 2 − x is exact where it cancels. With r = m − 1 and s = r / (m + 1),
/// log m = 2 artanh s = r − s · v, v = r − s² · P(s²): the rounding error of the division counts only in a term that is at most a
/// sixth of the result, and below 1/16 in this range of m. P is a minimax fit (coefficients.py). d = (r − (x − n · ln2High)) +
/// (−s · v + n · ln2Low): where log y is near x, the first difference is exact, and what is added to it small. The programs divide by
/// −(m + 1), for −s.
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

    /// <summary>
    /// log y − x. Without care it is right for normal numbers; 0 gives some finite number, and so does a subnormal, but a wrong one.
    /// With care it is right for every positive number, +∞ and NaN included.
    /// </summary>
    /// <param name="b">The program.</param>
    /// <param name="y">y.</param>
    /// <param name="input">Adds x, where it is needed.</param>
    /// <param name="plusOne">Whether log y − x + 1 is needed, too.</param>
    /// <param name="careful">Whether with care.</param>
    public static LogDifference MinusInput(ProgramBuilder b, Value y, Func<Value> input, bool plusOne, bool careful)
    {
        bool single = b.Compute == Lane.Single;
        int mantissaBits = single ? 23 : 52;
        int subnormalShift = single ? 24 : 54;

        b.Begin("y = 2ⁿ · m with m in [11/16, 11/8), by the bits");
        Value tiny = default;
        Value normal = y;
        if (careful)
        {
            tiny = Tiny(b, y);
            Value scaled = b.Multiply("scaled", y, b.Constant("SubnormalScale", Math.Pow(2, subnormalShift)));
            normal = b.Select("normal", tiny, scaled, y);
        }

        Value bits = b.AsInteger("bits", normal);
        Value above = b.Subtract("above", bits, b.Integer("Lowest", single ? 0x3F300000 : 0x3FE6000000000000 + long.MinValue));
        Value exponent = b.And("exponent", above, b.Integer("ExponentMask", -1L << mantissaBits));
        Value mantissa = b.AsFloating("m", b.Subtract("mantissa", bits, exponent));

        // A double's exponent has 2048 added, for its conversion: that is the sign's bit, so the mantissa is −m. The division gives −s.
        Value minusOne = b.Constant("MinusOne", -1);
        Value r = single ? b.Add("r", mantissa, minusOne) : b.Subtract("r", minusOne, mantissa);
        Value s = b.Divide("s", r, single ? b.Subtract("divisor", minusOne, mantissa) : b.Add("divisor", mantissa, minusOne));

        if (careful)
        {
            Value shift = b.Integer("SubnormalExponent", (long)subnormalShift << mantissaBits);
            exponent = b.Subtract("exponent", exponent, b.And("correction", tiny, shift));
        }

        Value n = single ? b.ToSingle("n", exponent) : ToDouble(b, exponent);
        if (careful)
        {
            b.Begin("∞ and NaN are their own logarithms");
            Value finite = b.Less("finite", y, b.Constant("Infinity", double.PositiveInfinity));
            n = b.Select("n", finite, n, y);
        }

        Value ln2Low = b.Constant("Ln2Low", Ln2Low(b.Compute));

        // Here, or m and n would take two registers through the polynomial, of which there are too few.
        Value? high = plusOne ? High() : null;
        Value? nearOne = plusOne ? NearOne(high!.Value) : null;

        b.Begin("log m = r − s · v, v = r − s² · P(s²), and log y − x by parts");
        Value z = b.Multiply("z", s, s);
        double[] coefficients = (single ? SingleCoefficients : DoubleCoefficients).Select(c => -c).ToArray();
        Value v = b.MultiplyAdd("v", z, Polynomial.Horner(b, "p", "Log", z, coefficients), r);
        return new LogDifference(b, y, r, high ?? High(), nearOne, s, v, n, ln2Low);

        Value High() => b.MultiplyAdd("high", n, b.Constant("MinusLn2High", -Ln2High(b.Compute)), input());

        Value NearOne(Value high)
        {
            b.Begin("log y − x + 1, but for the rest of log m");
            Value difference = b.Subtract("nearOne", single ? mantissa : b.Subtract("m", r, minusOne), high);
            return b.Fused ? b.MultiplyAdd("nearerOne", n, ln2Low, difference) : difference;
        }
    }

    /// <summary>The low part of ln 2, by the power of two that n is too large: a float's exponent is converted where it stands.</summary>
    public static double Ln2Low(Lane compute) => compute == Lane.Single ? 1.428606765330187e-6 / 8388608 : 5.4979230187083712e-14;

    /// <summary>The mask of what is less than a normal number: subnormals, 0, and everything negative.</summary>
    public static Value Tiny(ProgramBuilder b, Value y) =>
        b.Less("tiny", y, b.Constant("SmallestNormal", b.Compute == Lane.Single ? 1.17549435E-38 : 2.2250738585072014E-308));

    /// <summary>The high part of ln 2, whose product with n is exact, likewise.</summary>
    private static double Ln2High(Lane compute) => compute == Lane.Single ? 0.693145751953125 / 8388608 : 0.69314718055989033;

    /// <summary>
    /// The exponent with 2048 added, which is in the upper 12 bits, as a double. No machine short of AVX-512 converts 64-bit integers,
    /// so it is written into the low bits of 2⁵².
    /// </summary>
    private static Value ToDouble(ProgramBuilder b, Value exponent)
    {
        Value shifted = b.ShiftRight("shifted", exponent, 52);
        Value number = b.AsFloating("number", b.Or("numberBits", shifted, b.Integer("TwoTo52", 0x4330000000000000)));
        return b.Subtract("n", number, b.Constant("TwoTo52Biased", 4503599627370496.0 + 2048));
    }
}
