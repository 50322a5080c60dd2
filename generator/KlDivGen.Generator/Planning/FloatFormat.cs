using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Planning;

/// <summary>The facts about a floating-point type that the algorithms depend on, with the coefficients of their polynomials.</summary>
internal sealed record FloatFormat
{
    public static readonly FloatFormat Single = new()
    {
        Type = ScalarType.Single,
        MantissaBits = 23,
        ExponentBias = 127,
        SignBit = int.MinValue,
        MinNormal = 1.17549435E-38,
        SubnormalShift = 24,
        Ln2Hi = 0.693145751953125,
        Ln2Lo = 1.428606765330187e-6,
        ConvertsExponentInPlace = true,
        ElevenSixteenths = 0x3F300000,
        LowOrderScale = 1 / 68719476736.0,
        LogCoefficients = [-0.666668415, -0.399693161, -0.300940603],
        ExpCoefficients = [1, 1, 0.49999994, 0.166665211, 0.0416682549, 0.00836865697, 0.00138218759],
        TableExpCoefficients = [1.00001466, 0.500007629],
        PowerTableBits = 5,
        PowerOfTwoCoefficients = [1, 0.693147004, 0.240222469, 0.0555070788, 0.00967126619, 0.00132711744],
        PowerOfTwoTailCoefficients = [0.346573591, 0.0800750852, 0.0138760516, 0.00193044264, 0.000222462157],
        MinNormalExpArgument = -87,
        MinExpArgument = -174,
        MaxExpArgument = 104,
        Ln2 = 0.693147182464599609375,
        MaxNormalExpArgument = 86,
    };

    public static readonly FloatFormat Double = new()
    {
        Type = ScalarType.Double,
        MantissaBits = 52,
        ExponentBias = 1023,
        SignBit = long.MinValue,
        MinNormal = 2.2250738585072014E-308,
        SubnormalShift = 54,
        Ln2Hi = 0.69314718055989033,
        Ln2Lo = 5.4979230187083712e-14,
        ConvertsExponentInPlace = false,
        ElevenSixteenths = 0x3FE6000000000000 + long.MinValue,
        LowOrderScale = 1 / 65536.0,
        LogCoefficients =
        [
            -0.66666666666668672, -0.39999999998511765, -0.28571428944511629, -0.22222177941519139,
            -0.18184622256915672, -0.15287499216796863, -0.15055467686149396,
        ],
        ExpCoefficients =
        [
            1, 1, 0.50000000000000111, 0.16666666666666463, 0.041666666666528691, 0.0083333333334713166, 0.001388888894373907,
            0.00019841269544417566, 2.4801493128546686e-5, 2.7557560067155919e-6, 2.7630209822007874e-7, 2.5006624716725736e-8,
        ],
        TableExpCoefficients =
        [
            1.0000000000000022, 0.4999999999999965, 0.16666666662857427, 0.041666666686635642, 0.0083334960385730555,
            0.0013888714463637494,
        ],
        PowerTableBits = 4,
        PowerOfTwoCoefficients =
        [
            1, 0.69314718055994917, 0.24022650695909101, 0.055504108664481952, 0.0096181291079830231, 0.0013333558225783625,
            0.00015403529994774295, 1.5252659438810324e-5, 1.3215653071857622e-6, 1.0208318643719035e-7, 7.0382828585714092e-9,
        ],
        PowerOfTwoTailCoefficients =
        [
            0.3465735902799727, 0.080075502319700134, 0.013876027166192741, 0.0019236258215309359, 0.00022222596953792796,
            2.2005043354907819e-5, 1.9065867731206728e-6, 1.4683894850047424e-7, 1.0201051264899912e-8, 6.4173877124337199e-10,
        ],
        MinNormalExpArgument = -708.2,
        MinExpArgument = -1416,
        MaxExpArgument = 745,
        Ln2 = 0.69314718055994530942,
        MaxNormalExpArgument = 700,
    };

    /// <summary>1 / ln 2.</summary>
    public const double Log2E = 1.4426950408889634;

    public ScalarType Type { get; private init; }

    /// <summary>The number of explicit bits of the mantissa.</summary>
    public int MantissaBits { get; private init; }

    public int ExponentBias { get; private init; }

    public long SignBit { get; private init; }

    /// <summary>The smallest positive normal number.</summary>
    public double MinNormal { get; private init; }

    /// <summary>The exponent of a power of two that makes every subnormal number normal.</summary>
    public int SubnormalShift { get; private init; }

    /// <summary>ln 2, rounded so that its product with any exponent is exact.</summary>
    public double Ln2Hi { get; private init; }

    /// <summary>ln 2 − <see cref="Ln2Hi"/>.</summary>
    public double Ln2Lo { get; private init; }

    /// <summary>
    /// Whether the logarithm converts the exponent to a number where it stands in the bits. Only AVX-512 converts 64-bit integers, so a
    /// double's exponent is written into the low bits of 2⁵² instead.
    /// </summary>
    public bool ConvertsExponentInPlace { get; private init; }

    /// <summary>
    /// The bits of 11/16, where the logarithm's mantissas begin. For double, 2048 is subtracted from the exponent, which makes every
    /// extracted exponent positive.
    /// </summary>
    public long ElevenSixteenths { get; private init; }

    /// <summary>The power of two by which exponents are scaled so that their products with any target stay finite over a strip.</summary>
    public double LowOrderScale { get; private init; }

    /// <summary>The coefficients of −P, where log m = r − s · (r − s² · P(s²)), the lowest first (coefficients.py).</summary>
    public IReadOnlyList<double> LogCoefficients { get; private init; } = [];

    /// <summary>The coefficients of exp(r) for |r| ≤ ln 2 / 2, the lowest first (coefficients.py).</summary>
    public IReadOnlyList<double> ExpCoefficients { get; private init; } = [];

    /// <summary>The coefficients of (exp(r) − 1) / r between the powers of the table, the lowest first (coefficients.py).</summary>
    public IReadOnlyList<double> TableExpCoefficients { get; private init; } = [];

    /// <summary>The number of bits of an index into the table of powers of two.</summary>
    public int PowerTableBits { get; private init; }

    /// <summary>The coefficients of 2ʳ for |r| ≤ 1/2, the lowest first (coefficients.py).</summary>
    public IReadOnlyList<double> PowerOfTwoCoefficients { get; private init; } = [];

    /// <summary>The coefficients of Q, where (2ʳ − 1) / ln 2 = r + r² · Q(r) for |r| ≤ 1/2, the lowest first (coefficients.py).</summary>
    public IReadOnlyList<double> PowerOfTwoTailCoefficients { get; private init; } = [];

    /// <summary>The argument above which exp(y) counts as normal. The fast path without a table takes no other, so both give the same bits.</summary>
    public double MinNormalExpArgument { get; private init; }

    /// <summary>The argument below which exp(y) times any d counts as 0.</summary>
    public double MinExpArgument { get; private init; }

    /// <summary>The argument above which exp(y) times any d is infinite.</summary>
    public double MaxExpArgument { get; private init; }

    /// <summary>ln 2, rounded to the type.</summary>
    public double Ln2 { get; private init; }

    /// <summary>An argument up to which exp(y) and exp(−y) are normal numbers.</summary>
    public double MaxNormalExpArgument { get; private init; }

    /// <summary>A power of two below <see cref="MaxNormalExpArgument"/>, from which a guard can tell larger arguments.</summary>
    public double MaxMixtureDistance => Math.Pow(2, Math.Floor(Math.Log(this.MaxNormalExpArgument, 2)));

    /// <summary>The largest difference of logits whose rounding errors are below 2⁻⁴.</summary>
    public double MaxExactDistance => Math.Pow(2, this.MantissaBits - 3);

    /// <summary>The factor of a converted exponent: a power of two where it is converted in place, else 1.</summary>
    public double ExponentFactor => this.ConvertsExponentInPlace ? Math.Pow(2, this.MantissaBits) : 1;

    /// <summary>The bits above the mantissa: sign and exponent.</summary>
    public long ExponentMask => -1L << this.MantissaBits;

    /// <summary>1.5 · 2²³ (2⁵²): adding it rounds a number to the nearest integer, which then lies in the low bits.</summary>
    public double RoundingShift => 1.5 * Math.Pow(2, this.MantissaBits);

    /// <summary>The bits of <see cref="RoundingShift"/>.</summary>
    public long RoundingShiftBits =>
        ((long)(this.ExponentBias + this.MantissaBits) << this.MantissaBits) | (1L << (this.MantissaBits - 1));

    public static FloatFormat Of(ScalarType type) => type == ScalarType.Single ? Single : Double;
}
