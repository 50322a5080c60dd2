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

    /// <summary>Whether the input holds logits, of which the formulas take the log-softmax.</summary>
    protected bool HasInputLogits => this.Spec.Rows is { InputLogits: true };

    /// <summary>Whether the target holds logits, of which the formulas take the log-softmax.</summary>
    protected bool HasTargetLogits => this.Spec.Rows is { TargetLogits: true };

    /// <summary>Adds the statements and sinks of everything that the method asks for.</summary>
    public abstract void Lower();

    /// <summary>The body of one path.</summary>
    public static BodyBuilder Build(KernelSpec spec, bool isSlowPath)
    {
        BodyBuilder b = new(FloatFormat.Of(StorageFormat.StoredType(spec.ComputeType)), isFused: !spec.Deterministic);
        LossFormulas formulas = (spec.LogTarget, isSlowPath) switch
        {
            (false, false) => new ProbabilityFastPath(spec, b),
            (false, true) => new ProbabilitySlowPath(spec, b),
            (true, false) => new LogTargetFastPath(spec, b),
            (true, true) => new LogTargetSlowPath(spec, b),
        };
        formulas.Lower();
        return b;
    }

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

    /// <summary>x, a log-probability.</summary>
    protected Value Input(bool isFinite, string? comment = null)
    {
        if (this.HasInputLogits)
        {
            comment = "the input's logits";
        }

        Value x = isFinite
            ? OperandAccess.DecodeFinite(this.B, ParameterRole.Input, this.Spec.Input, comment)
            : OperandAccess.Decode(this.B, ParameterRole.Input, this.Spec.Input, comment: comment);
        return this.HasInputLogits ? LogSoftmax.Lower(this.B, this.Spec, x) : x;
    }

    /// <summary>The negative of ∂L/∂input of an input of logits: p − q · Σ p, where p is the target's probability.</summary>
    protected Value GradInputOfLogits(Value p, ExponentialValue q)
    {
        Value sum = this.B.Argument(new RowArgument("targetSum", this.B.ComputeType, RowStatistic.TargetSum));
        Value mass = this.B.Multiply("qTimesSum", q.TimesPower(this.B, "q", q.Limited(this.B)), sum, "∂/∂z = q · Σ p − p");
        return this.ScaleGradInput(this.B.Subtract("minusGradient", p, mass), "gradient", power: null, "∂/∂z = q · Σ p − p");
    }

    /// <summary>∂L/∂input from its negative.</summary>
    protected Value ScaleGradInput(Value negative, string name, Value? power, string comment)
    {
        comment += this.Upstream.CommentSuffix;
        ElementType destination = this.Spec.GradInput!.Value;
        if (this.Upstream.IsScalar)
        {
            return this.Upstream.Multiply(this.B, negative, "dx", this.Upstream.InputScale, power, destination, comment);
        }

        Value gradient = this.B.Subtract(name, this.B.Zero, negative, comment);
        return this.Upstream.Multiply(this.B, gradient, "dx", this.Upstream.InputScale, power, destination, comment: null);
    }

    protected Value ScaleGradTarget(Value derivative, Value? power, string comment) => this.Upstream.Multiply(
        this.B,
        derivative,
        "dy",
        this.Upstream.TargetScale,
        power,
        this.Spec.GradTarget!.Value,
        comment + this.Upstream.CommentSuffix);
}
