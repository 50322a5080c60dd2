using KlDivGen.Generator.Model;
using KlDivGen.Generator.Plan;
using KlDivGen.Generator.Planning.Rows;

namespace KlDivGen.Generator.Planning;

/// <summary>
/// The formulas of the loss and its gradients, lowered into one body. A subclass is a path of one formula: a fast path adds guards for
/// what it leaves out; a slow path masks special values as the dialect asks, and is right for every element.
/// </summary>
internal abstract class LossFormulas(KernelSpec spec, BodyBuilder b)
{
    /// <summary>The name of the reduction that adds up the losses.</summary>
    public const string LossSum = "loss";

    protected KernelSpec Spec { get; } = spec;

    protected BodyBuilder B { get; } = b;

    protected UpstreamGradient Upstream { get; } = new(spec);

    /// <summary>Whether the losses are added up.</summary>
    public static bool ReturnsLoss(KernelSpec spec) => spec.Reduction == Reduction.Row
        ? spec.Output is not null
        : spec.Reduction != Reduction.None && spec.Return != ReturnType.Void;

    /// <summary>Whether the losses are added up.</summary>
    protected bool AddsLoss => ReturnsLoss(this.Spec);

    protected bool StoresLoss => this.Spec is { Reduction: Reduction.None, Output: not null };

    protected bool NeedsLoss => this.AddsLoss || this.StoresLoss;

    /// <summary>The gradients that are stored, in the order of the parameters.</summary>
    protected IEnumerable<ParameterRole> Gradients => new[] { ParameterRole.GradInput, ParameterRole.GradTarget }
        .Where(gradient => gradient.Info().Element(this.Spec) is not null);

    /// <summary>Whether an operand holds logits, of which the formulas take the log-softmax.</summary>
    protected bool HasLogits(ParameterRole role) =>
        role == ParameterRole.Input ? this.Spec.Rows is { InputLogits: true } : this.Spec.Rows is { TargetLogits: true };

    /// <summary>Adds the statements and sinks of everything that the method asks for.</summary>
    public abstract void Lower();

    /// <summary>The body of one path.</summary>
    /// <param name="spec">The method.</param>
    /// <param name="isSlowPath">Which path.</param>
    /// <param name="sumsDerivatives">Whether it adds up derivatives, in place of everything that the method asks for.</param>
    /// <param name="hasTables">Whether it is for vectors that hold a table.</param>
    public static BodyBuilder Build(KernelSpec spec, bool isSlowPath, bool sumsDerivatives = false, bool hasTables = false)
    {
        BodyBuilder b = new(FloatFormat.Of(StorageFormat.StoredType(spec.ComputeType)), isFused: !spec.Deterministic, hasTables);
        LossFormulas formulas = (spec.Divergence, spec.LogTarget, isSlowPath) switch
        {
            (Divergence.JensenShannon, _, false) => new MixtureFastPath(spec, b),
            (Divergence.JensenShannon, _, true) => new MixtureSlowPath(spec, b),
            (Divergence.Forward, false, false) => new ProbabilityFastPath(spec, b),
            (Divergence.Forward, false, true) => new ProbabilitySlowPath(spec, b),
            (_, _, false) => new LogWeightFastPath(spec, b),
            (_, _, true) => new LogWeightSlowPath(spec, b),
        };
        if (sumsDerivatives)
        {
            formulas.LowerDerivativeSum();
        }
        else
        {
            formulas.Lower();
        }

        return b;
    }

    /// <summary>
    /// Adds up the derivatives by the log-probabilities that logits give, each times its upstream gradient. The gradient by a logit is the
    /// derivative by its log-probability, less its probability times that sum.
    /// </summary>
    protected virtual void LowerDerivativeSum() =>
        throw new NotSupportedException($"A {this.GetType().Name} needs no sum of derivatives.");

    protected void Store(ParameterRole role, ElementType? element, Value value) =>
        OperandAccess.Store(this.B, role, element!.Value, value, canonicalNaN: this.Spec.Deterministic);

    /// <summary>Stores the losses of the elements, times a weight and a factor where the method has some.</summary>
    protected void StoreLoss(Value loss)
    {
        if (this.Spec.Rows is { ScalesLoss: true })
        {
            Value scale = this.B.Argument(new RowArgument("lossScale", this.B.ComputeType, RowStatistic.LossScale));
            loss = this.B.MultiplyAdd("scaledLoss", loss, scale, this.B.Zero);
        }

        this.Store(ParameterRole.Output, this.Spec.Output, loss);
    }

    /// <summary>An operand's log-probability.</summary>
    protected Value LogProbability(ParameterRole role, bool isFinite, string? comment = null)
    {
        if (this.HasLogits(role))
        {
            comment = $"the {role.Info().Name}'s logits";
        }

        ElementType element = role.Info().Element(this.Spec)!.Value;
        Value value = isFinite
            ? OperandAccess.DecodeFinite(this.B, role, element, comment)
            : OperandAccess.Decode(this.B, role, element, comment: comment);
        return this.HasLogits(role) ? LogSoftmax.Lower(this.B, this.Spec, value) : value;
    }

    /// <summary>A sum of an earlier pass over the row.</summary>
    protected Value RowSum(string name) => this.B.Argument(new RowArgument(name, this.B.ComputeType, RowStatistic.Sum));

    /// <summary>
    /// The gradient by the logits of the second distribution, q, from its negative, p − q · Σ p, where p is the weight: the first distribution's
    /// probability.
    /// </summary>
    protected Value GradOfSecondLogits(ParameterRole gradient, Value p, ExponentialValue q)
    {
        p = this.Upstream.TimesElement(this.B, "pTimesUpstream", p);
        Value sum = this.RowSum(gradient == ParameterRole.GradInput ? SumNames.Targets : SumNames.Inputs);
        Value mass = this.B.Multiply("qTimesSum", q.TimesPower(this.B, "q", q.Limited(this.B)), sum, "∂/∂z = q · Σ p − p");
        return this.ScaleNegative(gradient, this.B.Subtract("minusGradient", p, mass), "gradient", power: null, "∂/∂z = q · Σ p − p");
    }

    /// <summary>A gradient from its negative.</summary>
    protected Value ScaleNegative(ParameterRole gradient, Value negative, string name, Value? power, string comment)
    {
        comment += this.Upstream.CommentSuffix;
        Value derivative = this.Upstream.IsScalar ? negative : this.B.Subtract(name, this.B.Zero, negative, comment);
        return this.Scale(gradient, derivative, negated: this.Upstream.IsScalar, power, this.Upstream.IsScalar ? comment : null);
    }

    /// <summary>A gradient from the derivative of the loss.</summary>
    protected Value Scale(ParameterRole gradient, Value derivative, Value? power, string comment) =>
        this.Scale(gradient, derivative, negated: false, power, comment + this.Upstream.CommentSuffix);

    /// <summary>
    /// Within the margin, exp(a) is a normal number that counts as one only where the product with a factor is not smaller than it: there, the
    /// power must come first, or a large factor would overflow with the upstream gradient.
    /// </summary>
    protected ExponentialValue AllowsLargeProducts(Value a, ExponentialValue exp, Value factor, int margin)
    {
        if (margin == 0 || exp.IsNormal is not { } isNormal)
        {
            return exp;
        }

        Value isLarge = this.B.LessThan("isLarge", this.B.Constant("One", 1), this.Magnitude("magnitude", factor), "the factor is beyond ±1");
        Value isInMargin = this.B.LessThan("isInMargin", this.B.Constant("MinExactExponent", this.B.Format.MinNormalExpArgument), a);
        return exp with { IsNormal = this.B.Or("isNormalOrLarge", isNormal, this.B.And("isNormalProduct", isInMargin, isLarge)) };
    }

    /// <summary>
    /// A gradient that has an exponential as a factor. Where that is no normal number, its power comes after the upstream gradient, so that
    /// only the product is rounded.
    /// </summary>
    /// <param name="gradient">The gradient.</param>
    /// <param name="e">The exponential without its power, within its limits.</param>
    /// <param name="exp">The exponential.</param>
    /// <param name="factor">The other factor.</param>
    /// <param name="comment">The comment on the product.</param>
    protected Value TimesExponential(ParameterRole gradient, Value e, ExponentialValue exp, Value factor, string comment)
    {
        if (!this.Upstream.Exists && exp.Power is null)
        {
            return this.B.MultiplyAdd("derivative", e, factor, this.B.Zero);
        }

        (Value? before, Value? after) = exp.PowerAroundUpstream(this.B);
        e = before is { } power ? this.B.Multiply("eBefore", e, power) : e;
        Value derivative = this.B.Multiply("derivative", e, factor);
        if (after is { } remaining && this.Upstream is { Exists: true, IsWide: false })
        {
            (derivative, after) = this.LimitBeforeUpstream(derivative, factor, remaining);
        }

        return this.WithoutMinusZero(exp, this.Scale(gradient, derivative, after, comment));
    }

    /// <summary>
    /// The product of a tiny exponential, without its power, and a huge factor may be so large that it overflows with the upstream gradient. The
    /// power comes first there, unless the derivative is subnormal with it.
    /// </summary>
    private (Value Derivative, Value Remaining) LimitBeforeUpstream(Value derivative, Value factor, Value power)
    {
        double huge = Math.Pow(2, this.B.Format.ExponentBias / 4);
        Value whole = this.B.Multiply("derivativeTimesPower", derivative, power);
        Value isNormal = this.B.LessThanOrEqual(
            "isNormalDerivative", this.B.Constant("MinNormal", this.B.Format.MinNormal, "the smallest normal number"), this.Magnitude("wholeMagnitude", whole));
        Value isHuge = this.B.LessThan(
            "isHuge", this.B.Constant("HugeFactor", huge, "may overflow with a tiny exponential's upstream gradient"), this.Magnitude("magnitude", factor));
        Value comesFirst = this.B.And("powerComesFirst", isHuge, isNormal);
        return (
            this.B.Select("derivativeOrWhole", comesFirst, whole, derivative),
            this.B.Select("powerAfterUpstream", comesFirst, this.B.Constant("One", 1), power));
    }

    /// <summary>The absolute value.</summary>
    protected Value Magnitude(string name, Value value) => this.B.AsFloating(
        name, this.B.AndNot(name + "Bits", this.B.AsInteger(name + "OfBits", value), this.B.Integer("SignBit", this.B.Format.SignBit)));

    /// <summary>A product that a power or a narrower type made too small is 0 rather than −0, on both paths.</summary>
    protected Value WithoutMinusZero(ExponentialValue exp, Value product) =>
        exp.Power is null && !this.Upstream.IsWide ? product : this.B.Add("gradient", product, this.B.Zero);

    private Value Scale(ParameterRole gradient, Value derivative, bool negated, Value? power, string? comment) => this.Upstream.Multiply(
        this.B,
        derivative,
        gradient.Info().Symbol,
        this.Upstream.Scale(gradient, negated),
        power,
        gradient.Info().Element(this.Spec)!.Value,
        comment);
}
