namespace KlDivGen.Generator.Planning;

/// <summary>
/// Half to float and back with integer operations, for machines and runtimes without such an instruction. Exact one way; to nearest,
/// ties to even, the other.
/// </summary>
internal static class HalfStorage
{
    /// <summary>A Half as a float, as far as <paramref name="known"/> leaves it open what it may be.</summary>
    public static Value Unpack(ProgramBuilder b, Value half, string name, Known known)
    {
        if (known == Known.Positive)
        {
            return UnpackPositive(b, half, name);
        }

        b.Begin("Half to float: the bits moved into place, times 2¹¹²" + (known == Known.Nothing ? "; an exponent of all ones stays one" : string.Empty));
        Value moved = b.Widen(name + "Moved", half, 13);
        moved = b.And(name + "Placed", moved, b.Integer("HalfMask", unchecked((int)0x8FFFE000), Lane.Int32));
        Value scaled = b.Multiply(
            known == Known.Nothing ? name + "Scaled" : name, b.AsFloating(name + "Small", moved), b.Constant("TwoTo112", 5.192296858534828e33, Lane.Single));
        if (known != Known.Nothing)
        {
            return scaled;
        }

        Value exponent = b.And(name + "Exponent", moved, b.Integer("HalfExponent", 0x0F800000, Lane.Int32));
        Value special = b.Equal(name + "Special", exponent, b.Integer("HalfExponent", 0x0F800000, Lane.Int32));
        Value infinity = b.And(name + "Infinity", special, b.Integer("SingleExponent", 0x7F800000, Lane.Int32));
        return b.AsFloating(name, b.Or(name + "Single", b.AsInteger(name + "ScaledBits", scaled), infinity));
    }

    /// <summary>
    /// A target is often subnormal as a Half, and processors are slow with subnormal floats, so none comes up here. 112 added to the
    /// exponent makes a normal Half right; a subnormal one, m · 2⁻¹⁴, becomes a = (1 + m) · 2⁻¹⁵, and 2a − 2⁻¹⁴ is right: the
    /// smaller of the two, as for a normal one a is.
    /// </summary>
    private static Value UnpackPositive(ProgramBuilder b, Value half, string name)
    {
        b.Begin("Half to float: the bits moved into place, and 112 added to the exponent; the smaller is right, be it normal or subnormal");
        Value moved = b.Widen(name + "Moved", half, 13);
        Value normal = b.AsFloating(name + "Normal", b.Add(name + "Biased", moved, b.Integer("HalfBias", 112 << 23, Lane.Int32)));
        Value subnormal = b.MultiplyAdd(
            name + "Subnormal", normal, b.Constant("Two", 2, Lane.Single), b.Constant("MinusSmallestNormalHalf", -6.103515625e-5, Lane.Single));
        return b.Min(name, subnormal, normal);
    }

    /// <summary>What tells of ±∞ and NaN: without the sign, no bits are above theirs.</summary>
    public static Alarm Special(ProgramBuilder b, Value half, string name)
    {
        return new Alarm(AlarmKind.Above, b.Add(name + "Unsigned", half, half), 0xF7FF);
    }

    public static Value Pack(ProgramBuilder b, Value value)
    {
        if (value.Lane == Lane.Double)
        {
            value = RoundToOdd(b, value);
        }

        b.Begin("float to Half, to nearest even: the addition rounds to the Half's last place, be it normal or subnormal");
        Value bits = b.AsInteger("wideBits", value);
        Value sign = b.And("sign", bits, b.Integer("SignMask", int.MinValue, Lane.Int32));
        Value magnitude = b.AsFloating("magnitude", b.AndNot("magnitudeBits", bits, b.Integer("SignMask", int.MinValue, Lane.Int32)));

        // A number 2¹³ times the power of two of the magnitude, at least 2⁻¹, has its last place where the Half's is.
        Value exponent = b.And("wideExponent", b.AsInteger("magnitudeBits", magnitude), b.Integer("SingleExponent", 0x7F800000, Lane.Int32));
        Value least = b.Integer("LeastExponent", 113 << 23, Lane.Int32);
        Value floor = b.Select("floor", b.Less("under", exponent, least), least, exponent);
        Value anchor = b.AsFloating("anchor", b.Add("anchorBits", floor, b.Integer("ThirteenPlaces", 13 << 23, Lane.Int32)));
        Value rounded = b.Subtract("rounded", b.Add("anchored", magnitude, anchor), anchor);

        Value small = b.AsInteger("smallBits", b.Multiply("small", rounded, b.Constant("TwoToMinus112", 1.925929944387236e-34, Lane.Single)));
        Value placed = b.ShiftRight("placed", small, 13);
        Value infinity = b.Integer("HalfInfinity", 0x7C00, Lane.Int32);
        Value overflow = b.Less("overflow", b.Integer("LargestHalf", 0x477FEFFF, Lane.Int32), b.AsInteger("magnitudeBits", magnitude));
        placed = b.Select("placed", overflow, infinity, placed);
        Value nan = b.Less("notANumber", b.Integer("SingleExponent", 0x7F800000, Lane.Int32), b.AsInteger("magnitudeBits", magnitude));
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
