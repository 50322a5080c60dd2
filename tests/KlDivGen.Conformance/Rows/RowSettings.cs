using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Cases;

namespace KlDivGen.Conformance.Rows;

/// <summary>What input and target of a method hold.</summary>
internal enum RowForm
{
    /// <summary>Logits on both sides.</summary>
    Pair,

    /// <summary>Logits of the input, probabilities of the target.</summary>
    InputLogits,

    /// <summary>Logits of the input, log-probabilities of the target.</summary>
    InputLogitsLogTarget,

    /// <summary>Log-probabilities of the input, logits of the target.</summary>
    TargetLogits,

    /// <summary>Log-probabilities of the input, probabilities of the target.</summary>
    Probability,

    /// <summary>Log-probabilities on both sides.</summary>
    LogTarget,
}

/// <summary>Where the temperature comes from.</summary>
internal enum TemperatureSource
{
    /// <summary>The method divides by nothing.</summary>
    None,

    /// <summary>The attribute's constant 2, whose inverse is exact.</summary>
    Two,

    /// <summary>The attribute's constant 0.7, whose inverse is not.</summary>
    Fraction,

    /// <summary>A parameter of type <see cref="float"/>.</summary>
    Single,

    /// <summary>A parameter of type <see cref="double"/>.</summary>
    Double,
}

/// <summary>The settings and the signature of one annotated method that computes row by row.</summary>
/// <param name="Form">What input and target hold.</param>
/// <param name="Divergence">Which divergence is computed.</param>
/// <param name="Reduction">How the losses are reduced.</param>
/// <param name="Dialect">The rules for special values.</param>
/// <param name="Deterministic">Whether the bits of the result depend on the data alone.</param>
/// <param name="IsTensor">Whether the data is in tensor spans.</param>
/// <param name="Input">The element type of the input.</param>
/// <param name="Target">The element type of the target.</param>
/// <param name="ReturnsDouble">Whether a loss is returned as a double.</param>
/// <param name="Outputs">The computed results.</param>
/// <param name="GradOutput">The type of <c>gradOutput</c>, or <see langword="null"/> if there is none.</param>
/// <param name="Temperature">Where the temperature comes from.</param>
/// <param name="IsSquared">Whether results are multiplied by the temperature squared.</param>
/// <param name="HasMask">Whether a mask says which rows count.</param>
/// <param name="HasWeights">Whether rows have weights.</param>
/// <param name="IsParallel">Whether large data is computed on several threads.</param>
/// <param name="ReturnsPartialLoss">Whether a sum is returned that merges with others.</param>
internal sealed record RowSettings(
    RowForm Form,
    Divergence Divergence,
    Reduction Reduction,
    Dialect Dialect,
    bool Deterministic,
    bool IsTensor,
    ElementType Input,
    ElementType Target,
    bool ReturnsDouble,
    Outputs Outputs,
    ElementType? GradOutput,
    TemperatureSource Temperature,
    bool IsSquared,
    bool HasMask,
    bool HasWeights,
    bool IsParallel = false,
    bool ReturnsPartialLoss = false)
{
    private const double ConstantFraction = 0.7;

    /// <summary>The contract's T, the type of all other data.</summary>
    public ElementType PromotedType => ElementTypes.Promote(this.Input, this.Target);

    /// <summary>The format of the type that the kernel computes in. Its precision determines the error bounds.</summary>
    public FloatFormat ComputeFormat => FloatFormat.Of(this.PromotedType.HasSixteenBits() ? ElementType.Single : this.PromotedType);

    /// <summary>The format of <see cref="PromotedType"/>, in which results are stored.</summary>
    public FloatFormat StorageFormat => FloatFormat.Of(this.PromotedType);

    public bool InputLogits => this.Form is RowForm.Pair or RowForm.InputLogits or RowForm.InputLogitsLogTarget;

    public bool TargetLogits => this.Form is RowForm.Pair or RowForm.TargetLogits;

    public bool LogTarget => this.Form is RowForm.InputLogitsLogTarget or RowForm.LogTarget;

    public bool HasLoss => this.Outputs.HasFlag(Outputs.Loss);

    public bool HasGradInput => this.Outputs.HasFlag(Outputs.GradInput);

    public bool HasGradTarget => this.Outputs.HasFlag(Outputs.GradTarget);

    /// <summary>Whether there is an <c>output</c>, with the loss of each element or row.</summary>
    public bool HasOutput => this.HasLoss && this.Reduction is (Reduction.None or Reduction.Row);

    /// <summary>Whether <c>output</c> and <c>gradOutput</c> have one value for each row.</summary>
    public bool IsPerRow => this.Reduction == Reduction.Row;

    /// <summary>The type of the returned loss, or <see langword="null"/> for <see langword="void"/>.</summary>
    public ElementType? Return => !this.HasLoss || this.HasOutput ? null : this.ReturnsDouble ? ElementType.Double : this.PromotedType;

    /// <summary>Whether <c>gradOutput</c> is data.</summary>
    public bool HasGradOutputs => this.GradOutput is not null && this.Reduction is (Reduction.None or Reduction.Row);

    /// <summary>Whether each element of logits has an upstream gradient, which is in the gradients of all logits of its row.</summary>
    public bool MixesGradOutputs => this.HasGradOutputs && this.Reduction == Reduction.None && (this.InputLogits || this.TargetLogits);

    public bool TakesTemperature => this.Temperature is TemperatureSource.Single or TemperatureSource.Double;

    /// <summary>The name of the class that contains the method.</summary>
    public string Group => "Rows" + (this.IsTensor ? "Tensor" : "") + (this.Input == this.Target ? $"{this.Input}" : $"{this.Input}{this.Target}")
        + (this.IsParallel ? "Parallel" : "");

    /// <summary>The name of the method, unique in its group.</summary>
    public string Name => $"{this.Form}{(this.Divergence == Divergence.Forward ? "" : $"{this.Divergence}")}{this.Reduction}{(this.Dialect == Dialect.Paddle ? "" : $"{this.Dialect}")}"
        + (this.Deterministic ? "Deterministic" : "")
        + $"{(this.HasLoss ? "Loss" : "")}{(this.HasGradInput ? "X" : "")}{(this.HasGradTarget ? "Y" : "")}"
        + (this.GradOutput is null ? "" : $"Up{this.GradOutput}")
        + (this.Temperature == TemperatureSource.None ? "" : $"T{this.Temperature}")
        + $"{(this.IsSquared ? "Squared" : "")}{(this.HasMask ? "Mask" : "")}{(this.HasWeights ? "Weights" : "")}{(this.ReturnsPartialLoss ? "Partial" : this.ReturnsDouble ? "ToDouble" : "")}";

    /// <summary>The temperature of a call.</summary>
    public double TemperatureOf(double argument) => this.Temperature switch
    {
        TemperatureSource.None => 1,
        TemperatureSource.Two => 2,
        TemperatureSource.Fraction => ConstantFraction,
        TemperatureSource.Single => (float)argument,
        _ => argument,
    };
}
