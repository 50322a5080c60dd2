using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Planning;

/// <summary>bfloat16 to float and back with integer operations. An element is the upper half of a float.</summary>
internal sealed class BFloat16Format : StorageFormat
{
    public static readonly BFloat16Format Instance = new();

    /// <summary>The number of bits that a float has and an element lacks.</summary>
    private const int MissingBits = 16;

    private BFloat16Format()
    {
    }

    public override string Name => "BFloat16";

    /// <summary>Exact for every element, infinities and NaNs included, so that no assumption helps.</summary>
    public override Value Decode(BodyBuilder b, Value stored, string name, Assumption assumption) =>
        b.AsFloating(name, b.Widen(name + "Shifted", stored, MissingBits, "bfloat16 to float: the bits are the upper half of a float's"));

    public override Value Subtract(BodyBuilder b, string name, Value from, Value stored, string storedName, string? comment) =>
        b.Subtract(name, from, this.Decode(b, stored, storedName, Assumption.Finite), comment);

    /// <summary>None: the float has the infinities and NaNs of the element, and is guarded like any float.</summary>
    public override Guard? FiniteGuard(BodyBuilder b, Value stored, string name) => null;

    /// <summary>
    /// A double gets the precision of bfloat16 before it becomes a float, which is then exact. The addition of a number 1.5 · 2⁴⁵ times the
    /// power of two of the double rounds it to the places of bfloat16; the power has the range of a float's exponents.
    /// </summary>
    public override Value RoundToSingle(BodyBuilder b, Value value)
    {
        Value bits = b.AsInteger("doubleBits", value);
        Value exponent = b.Integer("DoubleExponent", 0x7FF0000000000000, ScalarType.Int64, "the exponent of a double");
        Value power = b.AsFloating("power", b.And("powerBits", bits, exponent, "double to bfloat16, to nearest even, as a float"));
        Value minPower = b.Constant("MinPower", 1.1754943508222875e-38, ScalarType.Double, "2⁻¹²⁶, the smallest normal float");
        Value maxPower = b.Constant("MaxPower", 3.4028236692093846e38, ScalarType.Double, "2¹²⁸, the first number that overflows");
        Value limited = b.Min("powerLimited", maxPower, b.Max("powerAtLeast", minPower, power));
        Value anchor = b.Multiply("anchor", limited, b.Constant("PlacesBelow", 52776558133248, ScalarType.Double, "1.5 · 2⁴⁵"));
        Value rounded = b.Subtract("roundedDouble", b.Add("anchored", value, anchor), anchor);
        Value sign = b.And("doubleSign", bits, b.Integer("DoubleSign", long.MinValue, ScalarType.Int64, "the sign of a double"));
        Value signed = b.AsFloating("signedDouble", b.Or("signedBits", b.AsInteger("roundedBits", rounded), sign));
        return b.Narrow("roundedSingle", signed);
    }

    public override Value Encode(BodyBuilder b, Value value)
    {
        if (value.Type == ScalarType.Double)
        {
            value = this.RoundToSingle(b, value);
        }

        Value isNumber = b.Equal("isNumber", value, value, "float to bfloat16, to nearest even; every NaN becomes the same one");
        Value bits = b.AsInteger("wideBits", value);
        Value one = b.Integer("OneBit", 1, ScalarType.Int32);
        Value lastPlace = b.And("lastPlace", b.ShiftRight("upperHalf", bits, MissingBits), one);
        Value belowTie = b.Integer("BelowTie", 0x7FFF, ScalarType.Int32, "half of the last place, less the least bit");
        Value rounded = b.Add("roundedBits", b.Add("bitsAboveTie", bits, belowTie), lastPlace);
        Value nan = b.AsInteger("nanBits", b.Constant("NaN", double.NaN, ScalarType.Single));
        return b.Narrow("bfloat16", b.ShiftRight("bfloat16Bits", b.Select("bitsOrNaN", isNumber, rounded, nan), MissingBits));
    }
}
