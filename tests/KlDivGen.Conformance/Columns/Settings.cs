using KlDivGen.Conformance.Arithmetic;

namespace KlDivGen.Conformance.Columns;

/// <summary>How the losses of the elements become the result.</summary>
internal enum Reduction
{
    None,
    Mean,
    Sum,
    BatchMean,
}

/// <summary>Whose rules decide the special values.</summary>
internal enum Dialect
{
    Paddle,
    PyTorch,
    Strict,
}

/// <summary>What a method computes.</summary>
[Flags]
internal enum Outputs
{
    Loss = 1,
    GradInput = 2,
    GradTarget = 4,
}

/// <summary>One row of the matrix: everything that tells one annotated method from another.</summary>
/// <param name="Reduction">How the losses become the result.</param>
/// <param name="LogTarget">Whether the target holds log-probabilities.</param>
/// <param name="Dialect">Whose special values.</param>
/// <param name="Deterministic">Whether the bits may depend on the data alone.</param>
/// <param name="Tensor">Whether data is in tensor spans.</param>
/// <param name="Input">The element type of x.</param>
/// <param name="Target">The element type of y.</param>
/// <param name="Return">The type returned, or <see langword="null"/> for void.</param>
/// <param name="Outputs">What is computed.</param>
/// <param name="Upstream">Whether there is a <c>gradOutput</c>.</param>
internal sealed record Settings(
    Reduction Reduction,
    bool LogTarget,
    Dialect Dialect,
    bool Deterministic,
    bool Tensor,
    Element Input,
    Element Target,
    Element? Return,
    Outputs Outputs,
    bool Upstream)
{
    /// <summary>The contract's T: the wider of both, which other data is stored in.</summary>
    public Element Widest => this.Input > this.Target ? this.Input : this.Target;

    /// <summary>What is computed in, and whose bounds hold.</summary>
    public Format Computed => Format.Of(this.Widest == Element.Half ? Element.Single : this.Widest);

    public bool HasLoss => this.Outputs.HasFlag(Outputs.Loss);

    public bool HasGradInput => this.Outputs.HasFlag(Outputs.GradInput);

    public bool HasGradTarget => this.Outputs.HasFlag(Outputs.GradTarget);

    public bool WritesLoss => this.HasLoss && this.Reduction == Reduction.None;

    public bool TakesBatchSize => this.Reduction == Reduction.BatchMean && !this.Tensor;

    /// <summary>The class that the row's method is in: what a test runs together.</summary>
    public string Family => (this.Tensor ? "Tensor" : "Flat")
        + (this.Input == this.Target ? $"{this.Input}" : $"{this.Input}{this.Target}")
        + (this.Outputs == Outputs.Loss ? "" : "Gradients");

    /// <summary>The name of the row's method, unique in its family.</summary>
    public string Name => $"{this.Reduction}{(this.LogTarget ? "Log" : "")}{this.Dialect}{(this.Deterministic ? "Deterministic" : "")}"
        + (this.Outputs == Outputs.Loss ? "" : $"{(this.HasLoss ? "Loss" : "")}{(this.HasGradInput ? "X" : "")}{(this.HasGradTarget ? "Y" : "")}")
        + (this.Upstream ? "Up" : "")
        + (this.Return is null || this.Return == this.Widest ? "" : $"To{this.Return}");
}
