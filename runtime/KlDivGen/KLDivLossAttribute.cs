namespace KlDivGen;

/// <summary>
/// Instructs the KlDivGen source generator to implement a <see langword="partial"/> method as a Kullback–Leibler divergence loss, its
/// gradients, or both.
/// </summary>
/// <remarks>
/// <para>
/// The first parameter is the input x, which holds log-probabilities. The second parameter is the target y, which holds probabilities,
/// or log-probabilities if <see cref="LogTarget"/> is set. The loss of an element is y · (log y − x), or exp(y) · (y − x) if
/// <see cref="LogTarget"/> is set, in nats. This is the definition of <c>paddle.nn.KLDivLoss</c> and <c>torch.nn.KLDivLoss</c>, after
/// S. Kullback and R. A. Leibler, "On Information and Sufficiency", 1951.
/// </para>
/// <para>
/// The name of every further parameter defines its role: <c>output</c>, <c>batchSize</c>, <c>gradOutput</c>, <c>gradInput</c>,
/// <c>gradTarget</c>. Data is in spans or in tensor spans of <see cref="float"/>, <see cref="double"/>, <see cref="Half"/>,
/// <c>System.Numerics.BFloat16</c>, <c>TorchSharp.BFloat16</c>, <c>Microsoft.ML.OnnxRuntime.BFloat16</c> or
/// <c>Microsoft.ML.OnnxRuntime.Float16</c>. All data has the shape of the input; a destination span may be longer.
/// </para>
/// <para>
/// The method checks its arguments before it writes anything. It throws an <see cref="ArgumentException"/> that names the parameter if
/// lengths or shapes differ, if a destination is too short or overlaps other data without being exactly the same memory, or if the
/// batch size does not divide the input's length, and an <see cref="ArgumentOutOfRangeException"/> if the batch size is not positive.
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
    /// Gets or sets how the losses of the elements become the result: <c>"none"</c> writes them to <c>output</c>, <c>"sum"</c> adds
    /// them, <c>"mean"</c> divides their sum by the number of elements, <c>"batchmean"</c> by the batch size.
    /// <see cref="Reductions"/> names the values. The default is <c>"mean"</c>.
    /// </summary>
    public string Reduction { get; set; } = Reductions.Mean;

    /// <summary>
    /// Gets or sets whether the target holds log-probabilities, so that the loss of an element is exp(y) · (y − x). The default is
    /// <see langword="false"/>.
    /// </summary>
    public bool LogTarget { get; set; }

    /// <summary>
    /// Gets or sets which library defines the loss of an element with y ≤ 0, or with y = −∞ for a target of log-probabilities:
    /// <c>"paddle"</c>, <c>"pytorch"</c> or <c>"strict"</c>. <see cref="Dialects"/> names the values. The default is <c>"paddle"</c>.
    /// </summary>
    public string Dialect { get; set; } = Dialects.Paddle;

    /// <summary>
    /// Gets or sets whether the bits of every result depend only on the data, its shape and this attribute: not on vector width, fused
    /// multiply-add, alignment, strides, processor family or compiler. Deterministic methods are slower. The default is
    /// <see langword="false"/>.
    /// </summary>
    /// <remarks>
    /// A deterministic method that returns a loss throws a <see cref="PlatformNotSupportedException"/> where <c>Vector&lt;T&gt;</c> is
    /// wider than 512 bits.
    /// </remarks>
    public bool Deterministic { get; set; }
}
