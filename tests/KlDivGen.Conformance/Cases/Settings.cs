using KlDivGen.Conformance.Arithmetic;

namespace KlDivGen.Conformance.Cases;

/// <summary>How the losses of the elements are reduced to the result.</summary>
internal enum Reduction
{
    None,
    Mean,
    Sum,
    BatchMean,

    /// <summary>The losses of a row are added. Only methods that compute row by row have it.</summary>
    Row,
}

/// <summary>The set of rules for special values.</summary>
internal enum Dialect
{
    Paddle,
    PyTorch,
    Strict,
}

/// <summary>Which divergence of target and input is computed.</summary>
internal enum Divergence
{
    /// <summary>KL(p‖q), p the target and q the input.</summary>
    Forward,

    /// <summary>KL(q‖p).</summary>
    Reverse,

    /// <summary>β · KL(p‖m) + (1 − β) · KL(q‖m) with m = β · p + (1 − β) · q.</summary>
    JensenShannon,
}

/// <summary>The results that a method computes.</summary>
[Flags]
internal enum Outputs
{
    Loss = 1,
    GradInput = 2,
    GradTarget = 4,
}

/// <summary>One row of the matrix: the settings and the signature of one annotated method.</summary>
/// <param name="Reduction">How the losses are reduced.</param>
/// <param name="LogTarget">Whether the target holds log-probabilities.</param>
/// <param name="Dialect">The rules for special values.</param>
/// <param name="Deterministic">Whether the bits of the result depend on the data alone.</param>
/// <param name="IsTensor">Whether the data is in tensor spans.</param>
/// <param name="Input">The element type of the input.</param>
/// <param name="Target">The element type of the target.</param>
/// <param name="Return">The type returned, or <see langword="null"/> for <see langword="void"/>.</param>
/// <param name="Outputs">The computed results.</param>
/// <param name="GradOutput">The type of <c>gradOutput</c>, or <see langword="null"/> if there is none.</param>
/// <param name="Divergence">Which divergence is computed. Only the forward one has dialects.</param>
/// <param name="IsParallel">Whether large data is computed on several threads.</param>
/// <param name="ReturnsPartialLoss">Whether a sum is returned that merges with others.</param>
internal sealed record Settings(
    Reduction Reduction,
    bool LogTarget,
    Dialect Dialect,
    bool Deterministic,
    bool IsTensor,
    ElementType Input,
    ElementType Target,
    ElementType? Return,
    Outputs Outputs,
    ElementType? GradOutput,
    Divergence Divergence = Divergence.Forward,
    bool IsParallel = false,
    bool ReturnsPartialLoss = false)
{
    /// <summary>β of every method that computes the Jensen-Shannon divergence.</summary>
    public const double Beta = 0.3;

    /// <summary>The contract's T, the type of all other data.</summary>
    public ElementType PromotedType => ElementTypes.Promote(this.Input, this.Target);

    /// <summary>The format of the type that the kernel computes in. Its precision determines the error bounds.</summary>
    public FloatFormat ComputeFormat => FloatFormat.Of(this.PromotedType.HasSixteenBits() ? ElementType.Single : this.PromotedType);

    /// <summary>The format of <see cref="PromotedType"/>, in which results are stored.</summary>
    public FloatFormat StorageFormat => FloatFormat.Of(this.PromotedType);

    public bool HasLoss => this.Outputs.HasFlag(Outputs.Loss);

    public bool HasGradInput => this.Outputs.HasFlag(Outputs.GradInput);

    public bool HasGradTarget => this.Outputs.HasFlag(Outputs.GradTarget);

    /// <summary>Whether there is an <c>output</c> for the loss of each element.</summary>
    public bool WritesLoss => this.HasLoss && this.Reduction == Reduction.None;

    /// <summary>Whether any result is written element by element.</summary>
    public bool Writes => this.WritesLoss || this.HasGradInput || this.HasGradTarget;

    /// <summary>Whether a loss is returned.</summary>
    public bool ReturnsLoss => this.HasLoss && this.Return is not null;

    /// <summary>Whether <c>gradOutput</c> has one value for each element.</summary>
    public bool HasGradOutputs => this.GradOutput is not null && this.Reduction == Reduction.None;

    /// <summary>Whether <c>gradOutput</c> is a number.</summary>
    public bool HasScalarGradOutput => this.GradOutput is not null && this.Reduction != Reduction.None;

    public bool TakesBatchSize => this.Reduction == Reduction.BatchMean && !this.IsTensor;

    /// <summary>The name of the class that contains the method. Tests run a group at a time.</summary>
    public string Group => (this.IsTensor ? "Tensor" : "Flat")
        + (this.Input == this.Target ? $"{this.Input}" : $"{this.Input}{this.Target}")
        + (this.IsParallel ? "Parallel" : this.Outputs == Outputs.Loss ? "" : "Gradients");

    /// <summary>The name of the method, unique in its group.</summary>
    public string Name => $"{this.Reduction}{(this.LogTarget ? "Log" : "")}{(this.Divergence == Divergence.Forward ? $"{this.Dialect}" : $"{this.Divergence}")}{(this.Deterministic ? "Deterministic" : "")}"
        + (this.Outputs == Outputs.Loss ? "" : $"{(this.HasLoss ? "Loss" : "")}{(this.HasGradInput ? "X" : "")}{(this.HasGradTarget ? "Y" : "")}")
        + (this.GradOutput is null ? "" : this.GradOutput == this.PromotedType ? "Up" : $"Up{this.GradOutput}")
        + (this.Return is null || this.Return == this.PromotedType ? "" : this.ReturnsPartialLoss ? "Partial" : $"To{this.Return}");
}
