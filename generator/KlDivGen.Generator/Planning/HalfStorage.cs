namespace KlDivGen.Generator.Planning;

/// <summary>
/// Half to float and back with integer operations, for machines and runtimes without such an instruction. Exact one way; to nearest,
/// ties to even, the other.
/// </summary>
internal sealed class HalfStorage : PackedStorage
{
    public static readonly HalfStorage Instance = new();

    private const double TwoTo112 = 5.192296858534828e33;

    private HalfStorage()
    {
    }

    public override Value Unpack(ProgramBuilder b, Value half, string name, Known known)
    {
        string how = known switch
        {
            Known.Positive => "112 added to the exponent; the smaller is right, be it normal or subnormal",
            Known.Finite => "times 2¹¹²",
            _ => "112 added to the exponent; the smaller is right, be it normal or subnormal; an exponent of all ones stays one",
        };
        b.Begin("Half to float: the bits moved into place, " + how);
        return known switch
        {
            Known.Positive => Positive(b, b.Widen(name + "Moved", half, 13), name, name),
            Known.Finite => b.Multiply(name, Small(b, half, name), b.Constant("TwoTo112", TwoTo112, Lane.Single)),
            _ => Any(b, b.WidenAbove(name + "Moved", half, 13), name),
        };
    }

    /// <summary>The power of two that makes a Half's bits a float is multiplied with in the same operation.</summary>
    public override Value Subtract(ProgramBuilder b, string name, Value from, Value half, string halfName)
    {
        Value minusTwoTo112 = b.Constant("MinusTwoTo112", -TwoTo112, Lane.Single);
        return b.MultiplyAdd(name, Small(b, half, halfName), minusTwoTo112, from);
    }

    /// <summary>
    /// Without a sign. Targets are often subnormal as a Half, and processors are slow with subnormal floats, so none comes up here.
    /// 112 added to the exponent makes a normal Half right; a subnormal one, m · 2⁻¹⁴, becomes a = (1 + m) · 2⁻¹⁵, and 2a − 2⁻¹⁴ is
    /// right: the smaller of the two, as for a normal one a is.
    /// </summary>
    private static Value Positive(ProgramBuilder b, Value moved, string name, string result)
    {
        Value normal = b.AsFloating(name + "Normal", b.Add(name + "Biased", moved, b.Integer("HalfBias", 112 << 23, Lane.Int32)));
        Value subnormal = b.MultiplyAdd(
            name + "Subnormal", normal, b.Constant("Two", 2, Lane.Single), b.Constant("MinusSmallestNormalHalf", -6.103515625e-5, Lane.Single));
        return b.Min(result, subnormal, normal);
    }

    /// <summary>
    /// A finite Half's bits in a float's places, which is 2⁻¹¹² of its value. Good enough for logarithms of probabilities, which are
    /// subnormal as Halves only where those are almost 1.
    /// </summary>
    private static Value Small(ProgramBuilder b, Value half, string name)
    {
        Value placed = b.And(name + "Placed", b.WidenAbove(name + "Moved", half, 13), b.Integer("HalfMask", unchecked((int)0x8FFFE000), Lane.Int32));
        return b.AsFloating(name + "Small", placed);
    }

    private static Value Any(ProgramBuilder b, Value moved, string name)
    {
        Value magnitude = b.And(name + "Magnitude", moved, b.Integer("HalfMagnitude", 0x0FFFE000, Lane.Int32));
        Value finite = Positive(b, magnitude, name, name + "Finite");
        Value special = b.Less(name + "Special", b.Integer("LargestFiniteHalf", 0x0F7FE000, Lane.Int32), magnitude);
        Value infinity = b.And(name + "Infinity", special, b.Integer("SingleExponent", 0x7F800000, Lane.Int32));
        Value sign = b.And(name + "Sign", moved, b.Integer("SignMask", int.MinValue, Lane.Int32));
        Value bits = b.Or(name + "Single", b.AsInteger(name + "FiniteBits", finite), infinity);
        return b.AsFloating(name, b.Or(name + "Signed", bits, sign));
    }

    /// <summary>Without the sign, no bits are above those of ±∞ and NaN.</summary>
    public override Alarm Special(ProgramBuilder b, Value half, string name) =>
        new(AlarmKind.Above, b.Add(name + "Unsigned", half, half), 0xF7FF);

    public override Value Pack(ProgramBuilder b, Value value)
    {
        if (value.Lane == Lane.Double)
        {
            value = RoundToOdd(b, value);
        }

        b.Begin("float to Half, to nearest even: the addition rounds to the Half's last place, be it normal or subnormal");
        Value bits = b.AsInteger("wideBits", value);
        Value sign = b.And("sign", bits, b.Integer("SignMask", int.MinValue, Lane.Int32));
        Value magnitudeBits = b.AndNot("magnitudeBits", bits, b.Integer("SignMask", int.MinValue, Lane.Int32));

        // Where the Halfs end, the next number is infinity, as bits.
        Value magnitude = b.Min("magnitude", b.Constant("BeyondHalf", 65536, Lane.Single), b.AsFloating("magnitude", magnitudeBits));

        // A number 2¹³ times the power of two of the magnitude, at least 2⁻¹, has its last place where the Half's is. What the
        // addition changes in its bits is the Half's significand, with the leading bit, which counts as one of the exponent.
        Value power = b.And("powerBits", b.AsInteger("magnitude", magnitude), b.Integer("SingleExponent", 0x7F800000, Lane.Int32));
        Value floor = b.Max("floor", b.Constant("SmallestNormalHalf", 6.103515625e-5, Lane.Single), b.AsFloating("power", power));
        Value anchor = b.Add("anchorBits", b.AsInteger("floorBits", floor), b.Integer("ThirteenPlaces", 13 << 23, Lane.Int32));
        Value anchored = b.Add("anchored", magnitude, b.AsFloating("anchor", anchor));
        Value significand = b.Subtract("significand", b.AsInteger("anchoredBits", anchored), anchor);
        Value exponent = b.Subtract("exponentBits", b.AsInteger("floorBits", floor), b.Integer("MinSubnormalExponent", 113 << 23, Lane.Int32));
        Value placed = b.Add("placed", significand, b.ShiftRight("placedExponent", exponent, 13));

        Value nan = b.Less("notANumber", b.Integer("SingleExponent", 0x7F800000, Lane.Int32), magnitudeBits);
        placed = b.Select("placed", nan, b.Integer("HalfNaN", 0x7E00, Lane.Int32), placed);
        return b.Narrow("half", b.Or("halfBits", placed, b.ShiftRight("halfSign", sign, 16)));
    }

    /// <summary>
    /// Double to float, so that a second rounding, to Half, gives what one would: a float's bits, and in the last of them whether
    /// anything was left over.
    /// </summary>
    private static Value RoundToOdd(ProgramBuilder b, Value value)
    {
        b.Begin("double to float, to odd, so that rounding twice is rounding once");
        Value bits = b.AsInteger("doubleBits", value);
        Value below = b.Integer("BelowSingle", 0x1FFFFFFF);
        Value sticky = b.Add("sticky", b.And("leftOver", bits, below), below);
        Value odd = b.AndNot("oddBits", b.Or("stuck", bits, sticky), below);
        return b.Narrow("odd", b.AsFloating("oddDouble", odd));
    }
}
