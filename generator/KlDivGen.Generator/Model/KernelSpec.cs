namespace KlDivGen.Generator.Model;

/// <summary>
/// The computation that the user asked for: the attribute's settings and the types of the data. Names, modifiers and everything
/// else that only concerns spelling is in <see cref="MethodSpec"/>.
/// </summary>
/// <param name="Reduction">How the losses become the result.</param>
/// <param name="LogTarget">Whether the target holds log-probabilities.</param>
/// <param name="Dialect">The rules for special values.</param>
/// <param name="Deterministic">Whether the bits must depend on the data alone.</param>
/// <param name="Parallel">Whether large data is computed on several threads.</param>
/// <param name="Divergence">The divergence of target and input.</param>
/// <param name="Beta">The weight of the target in the mixture of <see cref="Divergence.JensenShannon"/>.</param>
/// <param name="Rows">What is computed row by row, or <see langword="null"/> where every element stands for itself.</param>
/// <param name="DataKind">The kind of memory that holds the data.</param>
/// <param name="Input">The element type of the input, x.</param>
/// <param name="Target">The element type of the target, y.</param>
/// <param name="Output">The element type of <c>output</c>, where there is one.</param>
/// <param name="GradOutput">The element type of <c>gradOutput</c>, where there is one: data for "none" and "row", else a scalar.</param>
/// <param name="GradInput">The element type of <c>gradInput</c>, where there is one.</param>
/// <param name="GradTarget">The element type of <c>gradTarget</c>, where there is one.</param>
/// <param name="Return">The return type.</param>
internal sealed record KernelSpec(
    Reduction Reduction,
    bool LogTarget,
    Dialect Dialect,
    bool Deterministic,
    bool Parallel,
    Divergence Divergence,
    double Beta,
    RowSpec? Rows,
    DataKind DataKind,
    ElementType Input,
    ElementType Target,
    ElementType? Output,
    ElementType? GradOutput,
    ElementType? GradInput,
    ElementType? GradTarget,
    ReturnType Return)
{
    /// <summary>The T of the contract: the type that holds the values of input and target.</summary>
    public ElementType PromotedType => ElementTypes.Promote(this.Input, this.Target);

    /// <summary>The type that the kernel computes in: <see cref="PromotedType"/>, but float for 16-bit types.</summary>
    public ElementType ComputeType => this.PromotedType.ComputeType();
}
