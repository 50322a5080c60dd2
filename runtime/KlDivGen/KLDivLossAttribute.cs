namespace KlDivGen;

/// <summary>
/// Asks the KlDivGen source generator to implement a <see langword="partial"/> method as a Kullback–Leibler divergence loss.
/// </summary>
/// <remarks>
/// <para>
/// The first parameter is the input x, which holds log-probabilities; the second is the target y, which holds probabilities, or
/// log-probabilities with <see cref="LogTarget"/>. The loss of one element is y · (log y − x), or exp(y) · (y − x) with
/// <see cref="LogTarget"/>: the definition of <c>paddle.nn.KLDivLoss</c> and <c>torch.nn.KLDivLoss</c>.
/// </para>
/// <para>
/// Every further parameter has its role by its name: <c>output</c>, <c>batchSize</c>, <c>gradOutput</c>, <c>gradInput</c>,
/// <c>gradTarget</c>. Data is in spans, or in tensor spans, of <see cref="float"/>, <see cref="double"/> or <see cref="Half"/>.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// static partial class Losses
/// {
///     [KLDivLoss(Reduction = Reductions.BatchMean)]
///     public static partial float Distill(ReadOnlySpan&lt;float&gt; input, ReadOnlySpan&lt;float&gt; target, int batchSize);
/// }
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KLDivLossAttribute : Attribute
{
    /// <summary>
    /// How the losses of the elements become the result: <c>"none"</c> writes them all to <c>output</c>, <c>"sum"</c> adds them,
    /// <c>"mean"</c> divides their sum by their number, <c>"batchmean"</c> by the first dimension. <see cref="Reductions"/> names
    /// the values. The default is <c>"mean"</c>.
    /// </summary>
    public string Reduction { get; set; } = Reductions.Mean;

    /// <summary>
    /// Whether the target holds log-probabilities: the loss of an element is then exp(y) · (y − x). The default is
    /// <see langword="false"/>.
    /// </summary>
    public bool LogTarget { get; set; }

    /// <summary>
    /// Whose rules decide the values at y ≤ 0 and at a log-probability of −∞: <c>"paddle"</c>, <c>"pytorch"</c> or
    /// <c>"strict"</c>. <see cref="Dialects"/> names the values. The default is <c>"paddle"</c>.
    /// </summary>
    public string Dialect { get; set; } = Dialects.Paddle;

    /// <summary>
    /// Whether the bits of every result depend on the data, its shape and this attribute alone: not on the vector width, FMA,
    /// alignment, strides, processor family or compiler. It costs some speed. The default is <see langword="false"/>.
    /// </summary>
    public bool Deterministic { get; set; }
}
