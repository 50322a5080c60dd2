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
    public static ScaledValue Transcendental(bool logTarget, double y) =>
        logTarget ? double.IsFinite(y) ? Elementary.ScaledExp(y) : double.NaN
        : y > 0 && y < Infinity ? Elementary.Log(y) : double.NaN;

    /// <summary>The loss of the element.</summary>
    /// <param name="logTarget">Whether y is a log-probability.</param>
    /// <param name="x">The input.</param>
    /// <param name="y">The target.</param>
    /// <param name="t">The result of <see cref="Transcendental"/>.</param>
    public Expected Loss(bool logTarget, double x, double y, ScaledValue t) =>
        logTarget ? this.LogTargetValue(x, y, t, 0, format.DifferenceError) : this.ProbabilityLoss(x, y, t);

    /// <summary>The derivative of the loss with respect to x.</summary>
    /// <param name="logTarget">Whether y is a log-probability.</param>
    /// <param name="y">The target.</param>
    /// <param name="t">The result of <see cref="Transcendental"/>.</param>
    public Expected GradInput(bool logTarget, double y, ScaledValue t)
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

        return !double.IsFinite(y) ? new(y > 0 ? -Infinity : 0) : new(-t, 3, Allowed: this.AllowOverflow(t) | this.AllowUnderflow(t));
    }

    /// <summary>The derivative of the loss with respect to y.</summary>
    /// <param name="logTarget">Whether y is a log-probability.</param>
    /// <param name="x">The input.</param>
    /// <param name="y">The target.</param>
    /// <param name="t">The result of <see cref="Transcendental"/>.</param>
    public Expected GradTarget(bool logTarget, double x, double y, ScaledValue t)
    {
        // The difference is rounded before 1 is added to it, which may cancel.
        double log = logTarget ? y : t.Value.Hi;
        double differenceError = (format.Ulp(log - x) / 2) + (logTarget ? 0 : format.Ulp(log) + format.DifferenceError);
        if (logTarget)
        {
            return this.LogTargetValue(x, y, t, 1, differenceError);
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

        return y < Infinity && double.IsFinite(x) ? new(t.Value + 1 - x, 4, differenceError) : this.NonFiniteDifference(x, y);
    }

    /// <summary>
    /// log y − x for y &gt; 0 where one of them is not finite. PyTorch gives NaN for most x at y = ∞, for which the contract has no rule.
    /// </summary>
    private Expected NonFiniteDifference(double x, double y) =>
        double.IsNaN(x) ? Expected.NaN
        : x == Infinity ? new(-Infinity, Allowed: y == Infinity ? AllowedAlternatives.NaN : AllowedAlternatives.None)
        : new(Infinity, Allowed: y == Infinity && dialect == Dialect.PyTorch ? AllowedAlternatives.NaN : AllowedAlternatives.None);

    private Expected ProbabilityLoss(double x, double y, ScaledValue t)
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

        return y < Infinity && double.IsFinite(x) ? new((ScaledValue)(t.Value - x) * y, 4, y * format.DifferenceError) : this.NonFiniteDifference(x, y);
    }

    /// <summary>exp(y) · (y − x + offset): the loss with an offset of 0, and its derivative with respect to y with an offset of 1.</summary>
    /// <param name="x">The input.</param>
    /// <param name="y">The target.</param>
    /// <param name="t">exp(y).</param>
    /// <param name="offset">0 or 1.</param>
    /// <param name="differenceError">The absolute error of the second factor.</param>
    private Expected LogTargetValue(double x, double y, ScaledValue t, double offset, double differenceError)
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
            // A library multiplies ∞ by an exponential that has become 0.
            bool isEmpty = dialect != Dialect.Strict && t.Value.Hi < 4 * format.Epsilon;
            return new(-x, Allowed: isEmpty ? AllowedAlternatives.NaN | AllowedAlternatives.Zero : AllowedAlternatives.None);
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

        // The exponential may overflow or underflow although the product does not: only the product is rounded.
        double distance = Math.Abs(y - x + offset);
        ScaledValue value = t * Difference(y, x, offset);
        double error = (t * differenceError).Value.Hi;
        if (offset == 0)
        {
            return new(value, 4, error + this.ClampingError(t, distance));
        }

        AllowedAlternatives allowed = this.AllowOverflow(t) | this.AllowOverflow(value) | this.AllowUnderflow(t);
        return new(
            value,
            4,
            error,
            allowed | (distance == 0 && allowed.HasFlag(AllowedAlternatives.Infinity) ? AllowedAlternatives.NaN : AllowedAlternatives.None));
    }

    /// <summary>y − x + offset, which does not overflow.</summary>
    private static ScaledValue Difference(double y, double x, double offset)
    {
        const int scale = 8;
        return Math.Abs(y) < 1e300 && Math.Abs(x) < 1e300
            ? (ScaledValue)(y - (DoubleDouble)x + offset)
            : new(Math.ScaleB(y, -scale) - (DoubleDouble)Math.ScaleB(x, -scale) + Math.ScaleB(offset, -scale), scale);
    }

    public bool IsClamped(ScaledValue t) => t.Exponent < 4 + (2 * Math.ILogB(format.MinNormal));

    /// <summary>
    /// Exponentials near the square of the smallest normal number and below may count as that square. The difference is visible only where
    /// it is multiplied by an x near the end of the range.
    /// </summary>
    public double ClampingError(ScaledValue t, double distance) =>
        this.IsClamped(t) ? 8 * format.MinNormal * (format.MinNormal * distance) : 0;

    /// <summary>The alternative to a derivative with a tiny exponential: 0 where the exponential is clamped to 0.</summary>
    public AllowedAlternatives AllowUnderflow(ScaledValue t) => this.IsClamped(t) ? AllowedAlternatives.Zero : AllowedAlternatives.None;

    /// <summary>A derivative may overflow before it is multiplied by a small upstream gradient.</summary>
    public AllowedAlternatives AllowOverflow(ScaledValue value) =>
        Math.Abs(value.Value.Hi) >= format.Max * (1 - Math.ScaleB(1, 2 - format.Precision))
            ? AllowedAlternatives.Infinity
            : AllowedAlternatives.None;
}
