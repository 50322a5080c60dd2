using KlDivGen.Conformance.Arithmetic;

namespace KlDivGen.Conformance.Oracle;

/// <summary>Results that are right besides the expected value, where the contract does not decide.</summary>
[Flags]
internal enum AllowedAlternatives
{
    None = 0,
    NaN = 1,
    Zero = 2,

    /// <summary>Infinity with the sign of the value: a part of a product or sum overflows although the whole does not.</summary>
    Infinity = 4,
}

/// <summary>The contract's value and error bound for one result, before it is rounded to the type that it is stored in.</summary>
/// <param name="Exact">The exact value, which may be infinite or NaN.</param>
/// <param name="Ulps">The relative part of the error bound, in units in the last place of the compute type.</param>
/// <param name="AbsoluteError">The absolute part of the error bound.</param>
/// <param name="Allowed">Other results that are right.</param>
internal readonly record struct Expected(
    ScaledValue Exact, double Ulps = 0, double AbsoluteError = 0, AllowedAlternatives Allowed = AllowedAlternatives.None)
{
    public static Expected NaN => new(double.NaN);

    public static Expected Zero => default;

    /// <summary>The exact value as a pair of doubles.</summary>
    public DoubleDouble Value => this.Exact.Value;

    /// <summary>
    /// Multiplies the value and the absolute error by an upstream gradient or the inverse of a divisor. If the value may overflow before,
    /// 0 times the value may be NaN.
    /// </summary>
    public Expected Times(DoubleDouble factor) => this with
    {
        Exact = this.Exact * factor,
        AbsoluteError = factor.Hi == 0 ? 0 : this.AbsoluteError * Math.Abs(factor.Hi),
        Allowed = this.Allowed | (factor.Hi == 0 && this.Allowed.HasFlag(AllowedAlternatives.Infinity) ? AllowedAlternatives.NaN : AllowedAlternatives.None),
    };

    /// <summary>Describes the error of a result, or returns <see langword="null"/> if the result is within the bound.</summary>
    /// <param name="actual">The result.</param>
    /// <param name="compute">The format computed in, whose units in the last place count.</param>
    /// <param name="storage">The format that the result is stored in.</param>
    public string? FindError(double actual, FloatFormat compute, FloatFormat storage)
    {
        double exact = this.Value.Hi;
        if ((this.Allowed.HasFlag(AllowedAlternatives.NaN) && double.IsNaN(actual))
            || (this.Allowed.HasFlag(AllowedAlternatives.Zero) && actual == 0)
            || (this.Allowed.HasFlag(AllowedAlternatives.Infinity) && double.IsInfinity(actual) && (actual > 0 == exact > 0 || exact == 0)))
        {
            return null;
        }

        if (double.IsNaN(exact) || double.IsInfinity(exact))
        {
            return exact.Equals(actual) || this.IsNearlyInfinite(actual, compute) ? null : $"is {actual:R}, not {exact:R}";
        }

        // The exact value is a pair of doubles. Where its low part is subnormal, it is itself rounded.
        double oracleError = Math.Abs(exact) < 1e-290 && compute == FloatFormat.Double ? 2 * compute.Epsilon : 0;
        double tolerance = (this.Ulps * compute.Ulp(exact)) + this.AbsoluteError + oracleError;
        if (double.IsInfinity(actual))
        {
            // The bound may be larger than the value, and allow either sign.
            double farthest = (actual > 0 ? exact : -exact) + tolerance;
            return farthest >= storage.Overflow ? null : $"is {actual:R}, not {exact:R}";
        }

        if (storage != compute)
        {
            // Every value within the bound, rounded to the storage format, is right.
            double low = storage.Round(exact - tolerance), high = storage.Round(exact + tolerance);
            return actual >= low && actual <= high ? null : this.Describe(actual, storage);
        }

        double error = DoubleDouble.Abs(actual - this.Value).Hi;
        return error <= tolerance ? null : this.Describe(actual, compute);
    }

    /// <summary>Whether a result is finite, and within the bound of an exact value that is slightly beyond the range of double.</summary>
    private bool IsNearlyInfinite(double actual, FloatFormat compute)
    {
        const int scale = -8;
        double exact = (this.Exact with { Exponent = this.Exact.Exponent + scale }).Value.Hi;
        return double.IsFinite(exact) && Math.Abs(Math.ScaleB(actual, scale) - exact) <= this.Ulps * compute.Ulp(exact);
    }

    private string Describe(double actual, FloatFormat format) =>
        $"is {actual:R}, not {this.Value.Hi:R}: {DoubleDouble.Abs(actual - this.Value).Hi / format.Ulp(this.Value.Hi):F2} ULP off, "
        + $"allowed {this.Ulps:R} ULP + {this.AbsoluteError:R}";
}
