namespace KlDivGen.Conformance.Arithmetic;

/// <summary>The precision and the range of a floating-point type. Values of all types are represented as doubles here.</summary>
internal sealed class FloatFormat
{
    public static readonly FloatFormat Half = new(ElementType.Half, 11, -14);
    public static readonly FloatFormat BFloat16 = new(ElementType.BFloat16, 8, -126);
    public static readonly FloatFormat Single = new(ElementType.Single, 24, -126);
    public static readonly FloatFormat Double = new(ElementType.Double, 53, -1022);

    private readonly int minExponent;

    private FloatFormat(ElementType element, int precision, int minExponent)
    {
        (this.ElementType, this.Precision, this.minExponent) = (element, precision, minExponent);
        this.Max = Math.ScaleB(2 - Math.ScaleB(1, 1 - precision), 1 - minExponent);
        this.Epsilon = Math.ScaleB(1, minExponent - precision + 1);
        this.MinNormal = Math.ScaleB(1, minExponent);
    }

    /// <summary>The type of .NET that has this format.</summary>
    public ElementType ElementType { get; }

    /// <summary>The number of bits of the significand, including the hidden bit.</summary>
    public int Precision { get; }

    public double Max { get; }

    /// <summary>The smallest positive value, which is subnormal.</summary>
    public double Epsilon { get; }

    public double MinNormal { get; }

    /// <summary>The smallest value that rounds to infinity. That of double is not representable as a double, and is infinity.</summary>
    public double Overflow => this.Max + Math.ScaleB(this.Ulp(this.Max), -1);

    /// <summary>The contract's 2⁻²⁶ for float: the error of log y − x that remains where the difference cancels.</summary>
    public double DifferenceError => PowersOfTwo.Scale(1, -this.Precision - 2);

    /// <summary>Whether a value has 16 bits. Kernels compute in float with such values.</summary>
    public bool HasSixteenBits => this.Precision <= Half.Precision;

    public static FloatFormat Of(ElementType element) => element switch
    {
        ElementType.Half or ElementType.OnnxFloat16 => Half,
        ElementType.BFloat16 or ElementType.OnnxBFloat16 or ElementType.TorchSharpBFloat16 => BFloat16,
        ElementType.Single => Single,
        _ => Double,
    };

    /// <summary>Whether this format has every value of another.</summary>
    public bool Holds(FloatFormat other) => this.Precision >= other.Precision && this.Epsilon <= other.Epsilon;

    /// <summary>The unit in the last place: the distance between two neighbouring values.</summary>
    public double Ulp(double value) =>
        double.IsFinite(value) ? PowersOfTwo.Scale(1, Math.Max(value == 0 ? this.minExponent : PowersOfTwo.ExponentOf(value), this.minExponent) - this.Precision + 1)
            : double.PositiveInfinity;

    /// <summary>The value of some bits of a 16-bit format.</summary>
    public double FromBits(ushort bits) =>
        this == Half ? (double)BitConverter.UInt16BitsToHalf(bits) : BitConverter.UInt32BitsToSingle((uint)bits << 16);

    /// <summary>Rounds to the nearest value of the type, ties to even.</summary>
    public double Round(double value) => this.ElementType switch
    {
        ElementType.Half => (double)(System.Half)value,
        ElementType.Single => (float)value,
        ElementType.Double => value,
        _ => this.RoundInUnits(value),
    };

    /// <summary>Rounds for a type that this .NET does not have. Scaling by a power of two is exact, unless nothing of the value remains.</summary>
    private double RoundInUnits(double value)
    {
        double unit = this.Ulp(value), rounded = double.IsFinite(value) ? Math.Round(value / unit, MidpointRounding.ToEven) * unit : value;
        return Math.Abs(rounded) > this.Max ? double.CopySign(double.PositiveInfinity, value) : rounded;
    }
}
