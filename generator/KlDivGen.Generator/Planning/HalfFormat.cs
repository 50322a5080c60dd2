using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Planning;

/// <summary>
/// Half to float and back with integer operations, since neither <c>Vector&lt;T&gt;</c> nor every processor has conversions. Exact one
/// way; to nearest, ties to even, the other.
/// </summary>
internal sealed class HalfFormat : StorageFormat
{
    public static readonly HalfFormat Instance = new();

    private const double TwoTo112 = 5.192296858534828e33;

    private HalfFormat()
    {
    }

    public override string Name => "Half";

    public override Value Decode(BodyBuilder b, Value stored, string name, Assumption assumption) => assumption switch
    {
        Assumption.NonNegativeBelowTwo => DecodeMagnitude(
            b, b.Widen(name + "Shifted", stored, 13, "Half to float: bits into place, exponent rebiased by 112; the minimum is right"), name, name),
        Assumption.Finite => b.Multiply(
            name,
            DecodeScaled(b, stored, name, "Half to float: bits into place give 2⁻¹¹² of the value, so multiply by 2¹¹²"),
            b.Constant("TwoTo112", TwoTo112, ScalarType.Single, "2¹¹²")),
        _ => DecodeAny(
            b,
            b.WidenUpperUnmasked(name + "Shifted", stored, 13, "Half to float: rebias the exponent by 112, keep infinities and NaNs"),
            name),
    };

    /// <summary>Folds the multiplication by 2¹¹² into the subtraction, as one fused multiply-add.</summary>
    public override Value Subtract(BodyBuilder b, string name, Value from, Value stored, string storedName, string? comment)
    {
        Value minusTwoTo112 = b.Constant("MinusTwoTo112", -TwoTo112, ScalarType.Single, "−2¹¹²");
        return b.MultiplyAdd(name, DecodeScaled(b, stored, storedName, comment), minusTwoTo112, from);
    }

    /// <summary>Without the sign bit, only infinities and NaNs exceed the bits of the largest finite number.</summary>
    public override Guard? FiniteGuard(BodyBuilder b, Value stored, string name) =>
        new Guard.UpperBound(b.Add(name + "TimesTwo", stored, stored), 0xF7FF);

    /// <summary>
    /// Rounds to odd: the last bit of the float says whether anything was left over. Where a float itself lacks bits, because it is subnormal,
    /// the Half is 0.
    /// </summary>
    public override Value RoundToSingle(BodyBuilder b, Value value)
    {
        Value bits = b.AsInteger("doubleBits", value);
        Value below = b.Integer("BelowSingle", 0x1FFFFFFF, ScalarType.Int64, "the bits that a float lacks");
        Value leftOver = b.And("leftOver", bits, below, "double to float, rounded to odd, so that rounding twice is rounding once");
        Value sticky = b.Add("sticky", leftOver, below);
        Value odd = b.AndNot("oddBits", b.Or("stickyBits", bits, sticky), below);
        return b.Narrow("odd", b.AsFloating("oddDouble", odd));
    }

    public override Value Encode(BodyBuilder b, Value value)
    {
        if (value.Type == ScalarType.Double)
        {
            value = this.RoundToSingle(b, value);
        }

        Value signMask = b.Integer("SignMask", int.MinValue, ScalarType.Int32, "the sign");
        Value singleExponent = b.Integer("SingleExponent", 0x7F800000, ScalarType.Int32, "the exponent of a float");
        Value bits = b.AsInteger("wideBits", value);
        Value sign = b.And("sign", bits, signMask, "float to Half, to nearest even: an addition rounds to the last place of the Half");
        Value magnitudeBits = b.AndNot("magnitudeBits", bits, signMask);

        // The next number after the largest finite Half has the bits of infinity.
        Value magnitude = b.Min(
            "magnitude", b.Constant("BeyondHalf", 65536, ScalarType.Single, "the first number that overflows"), b.AsFloating("magnitudeValue", magnitudeBits));

        // A number 2¹³ times the power of two of the magnitude has its last place where the Half has it. What the addition changes in
        // its bits is the significand of the Half with the leading bit, which counts as one of the exponent.
        Value power = b.And("powerBits", b.AsInteger("magnitudeAsBits", magnitude), singleExponent);
        Value floor = b.Max(
            "floor", b.Constant("MinNormalHalf", 6.103515625e-5, ScalarType.Single, "the smallest normal Half"), b.AsFloating("power", power));
        Value floorBits = b.AsInteger("floorBits", floor);
        Value anchorBits = b.Add("anchorBits", floorBits, b.Integer("ThirteenPlaces", 13 << 23, ScalarType.Int32, "13, in the exponent"));
        Value anchored = b.Add("anchored", magnitude, b.AsFloating("anchor", anchorBits));
        Value significand = b.Subtract("significand", b.AsInteger("anchoredBits", anchored), anchorBits);
        Value exponent = b.Subtract("exponentBits", floorBits, b.Integer("MinNormalHalfBits", 113 << 23, ScalarType.Int32, "113, in the exponent"));
        Value finite = b.Add("finiteHalf", significand, b.ShiftRight("halfExponent", exponent, 13));

        Value isNaN = b.LessThan("isNaN", singleExponent, magnitudeBits);
        Value unsigned = b.Select("unsignedHalf", isNaN, b.Integer("HalfNaN", 0x7E00, ScalarType.Int32, "NaN as a Half"), finite);
        return b.Narrow("half", b.Or("halfBits", unsigned, b.ShiftRight("halfSign", sign, 16)));
    }

    /// <summary>
    /// A number without a sign. Targets are often subnormal as a Half, and processors are slow with subnormal floats, so none comes up
    /// here. A normal Half becomes right by adding 112 to its exponent; a subnormal one, m · 2⁻¹⁴, becomes a = (1 + m) · 2⁻¹⁵, and
    /// 2a − 2⁻¹⁴ is right. The right one is the smaller of the two.
    /// </summary>
    private static Value DecodeMagnitude(BodyBuilder b, Value shifted, string name, string result)
    {
        Value rebiased = b.Add(name + "Rebiased", shifted, b.Integer("HalfBias", 112 << 23, ScalarType.Int32, "112, in the exponent"));
        Value normal = b.AsFloating(name + "Normal", rebiased);
        Value subnormal = b.MultiplyAdd(
            name + "Subnormal",
            normal,
            b.Constant("Two", 2, ScalarType.Single),
            b.Constant("MinusMinNormalHalf", -6.103515625e-5, ScalarType.Single, "−2⁻¹⁴"));
        return b.Min(result, subnormal, normal);
    }

    /// <summary>
    /// A finite Half's bits in a float's places, which is 2⁻¹¹² of its value. Good enough for log-probabilities, which are subnormal
    /// as Halves only where the probability is almost 1.
    /// </summary>
    private static Value DecodeScaled(BodyBuilder b, Value stored, string name, string? comment)
    {
        Value shifted = b.WidenUpperUnmasked(name + "Shifted", stored, 13, comment);
        Value placed = b.And(name + "Placed", shifted, b.Integer("HalfMask", unchecked((int)0x8FFFE000), ScalarType.Int32, "the bits of a Half in place"));
        return b.AsFloating(name + "Scaled", placed);
    }

    private static Value DecodeAny(BodyBuilder b, Value shifted, string name)
    {
        Value magnitude = b.And(name + "Magnitude", shifted, b.Integer("HalfMagnitude", 0x0FFFE000, ScalarType.Int32, "those bits without the sign"));
        Value finite = DecodeMagnitude(b, magnitude, name, name + "Finite");
        Value special = b.LessThan(name + "IsSpecial", b.Integer("MaxFiniteHalf", 0x0F7FE000, ScalarType.Int32, "the largest finite Half in place"), magnitude);
        Value infinity = b.And(name + "Infinity", special, b.Integer("SingleExponent", 0x7F800000, ScalarType.Int32, "the exponent of a float"));
        Value sign = b.And(name + "Sign", shifted, b.Integer("SignMask", int.MinValue, ScalarType.Int32, "the sign"));
        Value bits = b.Or(name + "Unsigned", b.AsInteger(name + "FiniteBits", finite), infinity);
        return b.AsFloating(name, b.Or(name + "Signed", bits, sign));
    }
}
