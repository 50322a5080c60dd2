using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Cases;

namespace KlDivGen.Conformance.Oracle;

/// <summary>
/// The contract's values for one element: its table of special values, its error bounds, and exact arithmetic for all other values. The
/// check <c>oracle</c> compares this class with 50-digit arithmetic and with PyTorch.
/// </summary>
/// <param name="dialect">The rules for special values.</param>
/// <param name="format">The format computed in.</param>
internal readonly struct ElementOracle(Dialect dialect, FloatFormat format)
{
    private const double Infinity = double.PositiveInfinity;

    /// <summary>The logarithm of a probability, or the exponential of a log-probability; NaN where it is not finite.</summary>
    public static DoubleDouble Transcendental(bool logTarget, double y) =>
        logTarget ? double.IsFinite(y) ? Elementary.Exp(y) : double.NaN
        : y > 0 && y < Infinity ? Elementary.Log(y) : double.NaN;

    /// <summary>The loss of the element.</summary>
    /// <param name="logTarget">Whether y is a log-probability.</param>
    /// <param name="x">The input.</param>
    /// <param name="y">The target.</param>
    /// <param name="t">The result of <see cref="Transcendental"/>.</param>
    public Expected Loss(bool logTarget, double x, double y, DoubleDouble t) =>
        logTarget ? this.LogTargetValue(x, y, t, 0, Math.Abs((t * format.DifferenceError).Hi)) : this.ProbabilityLoss(x, y, t);

    /// <summary>The derivative of the loss with respect to x.</summary>
    /// <param name="logTarget">Whether y is a log-probability.</param>
    /// <param name="y">The target.</param>
    /// <param name="t">The result of <see cref="Transcendental"/>.</param>
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

        return !double.IsFinite(y) ? new(y > 0 ? -Infinity : 0) : new(-t, 3, this.SubnormalError(t), this.AllowOverflow(t));
    }

    /// <summary>The derivative of the loss with respect to y.</summary>
    /// <param name="logTarget">Whether y is a log-probability.</param>
    /// <param name="x">The input.</param>
    /// <param name="y">The target.</param>
    /// <param name="t">The result of <see cref="Transcendental"/>.</param>
    public Expected GradTarget(bool logTarget, double x, double y, DoubleDouble t)
    {
        double magnitude = Math.Max(1, Math.Max(Math.Abs(logTarget ? y : t.Hi), Math.Abs(x)));
        double absoluteError = 4 * format.DifferenceError * magnitude;
        if (logTarget)
        {
            return this.LogTargetValue(x, y, t, 1, Math.Abs((t * absoluteError).Hi));
        }

        if (double.IsNaN(y))
        {
            return Expected.NaN;
        }

        if (y <= 0)
        {
            return dialect == Dialect.Paddle ? Expected.Zero
                : dialect == Dialect.PyTorch || y < 0 ? Expected.NaN
                : new(-Infinity, Allowed: double.IsNaN(x) || x == -Infinity ? AllowedAlternatives.NaN : AllowedAlternatives.None);
        }

        return y < Infinity && double.IsFinite(x) ? new(t + 1 - x, 4, absoluteError) : this.NonFiniteDifference(x, y);
    }

    /// <summary>
    /// log y − x for y &gt; 0 where one of them is not finite. PyTorch gives NaN for most x at y = ∞, for which the contract has no rule.
    /// </summary>
    private Expected NonFiniteDifference(double x, double y) =>
        double.IsNaN(x) ? Expected.NaN
        : x == Infinity ? new(-Infinity, Allowed: y == Infinity ? AllowedAlternatives.NaN : AllowedAlternatives.None)
        : new(Infinity, Allowed: y == Infinity && dialect == Dialect.PyTorch ? AllowedAlternatives.NaN : AllowedAlternatives.None);

    private Expected ProbabilityLoss(double x, double y, DoubleDouble t)
    {
        if (double.IsNaN(y))
        {
            return Expected.NaN;
        }

        if (y <= 0)
        {
            bool isNaN = dialect == Dialect.PyTorch ? y < 0 || !double.IsFinite(x) : y < 0 && dialect == Dialect.Strict;
            return isNaN ? Expected.NaN : Expected.Zero;
        }

        return y < Infinity && double.IsFinite(x) ? new((t - x) * y, 4, y * format.DifferenceError) : this.NonFiniteDifference(x, y);
    }

    /// <summary>exp(y) · (y − x + offset): the loss with an offset of 0, and its derivative with respect to y with an offset of 1.</summary>
    private Expected LogTargetValue(double x, double y, DoubleDouble t, double offset, double absoluteError)
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
            // x equals y bit for bit, so 0 is as right as IEEE 754's ∞ − ∞.
            return x == Infinity ? new(double.NaN, Allowed: AllowedAlternatives.Zero | AllowedAlternatives.NaN) : new(Infinity);
        }

        if (double.IsInfinity(x))
        {
            return new(-x, Allowed: t.Hi < 4 * format.Epsilon ? AllowedAlternatives.NaN | AllowedAlternatives.Zero : AllowedAlternatives.None);
        }

        if (x == y && offset == 0)
        {
            return Expected.Zero;
        }

        if (double.IsInfinity(format.Round(y - x)))
        {
            // The difference of two finite values overflows: 0 · ∞ and ∞ · ∞ are possible.
            return new(y, Allowed: AllowedAlternatives.NaN | AllowedAlternatives.Zero | AllowedAlternatives.Infinity);
        }

        DoubleDouble d = y - (DoubleDouble)x + offset, value = t.Hi == 0 ? 0 : t * d;
        double subnormalError = this.SubnormalError(t) * Math.Abs(d.Hi);

        // A gradient may overflow before it is multiplied by a small upstream gradient.
        AllowedAlternatives allowed = this.AllowOverflow(t) | this.AllowOverflow(value);
        return new(
            value,
            4,
            absoluteError + subnormalError,
            allowed | (d.Hi == 0 && allowed != AllowedAlternatives.None ? AllowedAlternatives.NaN : AllowedAlternatives.None));
    }

    /// <summary>Two units in the last place of a subnormal exponential. For normal ones, the relative bound includes them.</summary>
    private double SubnormalError(DoubleDouble t) => t.Hi < format.MinNormal ? 2.5 * format.Epsilon : 0;

    private AllowedAlternatives AllowOverflow(DoubleDouble t) =>
        Math.Abs(t.Hi) >= format.Max * (1 - Math.ScaleB(1, 2 - format.Precision)) ? AllowedAlternatives.Infinity : AllowedAlternatives.None;
}
