namespace KlDivGen.Generator.Model;

/// <summary>
/// What the user asked to have computed: the attribute's settings and the data's types. Names, modifiers and everything else
/// that only concerns spelling is in <see cref="MethodSpec"/>.
/// </summary>
/// <param name="Reduction">How the losses become the result.</param>
/// <param name="LogTarget">Whether the target holds log-probabilities.</param>
/// <param name="Dialect">Whose rules decide the special values.</param>
/// <param name="Deterministic">Whether the bits may depend on the data alone.</param>
/// <param name="Layout">How the data lies in memory.</param>
/// <param name="Input">The element type of the input, x.</param>
/// <param name="Target">The element type of the target, y.</param>
/// <param name="Output">The element type of <c>output</c>, where there is one.</param>
/// <param name="GradOutput">The element type of <c>gradOutput</c>, where there is one: a scalar, but data under "none".</param>
/// <param name="GradInput">The element type of <c>gradInput</c>, where there is one.</param>
/// <param name="GradTarget">The element type of <c>gradTarget</c>, where there is one.</param>
/// <param name="Return">What the method returns.</param>
internal sealed record KernelSpec(
    Reduction Reduction,
    bool LogTarget,
    Dialect Dialect,
    bool Deterministic,
    Layout Layout,
    ElementType Input,
    ElementType Target,
    ElementType? Output,
    ElementType? GradOutput,
    ElementType? GradInput,
    ElementType? GradTarget,
    ReturnType Return)
{
    /// <summary>The T of the contract: the wider of input and target.</summary>
    public ElementType Widest => this.Input > this.Target ? this.Input : this.Target;

    /// <summary>What the kernel computes in: <see cref="Widest"/>, but float for Half.</summary>
    public ElementType Computed => this.Widest.ComputedIn();
}
