using KlDivGen.Conformance.Arithmetic;

namespace KlDivGen.Conformance.Oracle;

/// <summary>What may be given instead of the value, where the contract leaves it open.</summary>
[Flags]
internal enum Or
{
    Nothing = 0,
    NaN = 1,
    Zero = 2,

    /// <summary>Infinity of the value's sign: an exponential left the type's range on the way to a value inside it.</summary>
    Infinity = 4,
}

/// <summary>What the contract says of one result, before it is rounded to the type it is given in.</summary>
/// <param name="Value">The exact value, which may be infinite or NaN.</param>
/// <param name="Ulps">How far from it a result may be, in units in the last place of the computation's type.</param>
/// <param name="Slack">How much further than that.</param>
/// <param name="Or">What else is right.</param>
internal readonly record struct Expected(DoubleDouble Value, double Ulps = 0, double Slack = 0, Or Or = Or.Nothing)
{
    public static Expected NaN => new(double.NaN);

    public static Expected Zero => default;

    /// <summary>Whether a sum with this in it is certain: one value is right, or only the overflow of a value beyond the type.</summary>
    public bool AddsUp(Format format) => this.Or == Or.Nothing || (this.Or == Or.Infinity && Math.Abs(this.Value.Hi) >= format.Max);

    /// <summary>The same, multiplied by an upstream gradient over a divisor; the slack grows with it.</summary>
    public Expected Times(DoubleDouble factor) =>
        this with { Value = this.Value * factor, Slack = this.Slack * Math.Abs(factor.Hi) };

    /// <summary>Whether a result, widened, is right; otherwise what is wrong with it.</summary>
    /// <param name="actual">The result.</param>
    /// <param name="computed">The type computed in, whose units count.</param>
    /// <param name="stored">The type the result was given in.</param>
    public string? Explain(double actual, Format computed, Format stored)
    {
        double exact = this.Value.Hi;
        if ((this.Or.HasFlag(Or.NaN) && double.IsNaN(actual))
            || (this.Or.HasFlag(Or.Zero) && actual == 0)
            || (this.Or.HasFlag(Or.Infinity) && double.IsInfinity(actual) && (actual > 0 == exact > 0 || exact == 0)))
        {
            return null;
        }

        if (double.IsNaN(exact) || double.IsInfinity(exact))
        {
            return exact.Equals(actual) ? null : $"is {actual:R}, not {exact:R}";
        }

        // The doubles that the exact value itself is kept in have no bits to spare among the least of them.
        double spare = Math.Abs(exact) < 1e-290 && computed == Format.Double ? 2 * computed.Epsilon : 0;
        double tolerance = (this.Ulps * computed.Ulp(exact)) + this.Slack + spare;
        if (double.IsInfinity(actual))
        {
            bool overflows = Math.Abs(exact) + tolerance >= stored.Overflow;
            return overflows && actual > 0 == exact > 0 ? null : $"is {actual:R}, not {exact:R}";
        }

        if (stored != computed)
        {
            // Anything that the bound allows, rounded once more.
            double low = stored.Round(exact - tolerance), high = stored.Round(exact + tolerance);
            return actual >= low && actual <= high ? null : this.Describe(actual, stored);
        }

        double error = DoubleDouble.Abs(actual - this.Value).Hi;
        return error <= tolerance ? null : this.Describe(actual, computed);
    }

    private string Describe(double actual, Format format) =>
        $"is {actual:R}, not {this.Value.Hi:R}: {DoubleDouble.Abs(actual - this.Value).Hi / format.Ulp(this.Value.Hi):F2} ULP off, "
        + $"allowed {this.Ulps:R} ULP + {this.Slack:R}";
}
