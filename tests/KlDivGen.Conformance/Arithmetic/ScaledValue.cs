namespace KlDivGen.Conformance.Arithmetic;

/// <summary>A number times a power of two, which may be beyond the range of double.</summary>
internal readonly record struct ScaledValue(DoubleDouble Significand, int Exponent)
{
    /// <summary>The value as a pair of doubles; 0 or ∞ beyond their range.</summary>
    public DoubleDouble Value => this.Exponent == 0 ? this.Significand : DoubleDouble.Scale(this.Significand, this.Exponent);

    /// <summary>Whether the value is a number, although possibly one beyond the range of double.</summary>
    public bool IsFinite => double.IsFinite(this.Significand.Hi);

    public static implicit operator ScaledValue(double value) => new(value, 0);

    public static implicit operator ScaledValue(DoubleDouble value) => new(value, 0);

    public static ScaledValue operator -(ScaledValue a) => a with { Significand = -a.Significand };

    public static ScaledValue operator *(ScaledValue a, ScaledValue b)
    {
        (ScaledValue x, ScaledValue y) = (a.Normalize(), b.Normalize());
        return new(x.Significand * y.Significand, x.Exponent + y.Exponent);
    }

    public static ScaledValue operator /(ScaledValue a, ScaledValue b)
    {
        (ScaledValue x, ScaledValue y) = (a.Normalize(), b.Normalize());
        return new(x.Significand / y.Significand, x.Exponent - y.Exponent);
    }

    private ScaledValue Normalize()
    {
        if (this.Significand.Hi == 0 || !this.IsFinite)
        {
            return this;
        }

        int exponent = PowersOfTwo.ExponentOf(this.Significand.Hi);
        return new(DoubleDouble.Scale(this.Significand, -exponent), this.Exponent + exponent);
    }
}
