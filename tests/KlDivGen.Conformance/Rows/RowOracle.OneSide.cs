using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Oracle;

namespace KlDivGen.Conformance.Rows;

/// <summary>The reverse and the Jensen-Shannon divergence with logits of one side.</summary>
internal sealed partial class RowOracle
{
    private void ComputeOneSide(RowSettings settings, double temperature, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (this.CreateSides(settings, temperature, x, y) is not { } sides)
        {
            return;
        }

        bool byProbability = settings is { InputLogits: true, LogTarget: false };
        Derivatives[] elements = Array.ConvertAll(
            sides, side => settings.Divergence == Divergence.Reverse ? this.Reverse(side, byProbability) : this.Mixture(side, byProbability));
        this.Finish(settings, temperature, sides, elements);
    }

    /// <summary>
    /// Both probabilities of each class of a row with logits on one side or both, or <see langword="null"/> where one side is no distribution.
    /// Then all values of the row are NaN, or unknown.
    /// </summary>
    private Side[]? CreateSides(RowSettings settings, double temperature, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        Softmax? input = settings.InputLogits ? new(temperature, x) : null, target = settings.TargetLogits ? new(temperature, y) : null;
        if (input is { IsDefined: false } || target is { IsDefined: false })
        {
            this.Fill(Expected.NaN);
            return null;
        }

        Side[] sides = new Side[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            (DoubleDouble q, DoubleDouble logQ, double errorOfQ) = OfClass(input, i, isLog: true, x[i]);
            (DoubleDouble p, DoubleDouble logP, double errorOfP) = OfClass(target, i, settings.LogTarget, y[i]);
            sides[i] = new(q, p, logQ, logP, errorOfQ, errorOfP);
            if (!double.IsFinite(p.Hi) || !double.IsFinite(q.Hi) || p.Hi < 0)
            {
                this.FillUndefined();
                return null;
            }
        }

        return sides;

        (DoubleDouble Value, DoubleDouble Log, double Error) OfClass(Softmax? softmax, int index, bool isLog, double value)
        {
            if (softmax is null)
            {
                bool isOrdinary = double.IsFinite(value) && (isLog || value > 0);
                return isLog
                    ? (isOrdinary ? Elementary.Exp(value) : Math.Exp(value), value, 0)
                    : (value, isOrdinary ? Elementary.Log(value) : Math.Log(value), 0);
            }

            return double.IsNegativeInfinity(softmax.Logits[index])
                ? (0, -Infinity, 0)
                : (softmax.Value[index], softmax.LogOf(index), this.LogError(softmax, index));
        }
    }

    /// <summary>q · (log q − log p), of which the derivatives by log q and log p are q · (log q − log p + 1) and −q.</summary>
    private Derivatives Reverse(Side side, bool byProbability)
    {
        (DoubleDouble q, DoubleDouble p) = (side.Q, side.P);
        bool isWithoutP = double.IsNegativeInfinity(side.LogP.Hi);
        if (double.IsNegativeInfinity(side.LogQ.Hi))
        {
            return new(Expected.Zero, Expected.Zero, Expected.Zero);
        }

        if (q.Hi == 0 && !isWithoutP)
        {
            // A probability that is too small for a double is not 0.
            return new(new(0, 1), new(0, 1), byProbability ? this.Quotient(side.LogQ, p, side.QError) : new(0, 1));
        }

        Expected byP = byProbability && isWithoutP ? new(-Infinity)
            : byProbability ? this.Quotient(side.LogQ, p, side.QError)
            : this.Scaled(-q, q.Hi * side.QError);
        if (isWithoutP)
        {
            return new(new(Infinity), new(Infinity), byP);
        }

        DoubleDouble d = side.LogQ - side.LogP;
        double distance = Math.Abs(d.Hi), error = q.Hi * ((side.QError * (1 + distance)) + side.PError + (2 * this.logitError));
        return new(
            this.Scaled(q * d, error), this.Scaled(q * (d + 1), error + (q.Hi * 4 * this.logitError * (1 + distance))), byP);
    }

    /// <summary>The Jensen-Shannon divergence, of which the derivatives by log q and log p are (1 − β) · q · log(q/m) and β · p · log(p/m).</summary>
    private Derivatives Mixture(Side side, bool byProbability)
    {
        DoubleDouble beta = Settings.Beta, other = 1 - beta;
        (DoubleDouble q, DoubleDouble p) = (side.Q, side.P);

        // Where both sides have logits, a kernel finds each probability with the other's offset.
        double sideError = side.QError + side.PError, error = sideError + (2 * this.logitError);
        DoubleDouble ofP = beta * -Expansion.Log(beta), ofQ = other * -Expansion.Log(other);
        if (double.IsNegativeInfinity(side.LogQ.Hi))
        {
            Expected lone = this.Scaled(p * ofP, p.Hi * error);
            return new(lone, Expected.Zero, byProbability ? this.Scaled(ofP, error) : lone);
        }

        if (double.IsNegativeInfinity(side.LogP.Hi))
        {
            Expected lone = this.Scaled(q * ofQ, q.Hi * error);
            return new(lone, lone, byProbability ? new(-Infinity) : Expected.Zero);
        }

        DoubleDouble d = side.LogP - side.LogQ;
        (DoubleDouble first, DoubleDouble second) = DivergenceOracle.LogMixture(d);
        DoubleDouble larger = d.Hi >= 0 ? p : q;
        double weight = byProbability ? 1 : p.Hi, shareOfP = Math.Exp(-first.Hi), shareOfQ = Math.Exp(-second.Hi);

        // An error of the difference hardly changes the loss where the two are near each other.
        double effect = (beta.Hi * p.Hi * Math.Abs(first.Hi)) + (other.Hi * q.Hi * Math.Abs(second.Hi)) + (larger.Hi * error);
        return new(
            this.Scaled(larger * DivergenceOracle.RelativeMixture(d), effect * error),
            this.Scaled(-(q * other * second), q.Hi * ((Math.Abs(second.Hi) * sideError) + (shareOfP * error))),
            this.Scaled(-((byProbability ? 1 : p) * beta * first), weight * ((Math.Abs(first.Hi) * sideError) + (shareOfQ * error))));
    }

    /// <summary>The sum of the losses, and the gradient by logits from the derivatives by their log-probabilities.</summary>
    private void Finish(RowSettings settings, double temperature, Side[] sides, Derivatives[] elements)
    {
        this.Losses = Array.ConvertAll(elements, element => element.Loss);
        this.GradInput = Array.ConvertAll(elements, element => element.ByQ);
        this.GradTarget = Array.ConvertAll(elements, element => element.ByP);
        this.Loss = Sum(this.Losses);
        if (settings.InputLogits)
        {
            this.GradInput = this.ByLogits(this.GradInput, sides, side => (side.Q, side.QError), temperature);
        }
        else
        {
            this.GradTarget = this.ByLogits(this.GradTarget, sides, side => (side.P, side.PError), temperature);
        }
    }

    /// <summary>The gradient by logits from the derivatives by their log-probabilities: each less the probability times their sum.</summary>
    private Expected[] ByLogits(
        Expected[] derivatives, Side[] sides, Func<Side, (DoubleDouble Probability, double LogError)> select, double temperature)
    {
        Expected sum = Sum(derivatives);
        if (!double.IsFinite(sum.Value.Hi) || sum.Allowed != AllowedAlternatives.None)
        {
            return Array.ConvertAll(derivatives, _ => Unknown);
        }

        Expected[] result = new Expected[derivatives.Length];
        for (int i = 0; i < result.Length; i++)
        {
            (DoubleDouble probability, double logError) = select(sides[i]);
            double sumError = sum.AbsoluteError + (Math.Abs(sum.Value.Hi) * (logError + (4 * this.logitError)));
            result[i] = this.Scaled(
                (derivatives[i].Value - (probability * sum.Value)) / temperature,
                (derivatives[i].AbsoluteError + (probability.Hi * sumError)) / temperature);
        }

        return result;
    }

    /// <summary>−q/p, which may be much larger than a q that counts as 0.</summary>
    private Expected Quotient(DoubleDouble logQ, DoubleDouble p, double error)
    {
        ScaledValue q = Elementary.ScaledExp(logQ.Hi) * (1 + (DoubleDouble)logQ.Lo), value = -(q / p);
        AllowedAlternatives allowed = this.elements.AllowOverflow(value) | this.elements.AllowUnderflow(q);
        return new(value, 4, Math.Abs(value.Value.Hi) * (this.relative + error), allowed);
    }

    /// <summary>A row with an element that is no probability. The contract does not say what its other elements come to.</summary>
    private void FillUndefined()
    {
        this.Fill(Unknown);
        this.Loss = Expected.NaN;
    }

    private static Expected Sum(Expected[] values)
    {
        DoubleDouble sum = 0;
        double error = 0;
        AllowedAlternatives allowed = AllowedAlternatives.None;
        foreach (Expected value in values)
        {
            sum = double.IsFinite(value.Value.Hi) && double.IsFinite(sum.Hi) ? sum + value.Value : sum.Hi + value.Value.Hi;
            error += value.AbsoluteError;
            allowed |= value.Allowed;
        }

        return new(sum, 1, double.IsFinite(sum.Hi) ? error : 0, allowed);
    }

    /// <summary>Both probabilities of a class, their logarithms, and the errors of the logarithm that a softmax gives.</summary>
    private readonly record struct Side(DoubleDouble Q, DoubleDouble P, DoubleDouble LogQ, DoubleDouble LogP, double QError, double PError);

    /// <summary>The loss of a class, and its derivatives by the input's log-probability and by the target, as it is given.</summary>
    private readonly record struct Derivatives(Expected Loss, Expected ByQ, Expected ByP);
}
