using KlDivGen.Generator.Model;
using KlDivGen.Generator.Plan;
using KlDivGen.Generator.Planning.Rows;

namespace KlDivGen.Generator.Planning;

/// <summary>
/// The formulas of the generalized Jensen–Shannon divergence of an element, with p the target's probability, q = exp(x) and the mixture
/// m = β · p + (1 − β) · q: loss β · p · log(p/m) + (1 − β) · q · log(q/m), ∂/∂x = (1 − β) · q · log(q/m), ∂/∂p = β · log(p/m).
/// </summary>
/// <remarks>
/// With d = log(p/q), m/q = 1 + w₂ for w₂ = β · (exp(d) − 1), and m/p = 1 + w₁ for w₁ = (1 − β) · (exp(−d) − 1). Since
/// β · p · w₁ + (1 − β) · q · w₂ = 0, the loss is β · p · (w₁ − log(1 + w₁)) + (1 − β) · q · (w₂ − log(1 + w₂)), of which no term is negative
/// and nothing cancels where p is near q. Far from each other, w₁ or w₂ would be rounded more coarsely than the loss, and is left out.
/// </remarks>
internal abstract class MixtureFormulas(KernelSpec spec, BodyBuilder b) : LossFormulas(spec, b)
{
    protected const string InputComment = "the input x, a log-probability, q = exp(x)";

    protected const string LogTargetComment = "the target y, a log-probability, p = exp(y)";

    public override void Lower()
    {
        (Probability q, Probability p, Value d) = this.LowerProbabilities();
        Deviations deviations = this.LowerDeviations(d);
        if (this.NeedsLoss)
        {
            this.Reduce(this.LowerLoss(q, p, deviations));
        }

        foreach (ParameterRole gradient in this.Gradients)
        {
            Value result = gradient == ParameterRole.GradInput
                ? this.Gradient(gradient, q, deviations.SecondLog, this.BetaMinusOne, "∂/∂x = −(1 − β) · q · log(m/q)")
                : this.Gradient(gradient, p, deviations.FirstLog, this.MinusBeta, this.Spec.LogTarget ? "∂/∂y = −β · p · log(m/p)" : "∂/∂y = −β · log(m/p)");
            this.Store(gradient, gradient.Info().Element(this.Spec), result);
        }
    }

    protected override void LowerDerivativeSum()
    {
        (Probability q, Probability p, Value d) = this.LowerProbabilities();
        Deviations deviations = this.LowerDeviations(d);
        (Probability side, Value log, Value weight) = this.HasLogits(ParameterRole.Input)
            ? (q, deviations.SecondLog, this.BetaMinusOne)
            : (p, deviations.FirstLog, this.MinusBeta);
        Value factor = this.Upstream.TimesElement(
            this.B, "upstreamFactor", this.B.Multiply("factor", log, weight, "the part of the side with the logits"));
        Value derivative = this.B.MultiplyAdd("derivative", side.Weight, this.WithoutEmpty(side, factor), this.B.Zero);
        this.B.Reduce(new PassReduction(SumNames.Derivatives, ReduceOp.Sum, derivative, null));
    }

    protected Value Beta => this.B.Constant("Beta", this.Spec.Beta, "β");

    protected Value OneMinusBeta => this.B.Constant("OneMinusBeta", 1 - this.Spec.Beta, "1 − β");

    /// <summary>How far from the subnormal numbers an exponential is that is a factor of a scaled gradient: log(m/p) may be almost as small.</summary>
    protected int Margin => this.Gradients.Any() && this.Upstream.Exists ? this.B.Format.MantissaBits : 0;

    private Value MinusBeta => this.B.Constant("MinusBeta", -this.Spec.Beta, "−β");

    private Value BetaMinusOne => this.B.Constant("BetaMinusOne", this.Spec.Beta - 1, "β − 1");

    /// <summary>q, p, and d = log(p/q).</summary>
    protected abstract (Probability Q, Probability P, Value D) LowerProbabilities();

    /// <summary>log(m/p) and log(m/q), with the limits that d has on the path.</summary>
    protected abstract Deviations LowerDeviations(Value d);

    /// <summary>log(m/p) and log(m/q) for a d whose exponential is a normal number.</summary>
    protected Deviations LowerNormalDeviations(Value d)
    {
        BodyBuilder b = this.B;
        NaturalMinusOne exponential = new(b, d);
        Value ratio = exponential.Exponential;
        Value inverse = b.Divide("inverse", b.Constant("One", 1), ratio, "q/p");
        Value w2 = b.Multiply("w2", exponential.Value, this.Beta, "m/q = 1 + w2, w2 = β · (p/q − 1)");
        Value w1 = b.Multiply("w1", b.Multiply("oneMinusInverse", exponential.Value, inverse), this.BetaMinusOne, "m/p = 1 + w1, w1 = (1 − β) · (q/p − 1)");
        Value one = b.Constant("One", 1);
        Value bits = b.AndNot("magnitudeBits", b.AsInteger("dBits", d), b.Integer("SignBit", b.Format.SignBit));
        Value isFar = b.LessThanOrEqual(
            "isFar", one, b.AsFloating("magnitude", bits), "far from each other, w1 and w2 may cancel with 1, and their sum, which is 0, is left out");
        Value firstRatio = b.Select(
            "firstRatio", isFar, b.MultiplyAdd("firstFar", inverse, this.OneMinusBeta, this.Beta), b.Add("firstNear", w1, one), "m/p");
        Value secondRatio = b.Select(
            "secondRatio", isFar, b.MultiplyAdd("secondFar", ratio, this.Beta, this.OneMinusBeta), b.Add("secondNear", w2, one), "m/q");
        return new Deviations(
            LogOnePlus(w1, firstRatio, b.Zero),
            LogOnePlus(w2, secondRatio, b.Zero),
            LogOnePlus(w1, firstRatio, b.AndNot("w1Near", w1, isFar)),
            LogOnePlus(w2, secondRatio, b.AndNot("w2Near", w2, isFar)));

        Value LogOnePlus(Value w, Value onePlusW, Value minus) =>
            new LogarithmOnePlus(w).MinusInput(b, onePlusW, () => minus, plusOne: false).Difference;
    }

    /// <summary>The loss where one of its terms may have overflowed.</summary>
    protected virtual Value NeverNegative(Value loss) => loss;

    /// <summary>A product with a probability's weight: times the rest of the probability, and 0 where that is 0.</summary>
    protected virtual Value WithoutEmpty(Probability probability, Value factor) => factor;

    /// <summary>A gradient with the value where the probability is 0.</summary>
    protected abstract Value AtZero(Probability probability, Value gradient);

    private Value LowerLoss(Probability q, Probability p, Deviations deviations)
    {
        Value first = this.WithoutEmpty(p, this.B.Multiply("firstTerm", deviations.FirstExcess, this.MinusBeta));
        Value second = this.WithoutEmpty(q, this.B.Multiply("secondTerm", deviations.SecondExcess, this.BetaMinusOne));
        Value firstLoss = this.B.MultiplyAdd("firstLoss", p.Weight, first, this.B.Zero, "β · p · log(p/m)");
        return this.NeverNegative(
            this.B.MultiplyAdd("loss", q.Weight, second, firstLoss, "loss = β · p · log(p/m) + (1 − β) · q · log(q/m)"));
    }

    private Value Gradient(ParameterRole gradient, Probability probability, Value log, Value weight, string comment)
    {
        if (probability.Exponential is { } exp)
        {
            ParameterRole operand = gradient == ParameterRole.GradInput ? ParameterRole.Input : ParameterRole.Target;
            Value factor = this.B.Multiply(gradient.Info().Symbol + "Factor", log, weight, comment);
            if (this.HasLogits(operand))
            {
                factor = this.Upstream.TimesElement(this.B, "upstreamFactor", factor);
                factor = this.B.Subtract("factorLessSum", factor, this.RowSum(SumNames.Derivatives), "less the sum of the row");
            }

            Value e = exp.Limited(this.B);
            exp = this.AllowsLargeProducts(probability.Operand, exp, factor, this.Margin);
            return this.AtZero(probability, this.TimesExponential(gradient, e, exp, factor, comment));
        }

        Value derivative = this.AtZero(probability, this.B.MultiplyAdd("derivative", log, weight, this.B.Zero, comment));
        return this.Upstream.Exists ? this.Scale(gradient, derivative, power: null, comment) : derivative;
    }

    private void Reduce(Value loss)
    {
        if (this.AddsLoss)
        {
            this.B.Reduce(new PassReduction(LossSum, ReduceOp.Sum, loss, null));
        }

        if (this.StoresLoss)
        {
            this.StoreLoss(loss);
        }
    }

    /// <summary>A probability.</summary>
    /// <param name="Operand">The probability or its logarithm, as the operand holds it.</param>
    /// <param name="Weight">The probability; of an exponential, without its power.</param>
    /// <param name="Exponential">The exponential, or <see langword="null"/> where the operand holds the probability itself.</param>
    /// <param name="IsEmpty">The mask where it is 0, or <see langword="null"/> where a guard excludes it.</param>
    protected sealed record Probability(Value Operand, Value Weight, ExponentialValue? Exponential, Value? IsEmpty);

    /// <summary>How far the mixture is from both sides.</summary>
    /// <param name="FirstLog">log(m/p).</param>
    /// <param name="SecondLog">log(m/q).</param>
    /// <param name="FirstExcess">log(m/p), less m/p − 1 where p is near q.</param>
    /// <param name="SecondExcess">log(m/q), less m/q − 1 where p is near q.</param>
    protected sealed record Deviations(Value FirstLog, Value SecondLog, Value FirstExcess, Value SecondExcess);
}

/// <summary>The fast path: guards exclude exponentials that are no normal numbers, and probabilities that are too far from each other.</summary>
internal sealed class MixtureFastPath(KernelSpec spec, BodyBuilder b) : MixtureFormulas(spec, b)
{
    protected override (Probability Q, Probability P, Value D) LowerProbabilities()
    {
        Value x = this.FiniteLogarithm(ParameterRole.Input, InputComment);
        ExponentialValue q = Exponential.OfE.Fast(this.B, x, this.Margin);
        Probability input = new(x, q.Scaled, q, null);
        if (!this.Spec.LogTarget)
        {
            // A probability of 0 counts as one that is negligible in the mixture.
            TargetProbability y = TargetProbability.Fast(this.B, this.Spec);
            Value logOfZero = this.B.Constant("NegligibleLog", this.B.Format.MaxMixtureDistance * -15 / 16, "log(p/q) where p is 0");
            Value d = this.B.Select("d", y.IsZero, logOfZero, y.LogMinus(x), "d = log y − x");
            return (input, new Probability(y.Value, y.Value, null, y.IsZero), this.Guarded(d));
        }

        Value log = this.FiniteLogarithm(ParameterRole.Target, LogTargetComment);
        ExponentialValue p = Exponential.OfE.Fast(this.B, log, this.Margin);
        return (input, new Probability(log, p.Scaled, p, null), this.Guarded(this.B.Subtract("d", log, x, "d = y − x")));
    }

    protected override Deviations LowerDeviations(Value d) => this.LowerNormalDeviations(d);

    /// <summary>∂/∂y is −∞ for a probability of 0.</summary>
    protected override Value AtZero(Probability probability, Value gradient) => probability.IsEmpty is { } isEmpty
        ? this.B.Select("derivativeOrInfinity", isEmpty, this.B.Constant("MinusInfinity", double.NegativeInfinity), gradient, "∂/∂y is −∞ at y = 0")
        : gradient;

    /// <summary>A log-probability that the guard of its exponential excludes where it is not finite.</summary>
    private Value FiniteLogarithm(ParameterRole role, string comment) => this.HasLogits(role)
        ? this.LogProbability(role, isFinite: true)
        : OperandAccess.Decode(this.B, role, role.Info().Element(this.Spec)!.Value, Assumption.Finite, comment);

    /// <summary>d, guarded to be below the limit: divided by half of it, it is below 2.</summary>
    private Value Guarded(Value d)
    {
        Value scaled = this.B.Multiply(
            "distance", d, this.B.Constant("DistanceScale", 2 / this.B.Format.MaxMixtureDistance, "brings the largest valid d to 2"));
        Value bits = this.B.AsInteger("distanceBits", scaled);
        this.B.Guard(new Guard.ForbiddenBits(bits, 1L << ((8 * bits.Type.Size()) - 2)));
        return d;
    }
}

/// <summary>The slow path: right for every element. A probability of 0 contributes 0; NaN and +∞ on any side, and a negative target, give NaN.</summary>
internal sealed class MixtureSlowPath(KernelSpec spec, BodyBuilder b) : MixtureFormulas(spec, b)
{
    protected override (Probability Q, Probability P, Value D) LowerProbabilities()
    {
        Value x = this.LogProbability(ParameterRole.Input, isFinite: false, InputComment);
        Probability q = this.OfLogarithm("q", x);
        if (!this.Spec.LogTarget)
        {
            TargetProbability y = TargetProbability.Slow(this.B, this.Spec);
            Value isNumber = this.B.LessThanOrEqual("isNonNegative", this.B.Zero, y.Value, "y < 0, +∞ and NaN give NaN");
            Probability p = new(y.Value, y.Value, null, y.IsZero);
            return (q, p, this.Difference(y.LogMinus(x), x, y.Value, q, p, isNumber));
        }

        Value log = this.LogProbability(ParameterRole.Target, isFinite: false, LogTargetComment);
        Probability target = this.OfLogarithm("p", log);
        return (q, target, this.Difference(this.B.Subtract("difference", log, x, "d = y − x"), x, log, q, target, isNumber: null));
    }

    protected override Deviations LowerDeviations(Value d)
    {
        BodyBuilder b = this.B;
        Value limit = b.Constant("MaxNormalExpArgument", b.Format.MaxNormalExpArgument, "exp is a normal number up to here");
        Value minusLimit = b.Constant("MinNormalExpArgument", -b.Format.MaxNormalExpArgument);
        Value isMostlyP = b.LessThan("isMostlyP", limit, d, "p or q is negligible in the mixture");
        Value isMostlyQ = b.LessThan("isMostlyQ", d, minusLimit);
        Deviations normal = this.LowerNormalDeviations(
            b.Select("dLimited", isMostlyP, limit, b.Select("dNotBelow", isMostlyQ, minusLimit, d)));
        Value logOfP = b.Add("logOfP", d, b.Constant("LogBeta", Math.Log(this.Spec.Beta), "log β"));
        Value logOfQ = b.Subtract("logOfQ", b.Constant("LogOneMinusBeta", Math.Log(1 - this.Spec.Beta), "log(1 − β)"), d);
        Value isNumber = b.Equal("isNumber", d, d, "a logarithm of NaN would be a number");
        return new Deviations(
            OrNaN("firstLog", b.Select("firstLogOrLimit", isMostlyQ, logOfQ, normal.FirstLog)),
            OrNaN("secondLog", b.Select("secondLogOrLimit", isMostlyP, logOfP, normal.SecondLog)),
            OrNaN("firstExcess", b.Select("firstExcessOrLimit", isMostlyQ, logOfQ, normal.FirstExcess)),
            OrNaN("secondExcess", b.Select("secondExcessOrLimit", isMostlyP, logOfP, normal.SecondExcess)));

        Value OrNaN(string name, Value value) => b.Select(name, isNumber, value, b.NaN);
    }

    /// <summary>Only of a loss that overflows can the negative term be the larger one.</summary>
    protected override Value NeverNegative(Value loss) => this.B.Select(
        "lossNotNegative", this.B.LessThan("isNegativeLoss", loss, this.B.Zero), this.B.Constant("Infinity", double.PositiveInfinity), loss, "what overflows is ∞");

    /// <summary>The power goes to the factor: where the product is a normal number, no subnormal one comes up.</summary>
    protected override Value WithoutEmpty(Probability probability, Value factor) => this.B.AndNot(
        "maskedTerm", probability.Exponential?.TimesPower(this.B, "scaledTerm", factor) ?? factor, probability.IsEmpty!.Value, "a probability of 0 contributes 0");

    /// <summary>∂/∂y of a probability of 0 is −∞ by its logarithm. The factor exp(y) makes it 0.</summary>
    protected override Value AtZero(Probability probability, Value gradient) => probability.Exponential is null
        ? gradient
        : this.B.AndNot("gradientOrZero", gradient, probability.IsEmpty!.Value, "0 for a probability of 0");

    private Probability OfLogarithm(string name, Value log)
    {
        ExponentialValue exp = Exponential.OfE.Slow(this.B, log, this.Margin);
        Value isEmpty = this.B.Equal(name + "IsZero", log, this.B.Constant("MinusInfinity", double.NegativeInfinity));
        return new Probability(log, this.B.AndNot(name, exp.Scaled, exp.IsBelowRange!.Value), exp, isEmpty);
    }

    /// <summary>d with its limits: −∞ where p is 0, +∞ where q is 0, so that log(m/p) is log β for both, and NaN where one is no number.</summary>
    private Value Difference(Value difference, Value x, Value y, Probability q, Probability p, Value? isNumber)
    {
        BodyBuilder b = this.B;
        Value infinity = b.Constant("Infinity", double.PositiveInfinity);
        Value isFinite = b.And("areBelowInfinity", b.LessThan("xIsBelowInfinity", x, infinity, "+∞ and NaN give NaN"), b.LessThan("yIsBelowInfinity", y, infinity));
        Value isValid = isNumber is { } mask ? b.And("areNumbers", isFinite, mask) : isFinite;
        Value d = b.Select("dWithoutP", p.IsEmpty!.Value, b.Constant("MinusInfinity", double.NegativeInfinity), difference, "d is −∞ at p = 0, and +∞ at q = 0");
        return b.Select("d", isValid, b.Select("dWithoutQ", q.IsEmpty!.Value, infinity, d), b.NaN);
    }
}
