namespace KlDivGen.Conformance.Arithmetic;

/// <summary>The floating-point types of data and results, from the narrowest to the widest.</summary>
internal enum ElementType
{
    Half,
    Single,
    Double,
}

/// <summary>The precision and the range of a floating-point type. Values of all types are represented as doubles here.</summary>
internal sealed class FloatFormat
{
    public static readonly FloatFormat Half = new(ElementType.Half, 11, -14, (double)System.Half.MaxValue);
    public static readonly FloatFormat Single = new(ElementType.Single, 24, -126, float.MaxValue);
    public static readonly FloatFormat Double = new(ElementType.Double, 53, -1022, double.MaxValue);

    private readonly int minExponent;

    private FloatFormat(ElementType element, int precision, int minExponent, double max)
    {
        (this.ElementType, this.Precision, this.minExponent, this.Max) = (element, precision, minExponent, max);
        this.Epsilon = Math.ScaleB(1, minExponent - precision + 1);
        this.MinNormal = Math.ScaleB(1, minExponent);
    }

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
    public double DifferenceError => Math.ScaleB(1, -this.Precision - 2);

    public static FloatFormat Of(ElementType element) => element switch
    {
        ElementType.Half => Half,
        ElementType.Single => Single,
        _ => Double,
    };

    /// <summary>The unit in the last place: the distance between two neighbouring values.</summary>
    public double Ulp(double value) =>
        double.IsFinite(value) ? Math.ScaleB(1, Math.Max(value == 0 ? this.minExponent : Math.ILogB(value), this.minExponent) - this.Precision + 1)
            : double.PositiveInfinity;

    /// <summary>Rounds to the nearest value of the type, ties to even.</summary>
    public double Round(double value) => this.ElementType switch
    {
        ElementType.Half => (double)(System.Half)value,
        ElementType.Single => (float)value,
        _ => value,
    };
}
