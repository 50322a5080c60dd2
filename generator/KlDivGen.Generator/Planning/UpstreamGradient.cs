using KlDivGen.Generator.Model;
using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Planning;

/// <summary>
/// The factor ∂L/∂loss of every gradient: a scalar that the call computes once, data with a number for each element, or nothing.
/// </summary>
internal sealed class UpstreamGradient(KernelSpec spec)
{
    /// <summary>A gradient without a factor must be 0 rather than −0 by itself; a factor's multiply-add sees to it.</summary>
    public bool Exists => this.IsScalar || this.IsData;

    /// <summary>Whether one number, known when the kernel is called, scales all gradients.</summary>
    public bool IsScalar => spec.Rows is not null ||
        spec.Reduction is Reduction.Mean or Reduction.BatchMean || (spec.Reduction == Reduction.Sum && spec.GradOutput is not null);

    /// <summary>Whether the factor is wider than the type computed in, so that a product is narrowed after it is multiplied.</summary>
    public bool IsWide => this.IsScalar && this.ScaleType != StorageFormat.StoredType(spec.ComputeType);

    /// <summary>Whether each element has a factor of its own.</summary>
    public bool IsData => spec.Reduction == Reduction.None && spec.GradOutput is not null;

    /// <summary>The end of a comment on a gradient.</summary>
    public string CommentSuffix => this.Exists ? ", times the upstream gradient" : string.Empty;

    /// <summary>The scale of a gradient.</summary>
    /// <param name="gradient">The gradient.</param>
    /// <param name="negated">Whether it multiplies the negative of the gradient.</param>
    public Scale Scale(ParameterRole gradient, bool negated) => new(
        gradient.Info().Name + "Scale",
        this.ScaleType,
        negated,
        gradient == ParameterRole.GradInput ? spec.Rows is { InputLogits: true } : spec.Rows is { TargetLogits: true });

    /// <summary>A double <c>gradOutput</c> is multiplied in double, so that only the product is rounded to float.</summary>
    private ScalarType ScaleType => spec.GradOutput == ElementType.Double ? ScalarType.Double : StorageFormat.StoredType(spec.ComputeType);

    /// <summary>
    /// Multiplies a gradient by the factor. The product is 0 rather than −0, so that a mask, which gives 0, changes no bit of a result
    /// that is 0 already.
    /// </summary>
    /// <param name="b">The body.</param>
    /// <param name="gradient">The gradient.</param>
    /// <param name="name">The name of the product.</param>
    /// <param name="scale">The scale to use where the factor is a scalar.</param>
    /// <param name="power">A power of two that the gradient still lacks, or <see langword="null"/>.</param>
    /// <param name="destination">The type in which the product will be stored.</param>
    /// <param name="comment">The comment on the product.</param>
    public Value Multiply(
        BodyBuilder b, Value gradient, string name, Scale scale, Value? power, ElementType destination, string? comment)
    {
        if (this.IsWide)
        {
            return MultiplyInDouble(b, gradient, name, scale, power, destination, comment);
        }

        // The gradient of one logit has the factors of all elements in it.
        Value product = this.IsData && !scale.IsOfLogits ? b.MultiplyAdd(name, gradient, this.OfElement(b), b.Zero, comment) : gradient;
        product = this.IsScalar ? b.MultiplyAdd(name, product, b.Argument(scale), b.Zero, comment) : product;
        return power is null ? product : b.Multiply(name, product, power.Value);
    }

    /// <summary>A value of an element, times the element's factor where each has one.</summary>
    public Value TimesElement(BodyBuilder b, string name, Value value) => this.IsData ? b.Multiply(name, value, this.OfElement(b)) : value;

    /// <summary>The factor of an element, where each has one.</summary>
    public Value OfElement(BodyBuilder b) => OperandAccess.Decode(b, ParameterRole.GradOutput, spec.GradOutput!.Value);

    /// <summary>Multiplies a gradient in double by an argument, and rounds the product once.</summary>
    public static Value MultiplyInDouble(
        BodyBuilder b, Value gradient, string name, Argument scale, Value? power, ElementType destination, string? comment)
    {
        Value wide = b.Widen(name + "Wide", gradient, comment: comment);
        Value zero = b.Constant("Zero", 0, ScalarType.Double);
        Value product = b.MultiplyAdd(name + "Product", wide, b.Argument(scale), zero);
        product = power is null ? product : b.Multiply(name + "Product", product, b.Widen("powerWide", power.Value));
        return StorageFormat.Of(destination)?.RoundToSingle(b, product) ?? b.Narrow(name, product);
    }
}
