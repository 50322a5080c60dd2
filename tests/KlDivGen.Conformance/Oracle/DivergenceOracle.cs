using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Cases;

namespace KlDivGen.Conformance.Oracle;

/// <summary>
/// The contract's values for one element of any divergence, with their error bounds. The forward one is <see cref="ElementOracle"/>'s, and so
/// is the reverse one of two log-probabilities, with the operands exchanged.
/// </summary>
/// <param name="divergence">The divergence.</param>
/// <param name="logTarget">Whether the target y holds log-probabilities.</param>
/// <param name="dialect">The rules for special values of the forward divergence. The others have those of the dialect "strict".</param>
/// <param name="format">The format computed in.</param>
internal readonly struct DivergenceOracle(Divergence divergence, bool logTarget, Dialect dialect, FloatFormat format)
{
    /// <summary>The error of a reverse loss and its gradients for a target of probabilities: of exponential, logarithm and product.</summary>
    private const double ReverseUlps = 6;

    /// <summary>The error of the gradients of a Jensen-Shannon loss.</summary>
    private const double MixtureUlps = 12;

    /// <summary>The distance of two logarithms below which their exponentials are expanded.</summary>
    private const double Near = 0.25;

    private const double Infinity = double.PositiveInfinity;

    private static readonly DoubleDouble Beta = Settings.Beta;

    /// <summary>1 − β, which is no double.</summary>
    private static readonly DoubleDouble OneMinusBeta = 1 - Beta;

    private readonly ElementOracle elements = new(divergence == Divergence.Forward ? dialect : Dialect.Strict, format);

    /// <summary>Creates the oracle of a method.</summary>
    public static DivergenceOracle For(Settings settings) =>
        new(settings.Divergence, settings.LogTarget, settings.Dialect, settings.ComputeFormat);

    /// <summary>The loss of the element.</summary>
    /// <param name="x">The input.</param>
    /// <param name="y">The target.</param>
    /// <param name="t">The result of <see cref="ElementOracle.Transcendental"/> for the target.</param>
    public Expected Loss(double x, double y, ScaledValue t) => divergence switch
    {
        Divergence.Forward => this.elements.Loss(logTarget, x, y, t),
        Divergence.Reverse when logTarget => this.elements.Loss(true, y, x, ElementOracle.Transcendental(true, x)),
        Divergence.Reverse => this.ReverseValue(x, y, t, offset: 0),
        _ => this.MixtureLoss(x, y, t),
    };

    /// <summary>The derivative of the loss with respect to x.</summary>
    /// <param name="x">The input.</param>
    /// <param name="y">The target.</param>
    /// <param name="t">The result of <see cref="ElementOracle.Transcendental"/> for the target.</param>
    public Expected GradInput(double x, double y, ScaledValue t) => divergence switch
    {
        Divergence.Forward => this.elements.GradInput(logTarget, y, t),
        Divergence.Reverse when logTarget => this.elements.GradTarget(true, y, x, ElementOracle.Transcendental(true, x)),
        Divergence.Reverse => this.ReverseValue(x, y, t, offset: 1),
        _ => this.MixtureGradInput(x, y, t),
    };

    /// <summary>The derivative of the loss with respect to y.</summary>
    /// <param name="x">The input.</param>
    /// <param name="y">The target.</param>
    /// <param name="t">The result of <see cref="ElementOracle.Transcendental"/> for the target.</param>
    public Expected GradTarget(double x, double y, ScaledValue t) => divergence switch
    {
        Divergence.Forward => this.elements.GradTarget(logTarget, x, y, t),
        Divergence.Reverse when logTarget => this.elements.GradInput(true, x, ElementOracle.Transcendental(true, x)),
        Divergence.Reverse => this.ReverseGradTarget(x, y),
        _ => this.MixtureGradTarget(x, y, t),
    };

    /// <summary>The probability that a reduction's error bound counts; 0 where the loss does not depend on it.</summary>
    /// <param name="x">The input.</param>
    /// <param name="y">The target.</param>
    /// <param name="t">The result of <see cref="ElementOracle.Transcendental"/> for the target.</param>
    public double Probability(double x, double y, ScaledValue t)
    {
        double p = Weight(logTarget, y, t);
        if (divergence == Divergence.Forward)
        {
            return p;
        }

        double q = Weight(true, x, ElementOracle.Transcendental(true, x));
        return divergence == Divergence.Reverse ? q : Settings.Beta * (1 - Settings.Beta) * Math.Abs(p - q);
    }

    /// <summary>
    /// The error bound of a sum before the division, which is relative to the losses and to the probabilities that they depend on: for float,
    /// 2⁻²² · Σ|loss| + 2⁻²⁶ · Σ probability, and twice the first term for the reverse loss of probabilities, which has more roundings. The
    /// errors of Jensen-Shannon losses count one by one.
    /// </summary>
    /// <param name="losses">The sum of the absolute losses.</param>
    /// <param name="probabilities">The sum of the results of <see cref="Probability"/>.</param>
    public double ReductionError(double losses, double probabilities)
    {
        int roundings = divergence == Divergence.Reverse && !logTarget ? 1 : 0;
        return Math.ScaleB(losses, roundings + 2 - format.Precision) + (probabilities * format.DifferenceError);
    }

    private static double Weight(bool isLogarithm, double value, ScaledValue t) =>
        isLogarithm ? double.IsFinite(t.Value.Hi) ? t.Value.Hi : 0 : value > 0 && double.IsFinite(value) ? value : 0;

    /// <summary>q · (x − log y + offset), q = exp(x): the loss with an offset of 0, and its derivative with respect to x with an offset of 1.</summary>
    private Expected ReverseValue(double x, double y, ScaledValue t, double offset)
    {
        if (x == -Infinity)
        {
            return Expected.Zero;
        }

        if (double.IsNaN(x) || double.IsNaN(y) || y < 0 || (x == Infinity && y == Infinity))
        {
            return Expected.NaN;
        }

        ScaledValue q = ElementOracle.Transcendental(true, x);
        if (y == 0 || x == Infinity)
        {
            return new(Infinity);
        }

        if (y == Infinity)
        {
            return new(-Infinity, Allowed: q.Value.Hi < 4 * format.Epsilon ? AllowedAlternatives.NaN | AllowedAlternatives.Zero : AllowedAlternatives.None);
        }

        DoubleDouble factor = x - t.Value + offset;
        ScaledValue value = q * factor;
        double distance = Math.Abs(factor.Hi);
        if (offset == 0)
        {
            return new(value, ReverseUlps, (q * format.DifferenceError).Value.Hi + this.elements.ClampingError(q, distance));
        }

        // The difference is rounded before 1 is added to it, which may cancel. An upstream gradient multiplies this error, however small it is.
        double differenceError = (3 * format.Ulp(x - t.Value.Hi)) + format.DifferenceError;
        return new(
            value,
            ReverseUlps,
            (q * differenceError).Value.Hi + double.Epsilon,
            this.elements.AllowOverflow(q) | this.elements.AllowOverflow(value) | this.elements.AllowUnderflow(q));
    }

    private Expected ReverseGradTarget(double x, double y)
    {
        if (x == -Infinity)
        {
            return Expected.Zero;
        }

        if (double.IsNaN(x) || double.IsNaN(y) || y < 0 || (x == Infinity && y == Infinity))
        {
            return Expected.NaN;
        }

        if (y == 0 || x == Infinity)
        {
            return new(-Infinity);
        }

        if (y == Infinity)
        {
            return Expected.Zero with { Allowed = Math.Exp(x) >= format.Max ? AllowedAlternatives.NaN : AllowedAlternatives.None };
        }

        ScaledValue q = ElementOracle.Transcendental(true, x), value = -(q / y);
        return new(value, 4, 2 * format.Epsilon, this.elements.AllowOverflow(q) | this.elements.AllowOverflow(value) | this.elements.AllowUnderflow(q));
    }

    private Expected MixtureLoss(double x, double y, ScaledValue t)
    {
        if (this.FindMixture(x, y, t) is not { } mixture)
        {
            return Expected.NaN;
        }

        ScaledValue p = mixture.P, q = mixture.Q;
        if (p.Significand.Hi == 0 || q.Significand.Hi == 0)
        {
            ScaledValue alone = p.Significand.Hi == 0 ? q * (OneMinusBeta * -Expansion.Log(OneMinusBeta)) : p * (Beta * -Expansion.Log(Beta));
            return new(alone, MixtureUlps, Allowed: this.elements.AllowOverflow(alone));
        }

        DoubleDouble d = mixture.D, change = Changes(d.Hi >= 0 ? d : -d).Change;
        ScaledValue larger = d.Hi >= 0 ? p : q;
        DoubleDouble relative = RelativeMixture(d);
        double difference = Math.Abs((larger * change).Value.Hi) + (larger.Value.Hi * format.DifferenceError);
        double error = logTarget ? 0 : (Beta * OneMinusBeta).Hi * difference * format.DifferenceError;
        double clamping = this.elements.ClampingError(q, Math.Abs(d.Hi)) + (logTarget ? this.elements.ClampingError(p, Math.Abs(d.Hi)) : 0);

        ScaledValue value = larger * relative;
        double relativeError = Math.Abs(value.Value.Hi) * Math.ScaleB(1, 5 - format.Precision);

        // One of the two terms may overflow, although the loss does not, or infinities cancel.
        return (larger * (1 + Math.Abs(d.Hi))).Value.Hi >= format.Max || double.IsInfinity(format.Round(d.Hi))
            ? new(0, 1, Infinity, AllowedAlternatives.NaN | AllowedAlternatives.Infinity | AllowedAlternatives.Zero)
            : new(value, 2, error + relativeError + clamping);
    }

    /// <summary>The loss relative to the larger of p and q: nothing overflows, and near each other nothing cancels.</summary>
    /// <param name="d">log(p/q).</param>
    public static DoubleDouble RelativeMixture(DoubleDouble d)
    {
        (DoubleDouble weight, DoubleDouble weightOfOther) = d.Hi >= 0 ? (Beta, OneMinusBeta) : (OneMinusBeta, Beta);
        d = d.Hi >= 0 ? d : -d;
        (DoubleDouble change, DoubleDouble inverseChange) = Changes(d);
        (DoubleDouble log, DoubleDouble excess) = Expansion.LogOnePlus(weightOfOther * change);
        DoubleDouble ratio = 1 + change;
        return Math.Abs(d.Hi) < Near
            ? (weight * excess) + (weightOfOther * ratio * Expansion.LogOnePlus(weight * inverseChange).Excess)
            : -((weight * log) + (weightOfOther * (ratio.Hi == 0 ? 0 : ratio * (log + d))));
    }

    /// <summary>log(m/p) and log(m/q).</summary>
    /// <param name="d">log(p/q).</param>
    public static (DoubleDouble First, DoubleDouble Second) LogMixture(DoubleDouble d) =>
        (LogMixtureOver(OneMinusBeta, Beta, d), LogMixtureOver(Beta, OneMinusBeta, -d));

    private Expected MixtureGradInput(double x, double y, ScaledValue t)
    {
        if (x == -Infinity)
        {
            return Expected.Zero;
        }

        if (this.FindMixture(x, y, t) is not { } mixture)
        {
            return Expected.NaN;
        }

        DoubleDouble log = mixture.P.Significand.Hi == 0 ? Expansion.Log(OneMinusBeta) : LogMixtureOver(Beta, OneMinusBeta, -mixture.D);
        return this.MixtureDerivative(-(mixture.Q * (OneMinusBeta * log)), Math.Abs(log.Hi), mixture.Q, mixture.D);
    }

    private Expected MixtureGradTarget(double x, double y, ScaledValue t)
    {
        if (logTarget && y == -Infinity)
        {
            return Expected.Zero;
        }

        if (this.FindMixture(x, y, t) is not { } mixture)
        {
            return Expected.NaN;
        }

        if (mixture.P.Significand.Hi == 0 && mixture.Q.Significand.Hi > 0)
        {
            return new(-Infinity);
        }

        DoubleDouble log = mixture.Q.Significand.Hi == 0 ? Expansion.Log(Beta) : LogMixtureOver(OneMinusBeta, Beta, mixture.D);
        return logTarget
            ? this.MixtureDerivative(-(mixture.P * (Beta * log)), Math.Abs(log.Hi), mixture.P, mixture.D)
            : this.MixtureDerivative(-(Beta * log), Math.Abs(log.Hi), 1, mixture.D);
    }

    private Expected MixtureDerivative(ScaledValue value, double log, ScaledValue weight, DoubleDouble d)
    {
        // What the error of d changes where the two are near each other.
        double error = logTarget ? 0 : (weight * ((Beta * OneMinusBeta).Hi * format.DifferenceError)).Value.Hi;
        AllowedAlternatives allowed =
            this.elements.AllowOverflow(weight) | this.elements.AllowOverflow(value) | this.elements.AllowUnderflow(weight);
        if (double.IsInfinity(format.Round(d.Hi)))
        {
            // The difference of two finite logarithms overflows: 0 · ∞ is possible.
            allowed |= AllowedAlternatives.NaN | AllowedAlternatives.Zero | AllowedAlternatives.Infinity;
        }

        return new(
            value,
            MixtureUlps,
            (double.IsFinite(error) ? error : 0) + (4 * format.Epsilon),
            allowed | (log == 0 && allowed.HasFlag(AllowedAlternatives.Infinity) ? AllowedAlternatives.NaN : AllowedAlternatives.None));
    }

    /// <summary>p, q and log(p/q), or <see langword="null"/> where one of them is no number below infinity.</summary>
    private Mixture? FindMixture(double x, double y, ScaledValue t)
    {
        if (double.IsNaN(x) || double.IsNaN(y) || x == Infinity || y == Infinity || (!logTarget && y < 0))
        {
            return null;
        }

        ScaledValue q = x == -Infinity ? 0 : ElementOracle.Transcendental(true, x);
        ScaledValue p = logTarget ? y == -Infinity ? 0 : t : y;

        // Where the difference overflows, or rounds to the largest number, its rounding error is no number.
        DoubleDouble logarithm = logTarget ? y : t.Value, difference = logarithm - x;
        return new(p, q, double.IsFinite(difference.Lo) ? difference : logarithm.Hi - x);
    }

    /// <summary>log of weightOfOwn + weightOfOther · exp(−d), the mixture relative to one side, with d the log of that side over the other.</summary>
    private static DoubleDouble LogMixtureOver(DoubleDouble weightOfOther, DoubleDouble weightOfOwn, DoubleDouble d)
    {
        if (Math.Abs(d.Hi) < Near)
        {
            return Expansion.LogOnePlus(weightOfOther * Expansion.Expand(d).Ratio).Log;
        }

        return d.Hi >= 0
            ? Expansion.Log(weightOfOwn + (weightOfOther * Expansion.Exp(-d)))
            : Expansion.Log(weightOfOther + (weightOfOwn * Expansion.Exp(d))) - d;
    }

    /// <summary>exp(−d) − 1, and exp(d) − 1 near 0 alone.</summary>
    private static (DoubleDouble Change, DoubleDouble InverseChange) Changes(DoubleDouble d) => Math.Abs(d.Hi) < Near
        ? (Expansion.Expand(d).Ratio, Expansion.Expand(-d).Ratio)
        : (Expansion.Exp(-d) - 1, 0);

    /// <summary>The two probabilities of an element.</summary>
    /// <param name="P">The target's.</param>
    /// <param name="Q">The input's.</param>
    /// <param name="D">log(p/q), where neither is 0.</param>
    private readonly record struct Mixture(ScaledValue P, ScaledValue Q, DoubleDouble D);
}
