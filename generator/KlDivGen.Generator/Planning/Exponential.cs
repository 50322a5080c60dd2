namespace KlDivGen.Generator.Planning;

/// <summary>exp(y), as two factors where it may leave the range of the type.</summary>
/// <param name="Builder">Where multiplications are added.</param>
/// <param name="Scaled">exp(y), but for the power.</param>
/// <param name="Power">A power of two, or <see langword="null"/> for 1.</param>
internal sealed record ExponentialValue(ProgramBuilder Builder, Value Scaled, Value? Power)
{
    /// <summary>exp(y). Both factors are exact, so that a subnormal result is rounded once.</summary>
    public Value Exp => this.Power is { } power ? this.Builder.Multiply("e", this.Scaled, power) : this.Scaled;

    /// <summary>
    /// What <see cref="Scaled"/> is multiplied by to give exp(y) · d, rounded as if exp(y) and d were. Where that is a normal number,
    /// no subnormal one comes up, with which processors are slow.
    /// </summary>
    public Value Times(Value d) => this.Power is { } power ? this.Builder.Multiply("dScaled", d, power) : d;
}

/// <summary>exp(y), within 2 ULP; subnormal results included in the careful program.</summary>
/// <remarks>
/// n = y / ln 2 to the nearest integer, by adding 1.5 · 2²³ (2⁵²), which leaves n in the low bits; r = y − n · ln 2, ln 2 in two
/// parts; exp(y) = 2ⁿ · (1 + r + r² · Q(r)), in Horner's form throughout, Q a minimax fit (coefficients.py). The fast program
/// shifts n into the exponent; it is right for n from −125 (−1021) to 2, which takes in every log-probability down to −87 (−708).
/// One lower, and a polynomial below 1 would give a subnormal number, whose bits mean something else.
/// </remarks>
internal static class Exponential
{
    private static readonly double[] SingleCoefficients = [1, 1, 0.49999994, 0.166665211, 0.0416682549, 0.00836865697, 0.00138218759];

    private static readonly double[] DoubleCoefficients =
    [
        1, 1, 0.50000000000000111, 0.16666666666666463, 0.041666666666528691, 0.0083333333334713166, 0.001388888894373907,
        0.00019841269544417566, 2.4801493128546686e-5, 2.7557560067155919e-6, 2.7630209822007874e-7, 2.5006624716725736e-8,
    ];

    /// <summary>exp(y) for n from −125 (−1021) to 2, and the value whose bits beyond <see cref="RangeMask"/> tell of any other.</summary>
    public static (ExponentialValue Exp, Value Range) Fast(ProgramBuilder b, Value y)
    {
        bool single = b.Compute == Lane.Single;
        (Value polynomial, Value shifted) = Reduce(b, y, bias: 0);
        Value range = b.Subtract("range", shifted, b.Integer("RangeBase", MagicBits(single) - (single ? 125 : 1021)));
        Value power = b.ShiftLeft("power", shifted, single ? 23 : 52);
        Value e = b.AsFloating("e", b.Add("eBits", b.AsInteger("pBits", polynomial), power));
        return (new ExponentialValue(b, e, Power: null), range);
    }

    /// <summary>The bits that are zero in the range of every element that <see cref="Fast"/> is right for.</summary>
    public static long RangeMask(Lane compute) => compute == Lane.Single ? ~127L : ~1023L;

    /// <summary>exp(y) for every y, 2ⁿ in two halves of which the one goes to the polynomial and the other to what it is multiplied by.</summary>
    public static ExponentialValue Careful(ProgramBuilder b, Value y)
    {
        bool single = b.Compute == Lane.Single;
        int mantissaBits = single ? 23 : 52;
        b.Begin("beyond these bounds exp(y) times any d is as good as 0 or ∞; NaN stays NaN, being the second operand");
        Value clamped = b.Max("clamped", b.Constant("Lowest", single ? -174 : -1416), y);
        clamped = b.Min("clamped", b.Constant("Highest", single ? 104 : 745), clamped);
        (Value polynomial, Value shifted) = Reduce(b, clamped, bias: single ? 254 : 2046);

        b.Begin("2ⁿ as the product of two powers, both of them normal numbers, whose exponents' sum is in the low bits");
        Value half = b.And("firstBits", b.ShiftLeft("half", shifted, mantissaBits - 1), b.Integer("ExponentMask", -1L << mantissaBits));
        Value otherHalf = b.Subtract("secondBits", b.ShiftLeft("both", shifted, mantissaBits), half);
        return new ExponentialValue(b, b.Multiply("eScaled", polynomial, b.AsFloating("second", otherHalf)), b.AsFloating("first", half));
    }

    private static double Magic(bool single) => single ? 12582912.0 : 6755399441055744.0;

    private static long MagicBits(bool single) => single ? 0x4B400000 : 0x4338000000000000;

    /// <summary>exp(r), and the bits of n + 1.5 · 2²³ (2⁵²) + bias.</summary>
    private static (Value Polynomial, Value Shifted) Reduce(ProgramBuilder b, Value y, int bias)
    {
        bool single = b.Compute == Lane.Single;
        b.Begin("y = n · ln 2 + r with |r| ≤ ln 2 / 2");
        Value magic = b.Constant("Magic", Magic(single) + bias);
        Value t = b.MultiplyAdd("t", y, b.Constant("Log2E", 1.4426950408889634), magic);
        Value n = b.Subtract("n", t, magic);
        (double high, double low) = single ? (0.693145751953125, 1.428606765330187e-6) : (0.69314718055989033, 5.4979230187083712e-14);
        Value r = b.MultiplyAdd("r", n, b.Constant("MinusLn2High", -high), y);
        r = b.MultiplyAdd("r", n, b.Constant("MinusLn2Low", -low), r);

        b.Begin("exp(r) by a polynomial");
        Value p = Polynomial.Horner(b, "p", "Exp", r, single ? SingleCoefficients : DoubleCoefficients);
        return (p, b.AsInteger("shiftedBits", t));
    }
}
