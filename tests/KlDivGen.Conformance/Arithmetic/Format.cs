namespace KlDivGen.Conformance.Arithmetic;

/// <summary>A floating-point type that data or results are stored in, from the narrowest to the widest.</summary>
internal enum Element
{
    Half,
    Single,
    Double,
}

/// <summary>What is to be known of a floating-point type in order to judge its values, which are themselves kept as doubles.</summary>
internal sealed class Format
{
    public static readonly Format Half = new(Element.Half, 11, -14, (double)System.Half.MaxValue);
    public static readonly Format Single = new(Element.Single, 24, -126, float.MaxValue);
    public static readonly Format Double = new(Element.Double, 53, -1022, double.MaxValue);

    private readonly int minExponent;

    private Format(Element element, int precision, int minExponent, double max)
    {
        (this.Element, this.Precision, this.minExponent, this.Max) = (element, precision, minExponent, max);
        this.Epsilon = Math.ScaleB(1, minExponent - precision + 1);
        this.MinNormal = Math.ScaleB(1, minExponent);
    }

    public Element Element { get; }

    /// <summary>The bits of a significand, with the hidden one.</summary>
    public int Precision { get; }

    public double Max { get; }

    /// <summary>The least positive value, a subnormal.</summary>
    public double Epsilon { get; }

    public double MinNormal { get; }

    /// <summary>From here on a value rounds to infinity. The double's own is infinity: one cannot tell there.</summary>
    public double Overflow => this.Max + Math.ScaleB(this.Ulp(this.Max), -1);

    /// <summary>The contract's 2⁻²⁶ of float32: an additive error, relative to the operands of a difference.</summary>
    public double DifferenceError => Math.ScaleB(1, -this.Precision - 2);

    public static Format Of(Element element) => element switch
    {
        Element.Half => Half,
        Element.Single => Single,
        _ => Double,
    };

    /// <summary>The distance between neighbours at a value.</summary>
    public double Ulp(double value) =>
        double.IsFinite(value) ? Math.ScaleB(1, Math.Max(value == 0 ? this.minExponent : Math.ILogB(value), this.minExponent) - this.Precision + 1)
            : double.PositiveInfinity;

    /// <summary>The nearest value of the type, ties to even.</summary>
    public double Round(double value) => this.Element switch
    {
        Element.Half => (double)(System.Half)value,
        Element.Single => (float)value,
        _ => value,
    };
}
