using KlDivGen.Generator.Model;
using KlDivGen.Generator.Plan;
using KlDivGen.Generator.Planning.Rows;

namespace KlDivGen.Generator.Planning;

/// <summary>
/// The formulas of KL(a‖b) where a is a log-probability, whose exponential is the weight: loss exp(a) · (a − log b),
/// ∂/∂a = exp(a) · (a − log b + 1), ∂/∂log b = −exp(a). The first distribution, a, is the target's; for the reverse divergence, it is the
/// input's, and the second one may be a probability.
/// </summary>
internal abstract class LogWeightFormulas(KernelSpec spec, BodyBuilder b) : LossFormulas(spec, b)
{
    /// <summary>
    /// Where exp(a) · (d + 1) is subnormal, a large upstream gradient multiplies its rounding error. Five powers of two above the subnormal
    /// numbers, that error is small beside the one of d itself.
    /// </summary>
    private const int ScaledGradientMargin = 5;

    public override void Lower()
    {
        Value a = this.FirstLogarithm();
        ExponentialValue exp = this.Exponential(a);
        Value? d = this.NeedsLoss || this.HasFirstGradient ? this.MinusSecond(a) : null;
        if (this.NeedsLoss)
        {
            this.LowerLoss(a, exp, d!.Value);
        }

        foreach (ParameterRole gradient in this.Gradients)
        {
            Value value = gradient == this.FirstGradient ? this.GradFirst(a, exp, d!.Value)
                : this.HasLogits(this.Second) ? this.GradSecondOfLogits(exp)
                : this.GradSecond(a, exp);
            this.Store(gradient, gradient.Info().Element(this.Spec), value);
        }
    }

    /// <summary>The operand of the first distribution.</summary>
    protected ParameterRole First => this.IsReverse ? ParameterRole.Input : ParameterRole.Target;

    /// <summary>The operand of the second distribution.</summary>
    protected ParameterRole Second => this.IsReverse ? ParameterRole.Target : ParameterRole.Input;

    /// <summary>Whether the second distribution is given as probabilities.</summary>
    protected bool SecondIsProbability => this.IsReverse && !this.Spec.LogTarget;

    /// <summary>The name of the first operand's value in comments.</summary>
    protected string A => this.First.Info().Symbol;

    /// <summary>The name of the second operand's value in comments.</summary>
    protected string Other => this.Second.Info().Symbol;

    protected string FirstComment => this.HasLogits(this.First)
        ? $"the {this.First.Info().Name}'s logits"
        : $"the {this.First.Info().Name} {this.A}, a log-probability";

    protected string DifferenceComment =>
        $"d = {this.A} − {this.Other}, {this.Other} the {this.Second.Info().Name}, a log-probability";

    /// <summary>Whether zero contributes 0, which no library decides for the reverse divergence.</summary>
    protected bool IsStrict => this.IsReverse || this.Spec.Dialect == Dialect.Strict;

    /// <summary>How far from the subnormal numbers exp(a) is, where it is a factor of its own.</summary>
    protected int Margin =>
        this.HasFirstGradient && this.Upstream.Exists && !this.HasLogits(this.First) ? ScaledGradientMargin : 0;

    protected ParameterRole SecondGradient => this.IsReverse ? ParameterRole.GradTarget : ParameterRole.GradInput;

    private bool IsReverse => this.Spec.Divergence == Divergence.Reverse;

    private ParameterRole FirstGradient => this.IsReverse ? ParameterRole.GradInput : ParameterRole.GradTarget;

    private bool HasFirstGradient => this.FirstGradient.Info().Element(this.Spec) is not null;

    /// <summary>a, in the compute type.</summary>
    protected abstract Value FirstLogarithm();

    /// <summary>exp(a).</summary>
    protected abstract ExponentialValue Exponential(Value a);

    /// <summary>a − log b.</summary>
    protected abstract Value MinusSecond(Value a);

    /// <summary>exp(log b).</summary>
    protected abstract ExponentialValue SecondExponential();

    /// <summary>The factors of the loss with the dialect's value at a = −∞.</summary>
    protected virtual (Value E, Value D) LossFactors(Value a, Value e, Value d) => (e, d);

    /// <summary>∂L/∂a.</summary>
    protected virtual Value GradFirst(Value a, ExponentialValue exp, Value d)
    {
        string comment = this.HasLogits(this.First) ? $"∂/∂z = exp({this.A}) · (d − loss)" : $"∂/∂{this.A} = exp({this.A}) · (d + 1)";
        Value factor = !this.HasLogits(this.First) ? this.DifferencePlusOne(d, comment + this.Upstream.CommentSuffix)
            : this.Upstream.IsData
            ? this.B.Subtract("factorLessSum", this.UpstreamDerivative(d), this.RowSum(SumNames.Derivatives), "less the sum of the row")
            : this.B.Subtract("dMinusLoss", d, this.B.Argument(new RowArgument("rowLoss", this.B.ComputeType, RowStatistic.Loss)), comment);
        Value e = exp.Limited(this.B);
        return this.TimesExponential(this.FirstGradient, e, this.AllowsLargeProducts(a, exp, factor, this.Margin), factor, comment);
    }

    /// <summary>∂L/∂b. A power comes after the upstream gradient, so that only the product is rounded.</summary>
    protected virtual Value GradSecond(Value a, ExponentialValue exp)
    {
        string comment = $"∂/∂{this.Other} = −exp({this.A})";
        Value e = exp.Limited(this.B);
        if (!this.Upstream.Exists)
        {
            return this.ScaleNegative(this.SecondGradient, exp.TimesPower(this.B, "e", e), "minusE", power: null, comment);
        }

        (Value? before, Value? after) = exp.PowerAroundUpstream(this.B);
        e = before is { } power ? this.B.Multiply("eBefore", e, power) : e;
        return this.WithoutMinusZero(exp, this.ScaleNegative(this.SecondGradient, e, "minusE", after, comment));
    }

    protected override void LowerDerivativeSum()
    {
        Value a = this.FirstLogarithm();
        ExponentialValue exp = this.Exponential(a);
        Value factor = exp.TimesPower(this.B, "scaledFactor", this.UpstreamDerivative(this.MinusSecond(a)));
        (Value weight, Value masked) = this.LossFactors(a, exp.Scaled, factor);
        this.B.Reduce(new PassReduction(SumNames.Derivatives, ReduceOp.Sum, this.B.MultiplyAdd("derivative", weight, masked, this.B.Zero), null));
    }

    private Value DifferencePlusOne(Value d, string comment) => this.B.Add("dPlusOne", d, this.B.Constant("One", 1), comment);

    /// <summary>The derivative by log a, without its factor exp(a), times the element's upstream gradient.</summary>
    private Value UpstreamDerivative(Value d) => this.Upstream.TimesElement(
        this.B, "upstreamFactor", this.DifferencePlusOne(d, $"∂/∂log {this.A} = exp({this.A}) · (d + 1), times the upstream gradient"));

    private Value GradSecondOfLogits(ExponentialValue exp)
    {
        Value p = exp.TimesPower(this.B, "p", exp.Limited(this.B));
        return this.GradOfSecondLogits(this.SecondGradient, p, this.SecondExponential());
    }

    private void LowerLoss(Value a, ExponentialValue exp, Value d)
    {
        // The power goes to d: where the product is a normal number, no subnormal one comes up, with which processors are slow.
        (Value weight, Value difference) = this.LossFactors(a, exp.Scaled, exp.TimesPower(this.B, "dScaled", d));
        if (this.AddsLoss)
        {
            // The first factor is the one that a tail masks: a probability of 0, as which a lane without an element loads, makes d infinite.
            this.B.Reduce(this.SecondIsProbability
                ? new PassReduction(LossSum, ReduceOp.Sum, difference, weight)
                : new PassReduction(LossSum, ReduceOp.Sum, weight, difference));
        }

        if (this.StoresLoss)
        {
            Value loss = this.B.MultiplyAdd("loss", weight, difference, this.B.Zero, $"loss = exp({this.A}) · d, and 0 rather than −0");
            this.StoreLoss(loss);
        }
    }
}

/// <summary>The fast path for a weight that is an exponential: a guard excludes results beyond the normal numbers.</summary>
internal sealed class LogWeightFastPath(KernelSpec spec, BodyBuilder b) : LogWeightFormulas(spec, b)
{
    private TargetProbability? target;

    private TargetProbability Y => this.target ??= TargetProbability.Fast(this.B, this.Spec);

    protected override Value FirstLogarithm()
    {
        Value a = OperandAccess.Decode(
            this.B, this.First, this.First.Info().Element(this.Spec)!.Value, Assumption.Finite, this.FirstComment);
        return this.HasLogits(this.First) ? LogSoftmax.Lower(this.B, this.Spec, a) : a;
    }

    /// <summary>A body for a table stores nothing, and so needs no margin.</summary>
    protected override ExponentialValue Exponential(Value a) =>
        this.B.HasTables ? TableExponential.Fast(this.B, a) : Planning.Exponential.OfE.Fast(this.B, a, this.Margin);

    protected override Value MinusSecond(Value a)
    {
        if (this.SecondIsProbability)
        {
            Value minusLog = this.B.Subtract("minusLog", this.B.Zero, this.Y.LogMinus(a), "d = x − log y, ∞ at y = 0");
            return this.B.Select("d", this.Y.IsZero, this.B.Constant("Infinity", double.PositiveInfinity), minusLog);
        }

        return this.HasLogits(this.Second)
            ? this.B.Subtract("d", a, this.LogProbability(this.Second, isFinite: true), this.DifferenceComment)
            : OperandAccess.SubtractFinite(
                this.B, "d", a, this.Second, this.Second.Info().Element(this.Spec)!.Value, this.DifferenceComment);
    }

    protected override ExponentialValue SecondExponential() =>
        Planning.Exponential.OfE.Fast(this.B, this.LogProbability(this.Second, isFinite: true));

    protected override Value GradSecond(Value a, ExponentialValue exp)
    {
        if (!this.SecondIsProbability)
        {
            return base.GradSecond(a, exp);
        }

        const string Comment = "∂/∂y = −exp(x) / y";
        Value ratio = this.B.Divide("ratio", exp.Scaled, this.Y.Value, Comment);
        return this.WithoutMinusZero(exp, this.ScaleNegative(this.SecondGradient, ratio, "minusRatio", power: null, Comment));
    }
}

/// <summary>The slow path for a weight that is an exponential: right for every element, with the dialect's value at a = −∞.</summary>
internal sealed class LogWeightSlowPath(KernelSpec spec, BodyBuilder b) : LogWeightFormulas(spec, b)
{
    private TargetProbability? target;

    private TargetProbability Y => this.target ??= TargetProbability.Slow(this.B, this.Spec);

    protected override Value FirstLogarithm() => this.LogProbability(this.First, isFinite: false, this.FirstComment);

    protected override ExponentialValue Exponential(Value a) => Planning.Exponential.OfE.Slow(this.B, a, this.Margin);

    protected override Value MinusSecond(Value a)
    {
        if (this.SecondIsProbability)
        {
            TargetProbability y = this.Y;
            Value minusLog = this.B.Subtract("minusLog", this.B.Zero, y.LogMinus(a), "d = x − log y, ∞ at y = 0, NaN for y < 0");
            Value orInfinity = this.B.Select("dOrInfinity", y.IsZero, this.B.Constant("Infinity", double.PositiveInfinity), minusLog);
            return this.B.Select("d", y.IsNegative, this.B.NaN, orInfinity);
        }

        return this.B.Subtract("d", a, this.LogProbability(this.Second, isFinite: false), this.DifferenceComment);
    }

    protected override ExponentialValue SecondExponential() =>
        Planning.Exponential.OfE.Slow(this.B, this.LogProbability(this.Second, isFinite: false));

    /// <summary>At a = −∞ the first factor is not 0 by itself. A probability of 0 contributes 0, or 0 · ∞, which is NaN.</summary>
    protected override (Value E, Value D) LossFactors(Value a, Value e, Value d) => this.IsStrict
        ? (e, this.B.AndNot("difference", d, this.IsMinusInfinity(a, "a probability of 0 contributes 0")))
        : (this.B.AndNot("weight", e, this.IsMinusInfinity(a, "a probability of 0 contributes 0 · ∞ = NaN")), d);

    protected override Value GradFirst(Value a, ExponentialValue exp, Value d)
    {
        if (this.SecondIsProbability || (this.IsStrict && !this.HasLogits(this.First)))
        {
            // An exponential that is too small counts as 0, but not where the other logarithm makes the product infinite.
            Value isInfinite = this.SecondIsProbability ? this.Y.IsZero : this.IsInfinite(this.LogProbability(this.Second, isFinite: false));
            exp = exp with { IsBelowRange = this.B.AndNot("isBelowAndFinite", exp.IsBelowRange!.Value, isInfinite) };
        }

        Value gradient = base.GradFirst(a, exp, d);
        return this.IsStrict
            ? this.B.AndNot(
                this.First == ParameterRole.Target ? "dy" : "dx",
                gradient,
                this.IsMinusInfinity(a, $"∂/∂{this.A} is 0 for a probability of 0"))
            : gradient;
    }

    /// <summary>
    /// Where y is at most 1, exp(x) / y is not below exp(x), and the power comes first. Above, it comes last, and exp(x) is scaled up so that
    /// the quotient keeps its digits. What is subnormal all the same is multiplied by the power only after the upstream gradient.
    /// </summary>
    protected override Value GradSecond(Value a, ExponentialValue exp)
    {
        if (!this.SecondIsProbability)
        {
            return base.GradSecond(a, exp);
        }

        const string Comment = "∂/∂y = −exp(x) / y: −∞ at y = 0, NaN for y < 0, but 0 at x = −∞";
        BodyBuilder b = this.B;
        Value one = b.Constant("One", 1);
        double scale = Math.Pow(2, b.Format.ExponentBias / 2);
        Value power = exp.Power!.Value;
        Value isNormal = exp.IsNormal!.Value;
        Value isSmallTarget = b.LessThanOrEqual("isAtMostOne", this.Y.Value, one, Comment);
        Value up = b.Select("upForNormal", isNormal, b.Constant("QuotientScale", scale, "keeps a quotient by a large target normal"), one);
        Value down = b.Select("downForNormal", isNormal, b.Constant("QuotientInverseScale", 1 / scale), one);
        Value before = b.Select("powerBefore", isSmallTarget, b.Select("powerOfNormal", isNormal, power, one), up);
        Value remaining = b.Select(
            "powerRemaining", isSmallTarget, b.Select("powerOfSubnormal", isNormal, one, power), b.Multiply("powerDown", power, down));
        Value e = b.Multiply("eBefore", exp.Limited(b), before);
        Value quotient = b.Divide("quotient", e, this.Y.Value);
        Value whole = b.Multiply("quotientTimesPower", quotient, remaining);
        Value isSmall = b.LessThan("isSubnormal", whole, b.Constant("MinNormal", b.Format.MinNormal, "the smallest normal number"));
        Value finite = b.Select("ratioFinite", isSmall, quotient, whole);
        Value infinite = b.Add("infinityOrNaN", e, b.Constant("Infinity", double.PositiveInfinity));
        Value positive = b.Select("ratioOrInfinity", this.Y.IsZero, infinite, finite);
        Value ratio = b.Select("ratio", this.Y.IsNegative, b.NaN, positive);
        Value after = b.Select("powerAfter", isSmall, remaining, one);
        Value gradient = this.WithoutMinusZero(exp, this.ScaleNegative(this.SecondGradient, ratio, "minusRatio", after, Comment));
        return b.AndNot("dy", gradient, this.IsMinusInfinity(a, "a probability of 0 contributes 0"));
    }

    private Value IsInfinite(Value log) => this.B.Equal(
        "isInfinite", this.Magnitude("logMagnitude", log), this.B.Constant("Infinity", double.PositiveInfinity), "the product is ∞ however small exp is");

    private Value IsMinusInfinity(Value a, string comment) =>
        this.B.Equal("isMinusInfinity", a, this.B.Constant("MinusInfinity", double.NegativeInfinity), comment);
}
