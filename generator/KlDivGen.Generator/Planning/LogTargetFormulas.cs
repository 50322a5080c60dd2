using KlDivGen.Generator.Model;
using KlDivGen.Generator.Plan;
using KlDivGen.Generator.Planning.Rows;

namespace KlDivGen.Generator.Planning;

/// <summary>
/// The formulas for a target of log-probabilities: loss exp(y) · (y − x), ∂/∂x = −exp(y), ∂/∂y = exp(y) · (y − x + 1).
/// </summary>
internal abstract class LogTargetFormulas(KernelSpec spec, BodyBuilder b) : LossFormulas(spec, b)
{
    protected const string TargetComment = "the target y, a log-probability";

    protected const string LogitsComment = "the target's logits";

    /// <summary>
    /// Where exp(y) · (d + 1) is subnormal, a large upstream gradient multiplies its rounding error. Five powers of two above the subnormal
    /// numbers, that error is small beside the one of d itself.
    /// </summary>
    private const int ScaledGradientMargin = 5;

    protected const string DifferenceComment = "d = y − x, x the input, a log-probability";

    public override void Lower()
    {
        Value y = this.Target();
        ExponentialValue exp = this.Exponential(y);
        Value? d = this.NeedsLoss || this.Spec.GradTarget is not null ? this.MinusInput(y) : null;
        if (this.NeedsLoss)
        {
            this.LowerLoss(y, exp, d!.Value);
        }

        if (this.Spec.GradInput is not null)
        {
            this.Store(ParameterRole.GradInput, this.Spec.GradInput, this.HasInputLogits ? this.GradInputOfLogits(exp.TimesPower(this.B, "p", exp.Limited(this.B)), this.InputExponential()) : this.GradInput(exp));
        }

        if (this.Spec.GradTarget is not null)
        {
            this.Store(ParameterRole.GradTarget, this.Spec.GradTarget, this.GradTarget(y, exp, d!.Value));
        }
    }

    /// <summary>How far from the subnormal numbers exp(y) is, where it is a factor of its own.</summary>
    protected int Margin =>
        this.Spec.GradTarget is not null && this.Upstream.Exists && !this.HasTargetLogits ? ScaledGradientMargin : 0;

    /// <summary>y, in the compute type.</summary>
    protected abstract Value Target();

    /// <summary>exp(y).</summary>
    protected abstract ExponentialValue Exponential(Value y);

    /// <summary>y − x.</summary>
    protected abstract Value MinusInput(Value y);

    /// <summary>exp(x).</summary>
    protected abstract ExponentialValue InputExponential();

    /// <summary>The factors of the loss with the dialect's value at y = −∞.</summary>
    protected virtual (Value E, Value D) LossFactors(Value y, Value e, Value d) => (e, d);

    /// <summary>∂L/∂target.</summary>
    protected virtual Value GradTarget(Value y, ExponentialValue exp, Value d)
    {
        string comment = this.HasTargetLogits ? "∂/∂z = exp(y) · (d − loss)" : "∂/∂y = exp(y) · (d + 1)";
        Value dPlusOne = this.HasTargetLogits
            ? this.B.Subtract("dMinusLoss", d, this.B.Argument(new RowArgument("rowLoss", this.B.ComputeType, RowStatistic.Loss)), comment)
            : this.B.Add("dPlusOne", d, this.B.Constant("One", 1), comment + this.Upstream.CommentSuffix);
        Value e = exp.Limited(this.B);
        if (!this.Upstream.Exists && exp.Power is null)
        {
            return this.B.MultiplyAdd("derivative", e, dPlusOne, this.B.Zero);
        }

        (Value? before, Value? after) = this.AllowsLargeProducts(y, exp, dPlusOne).PowerAroundUpstream(this.B);
        e = before is { } power ? this.B.Multiply("eBefore", e, power) : e;
        Value derivative = this.B.Multiply("derivative", e, dPlusOne);
        return this.WithoutMinusZero(exp, this.ScaleGradTarget(derivative, after, comment));
    }

    /// <summary>
    /// Within the margin, exp(y) is a normal number that counts as one only where the product is not smaller than it: there, the power must
    /// come first, or a large d would overflow with the upstream gradient.
    /// </summary>
    private ExponentialValue AllowsLargeProducts(Value y, ExponentialValue exp, Value dPlusOne)
    {
        if (this.Margin == 0 || exp.IsNormal is not { } isNormal)
        {
            return exp;
        }

        FloatFormat format = this.B.Format;
        Value bits = this.B.AndNot("magnitudeBits", this.B.AsInteger("dPlusOneBits", dPlusOne), this.B.Integer("SignBit", format.SignBit));
        Value isLarge = this.B.LessThan("isLarge", this.B.Constant("One", 1), this.B.AsFloating("magnitude", bits), "|d + 1| > 1");
        Value isInMargin = this.B.LessThan("isInMargin", this.B.Constant("MinExactExponent", format.MinNormalExpArgument), y);
        return exp with { IsNormal = this.B.Or("isNormalOrLarge", isNormal, this.B.And("isNormalProduct", isInMargin, isLarge)) };
    }

    /// <summary>∂L/∂input. A power comes after the upstream gradient, so that only the product is rounded.</summary>
    private Value GradInput(ExponentialValue exp)
    {
        const string Comment = "∂/∂x = −exp(y)";
        Value e = exp.Limited(this.B);
        if (!this.Upstream.Exists)
        {
            return this.ScaleGradInput(exp.TimesPower(this.B, "e", e), "minusE", power: null, Comment);
        }

        (Value? before, Value? after) = exp.PowerAroundUpstream(this.B);
        e = before is { } power ? this.B.Multiply("eBefore", e, power) : e;
        return this.WithoutMinusZero(exp, this.ScaleGradInput(e, "minusE", after, Comment));
    }

    /// <summary>A product that a power or a narrower type made too small is 0 rather than −0, on both paths.</summary>
    private Value WithoutMinusZero(ExponentialValue exp, Value product) =>
        exp.Power is null && !this.Upstream.IsWide ? product : this.B.Add("gradient", product, this.B.Zero);

    private void LowerLoss(Value y, ExponentialValue exp, Value d)
    {
        // The power goes to d: where the product is a normal number, no subnormal one comes up, with which processors are slow.
        (Value weight, Value difference) = this.LossFactors(y, exp.Scaled, exp.TimesPower(this.B, "dScaled", d));
        if (this.AddsLoss)
        {
            this.B.Reduce(new PassReduction(LossSum, ReduceOp.Sum, weight, difference));
        }

        if (this.StoresLoss)
        {
            Value loss = this.B.MultiplyAdd("loss", weight, difference, this.B.Zero, "loss = exp(y) · d, and 0 rather than −0");
            this.StoreLoss(loss);
        }
    }
}

/// <summary>The fast path for a target of log-probabilities: a guard excludes results beyond the normal numbers.</summary>
internal sealed class LogTargetFastPath(KernelSpec spec, BodyBuilder b) : LogTargetFormulas(spec, b)
{
    protected override Value Target()
    {
        Value y = OperandAccess.Decode(
            this.B, ParameterRole.Target, this.Spec.Target, Assumption.Finite, this.HasTargetLogits ? LogitsComment : TargetComment);
        return this.HasTargetLogits ? LogSoftmax.Lower(this.B, this.Spec, y) : y;
    }

    protected override ExponentialValue Exponential(Value y) => Planning.Exponential.Fast(this.B, y, this.Margin);

    protected override Value MinusInput(Value y) => this.HasInputLogits
        ? this.B.Subtract("d", y, this.Input(isFinite: true), DifferenceComment)
        : OperandAccess.SubtractFinite(this.B, "d", y, ParameterRole.Input, this.Spec.Input, DifferenceComment);

    protected override ExponentialValue InputExponential() => Planning.Exponential.Fast(this.B, this.Input(isFinite: true));
}

/// <summary>The slow path for a target of log-probabilities: right for every element, with the dialect's value at y = −∞.</summary>
internal sealed class LogTargetSlowPath(KernelSpec spec, BodyBuilder b) : LogTargetFormulas(spec, b)
{
    protected override Value Target()
    {
        Value y = OperandAccess.Decode(
            this.B, ParameterRole.Target, this.Spec.Target, comment: this.HasTargetLogits ? LogitsComment : TargetComment);
        return this.HasTargetLogits ? LogSoftmax.Lower(this.B, this.Spec, y) : y;
    }

    protected override ExponentialValue Exponential(Value y) => Planning.Exponential.Slow(this.B, y, this.Margin);

    protected override Value MinusInput(Value y) =>
        this.B.Subtract("d", y, this.Input(isFinite: false), DifferenceComment);

    protected override ExponentialValue InputExponential() => Planning.Exponential.Slow(this.B, this.Input(isFinite: false));

    /// <summary>At y = −∞ the first factor is not 0 by itself. A probability of 0 contributes 0, or 0 · ∞, which is NaN.</summary>
    protected override (Value E, Value D) LossFactors(Value y, Value e, Value d) => this.Spec.Dialect == Dialect.Strict
        ? (e, this.B.AndNot("difference", d, this.IsMinusInfinity(y, "a probability of 0 contributes 0")))
        : (this.B.AndNot("weight", e, this.IsMinusInfinity(y, "a probability of 0 contributes 0 · ∞ = NaN")), d);

    protected override Value GradTarget(Value y, ExponentialValue exp, Value d)
    {
        Value gradTarget = base.GradTarget(y, exp, d);
        return this.Spec.Dialect == Dialect.Strict
            ? this.B.AndNot("dy", gradTarget, this.IsMinusInfinity(y, "∂/∂y is 0 for a probability of 0"))
            : gradTarget;
    }

    private Value IsMinusInfinity(Value y, string comment) =>
        this.B.Equal("isMinusInfinity", y, this.B.Constant("MinusInfinity", double.NegativeInfinity), comment);
}
