using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Columns;

namespace KlDivGen.Conformance.Oracle;

/// <summary>
/// The contract's values, element by element: its table of special values, its accuracy, and exact arithmetic in between. The
/// check "oracle" holds this against 50-digit arithmetic and against PyTorch.
/// </summary>
/// <param name="dialect">Whose special values.</param>
/// <param name="format">The type computed in.</param>
internal readonly struct Elements(Dialect dialect, Format format)
{
    private const double Infinity = double.PositiveInfinity;

    /// <summary>The logarithm of a probability, or the exponential of a log-probability; NaN where neither is a finite number.</summary>
    public static DoubleDouble Transcendental(bool logTarget, double y) =>
        logTarget ? double.IsFinite(y) ? Elementary.Exp(y) : double.NaN
        : y > 0 && y < Infinity ? Elementary.Log(y) : double.NaN;

    /// <summary>The element's loss.</summary>
    public Expected Loss(bool logTarget, double x, double y, DoubleDouble t) =>
        logTarget ? this.LogProbability(x, y, t, 0, 4, Math.Abs((t * format.DifferenceError).Hi)) : this.Probability(x, y, t);

    /// <summary>∂loss/∂x.</summary>
    public Expected GradInput(bool logTarget, double y, DoubleDouble t)
    {
        if (double.IsNaN(y))
        {
            return Expected.NaN;
        }

        if (!logTarget)
        {
            return y < 0 && dialect == Dialect.Strict ? Expected.NaN
                : y <= 0 && dialect == Dialect.Paddle ? Expected.Zero
                : new(-y, 3);
        }

        return !double.IsFinite(y) ? new(y > 0 ? -Infinity : 0) : new(-t, 3, this.Unrounded(t), this.Overflows(t));
    }

    /// <summary>∂loss/∂y.</summary>
    public Expected GradTarget(bool logTarget, double x, double y, DoubleDouble t)
    {
        double magnitude = Math.Max(1, Math.Max(Math.Abs(logTarget ? y : t.Hi), Math.Abs(x)));
        double slack = 4 * format.DifferenceError * magnitude;
        if (logTarget)
        {
            return this.LogProbability(x, y, t, 1, 4, Math.Abs((t * slack).Hi));
        }

        if (double.IsNaN(y))
        {
            return Expected.NaN;
        }

        if (y <= 0)
        {
            return dialect == Dialect.Paddle ? Expected.Zero
                : dialect == Dialect.PyTorch || y < 0 ? Expected.NaN
                : new(-Infinity, Or: double.IsNaN(x) || x == -Infinity ? Or.NaN : Or.Nothing);
        }

        return y < Infinity && double.IsFinite(x) ? new(t + 1 - x, 4, slack) : this.Difference(x, y);
    }

    /// <summary>
    /// log y − x where one of them is not finite, for y > 0. PyTorch itself gives NaN for most x at y = ∞, of which the contract
    /// does not speak.
    /// </summary>
    private Expected Difference(double x, double y) =>
        double.IsNaN(x) ? Expected.NaN
        : x == Infinity ? new(-Infinity, Or: y == Infinity ? Or.NaN : Or.Nothing)
        : new(Infinity, Or: y == Infinity && dialect == Dialect.PyTorch ? Or.NaN : Or.Nothing);

    private Expected Probability(double x, double y, DoubleDouble t)
    {
        if (double.IsNaN(y))
        {
            return Expected.NaN;
        }

        if (y <= 0)
        {
            bool counts = dialect == Dialect.PyTorch ? y < 0 || !double.IsFinite(x) : y < 0 && dialect == Dialect.Strict;
            return counts ? Expected.NaN : Expected.Zero;
        }

        return y < Infinity && double.IsFinite(x) ? new((t - x) * y, 4, y * format.DifferenceError) : this.Difference(x, y);
    }

    /// <summary>exp(y) · (y − x + offset): the loss and, with an offset of 1, ∂/∂y.</summary>
    private Expected LogProbability(double x, double y, DoubleDouble t, double offset, double ulps, double slack)
    {
        if (y == -Infinity)
        {
            return dialect == Dialect.Strict ? Expected.Zero : Expected.NaN;
        }

        if (double.IsNaN(y) || double.IsNaN(x))
        {
            return Expected.NaN;
        }

        if (y == Infinity)
        {
            // ∞ equals ∞ bit for bit, so 0 is as right as IEEE's ∞ − ∞.
            return x == Infinity ? new(double.NaN, Or: Or.Zero | Or.NaN) : new(Infinity);
        }

        if (double.IsInfinity(x))
        {
            return new(-x, Or: t.Hi < 4 * format.Epsilon ? Or.NaN | Or.Zero : Or.Nothing);
        }

        if (x == y && offset == 0)
        {
            return Expected.Zero;
        }

        if (double.IsInfinity(format.Round(y - x)))
        {
            // Two finite values of which the difference is none: 0 · ∞ and ∞ · ∞ are all that the type can say.
            return new(y, Or: Or.NaN | Or.Zero | Or.Infinity);
        }

        var d = y - (DoubleDouble)x + offset;
        double lost = this.Unrounded(t) * Math.Abs(d.Hi);
        var value = t.Hi == 0 ? 0 : t * d;

        // A gradient that leaves the range before it is multiplied by a small upstream gradient is infinite all the same.
        var open = this.Overflows(t) | this.Overflows(value);
        return new(value, ulps, slack + lost, open | (d.Hi == 0 && open != Or.Nothing ? Or.NaN : Or.Nothing));
    }

    /// <summary>What two units in the last place of a subnormal exponential are; above the subnormals the relative bound covers it.</summary>
    private double Unrounded(DoubleDouble t) => t.Hi < format.MinNormal ? 2.5 * format.Epsilon : 0;

    private Or Overflows(DoubleDouble t) => Math.Abs(t.Hi) >= format.Max * (1 - Math.ScaleB(1, 2 - format.Precision)) ? Or.Infinity : Or.Nothing;
}
