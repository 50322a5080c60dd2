namespace KlDivGen;

/// <summary>
/// Instructs the KlDivGen source generator to implement a <see langword="partial"/> method as a Kullback–Leibler divergence loss, its
/// gradients, or both.
/// </summary>
/// <remarks>
/// <para>
/// The first parameter is the input x, which holds log-probabilities, or logits if <see cref="InputLogits"/> is set. The second parameter
/// is the target y, which holds probabilities, log-probabilities if <see cref="LogTarget"/> is set, or logits if
/// <see cref="TargetLogits"/> is set. The loss of an element is y · (log y − x), or exp(y) · (y − x) if <see cref="LogTarget"/> is set,
/// in nats. This is the definition of <c>paddle.nn.KLDivLoss</c> and <c>torch.nn.KLDivLoss</c>, after
/// S. Kullback and R. A. Leibler, "On Information and Sufficiency", 1951. <see cref="Divergence"/> selects other divergences.
/// </para>
/// <para>
/// The name of every further parameter defines its role: <c>output</c>, <c>batchSize</c>, <c>gradOutput</c>, <c>gradInput</c>,
/// <c>gradTarget</c>, <c>classes</c>, <c>temperature</c>, <c>mask</c>, <c>weights</c>, <c>maxDegreeOfParallelism</c>. Data is in spans or in tensor spans of
/// <see cref="float"/>, <see cref="double"/>, <see cref="Half"/>, <c>System.Numerics.BFloat16</c>, <c>TorchSharp.BFloat16</c>,
/// <c>Microsoft.ML.OnnxRuntime.BFloat16</c> or <c>Microsoft.ML.OnnxRuntime.Float16</c>. All data has the shape of the input, except what
/// has one value per row; a destination span may be longer.
/// </para>
/// <para>
/// Data is rows with <see cref="InputLogits"/>, <see cref="TargetLogits"/>, the reduction <c>"row"</c>, or one of the parameters
/// <c>classes</c>, <c>mask</c> and <c>weights</c>. A row has one element per class. In spans, rows of <c>classes</c> elements follow one
/// another, and <c>classes</c> (an <see cref="int"/>) is required. In tensor spans, rows are the last dimension.
/// </para>
/// <list type="table">
/// <item>
/// <term><c>mask</c></term>
/// <description>
/// A <c>ReadOnlySpan&lt;bool&gt;</c> with one value per row, in row-major order of the leading dimensions. A row whose mask is
/// <see langword="false"/> is not read, and does not count: its loss and gradients are 0.
/// </description>
/// </item>
/// <item>
/// <term><c>weights</c></term>
/// <description>
/// A <c>ReadOnlySpan&lt;T&gt;</c> with one value per row, in the same order, where T is the wider type of input and target. It multiplies
/// the loss and the gradients of the row.
/// </description>
/// </item>
/// <item>
/// <term><c>temperature</c></term>
/// <description>
/// A <see cref="float"/> or <see cref="double"/> that divides every logit, where the temperature is known only at run time. It replaces
/// <see cref="Temperature"/>.
/// </description>
/// </item>
/// <item>
/// <term><c>maxDegreeOfParallelism</c></term>
/// <description>
/// An <see cref="int"/>, with <see cref="Parallel"/>: the maximum number of threads, the calling one included; −1 for one per processor.
/// </description>
/// </item>
/// </list>
/// <para>
/// The method checks its arguments before it writes anything. It throws an <see cref="ArgumentException"/> that names the parameter if
/// lengths or shapes differ, if a destination is too short or overlaps other data without being exactly the same memory, or if
/// <c>batchSize</c> or <c>classes</c> does not divide the input's length. It throws an <see cref="ArgumentOutOfRangeException"/> if
/// <c>batchSize</c> or <c>classes</c> is not positive, if <c>temperature</c>, its reciprocal or, with <see cref="TemperatureSquared"/>, its
/// square is not a positive finite number, or if <c>maxDegreeOfParallelism</c> is neither positive nor −1.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// static partial class Losses
/// {
///     [KLDivLoss(Reduction = Reductions.BatchMean)]
///     public static partial float Distill(ReadOnlySpan&lt;float&gt; input, ReadOnlySpan&lt;float&gt; target, int batchSize);
///
///     [KLDivLoss(Reduction = Reductions.BatchMean, InputLogits = true, TargetLogits = true, Temperature = 2, TemperatureSquared = true)]
///     public static partial float DistillLogits(
///         ReadOnlySpan&lt;float&gt; input, ReadOnlySpan&lt;float&gt; target, int classes, Span&lt;float&gt; gradInput);
/// }
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KLDivLossAttribute : Attribute
{
    /// <summary>
    /// Gets or sets how the losses of the elements become the result: <c>"none"</c> writes them to <c>output</c>, <c>"sum"</c> adds
    /// them, <c>"mean"</c> divides their sum by the number of elements, <c>"batchmean"</c> by the batch size, <c>"row"</c> adds those of
    /// each row and writes one loss per row to <c>output</c>. A sum may be returned as a <see cref="PartialLoss"/>, which merges with others.
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
    /// <c>"paddle"</c>, <c>"pytorch"</c> or <c>"strict"</c>. <see cref="Dialects"/> names the values. The default is <c>"paddle"</c>. Not
    /// together with <see cref="TargetLogits"/>, because the softmax of logits is never negative, or with another <see cref="Divergence"/>
    /// than the forward one, whose special values no library defines.
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

    /// <summary>
    /// Gets or sets whether large data is computed in pieces on all processors: on the calling thread and on threads of the pool. The
    /// results do not depend on how many there are. The default is <see langword="false"/>.
    /// </summary>
    /// <remarks>
    /// Fewer than 131,072 elements are computed on the calling thread, at no extra cost. Nothing is allocated after a thread's first call. A
    /// parameter <c>maxDegreeOfParallelism</c> limits the number of threads. The bits of a deterministic method are those that it has
    /// without this setting. A row of 262,144 classes or more is cut into pieces too.
    /// </remarks>
    public bool Parallel { get; set; }

    /// <summary>
    /// Gets or sets whether the input holds logits: q = softmax(input / temperature) over each row, and the kernel computes log q. The
    /// gradient is that of the logits. The default is <see langword="false"/>.
    /// </summary>
    /// <remarks>A row of which all logits are −∞, or one is +∞ or NaN, has the loss NaN, and so have its gradients.</remarks>
    public bool InputLogits { get; set; }

    /// <summary>
    /// Gets or sets whether the target holds logits: p = softmax(target / temperature) over each row. The gradient is that of the logits.
    /// The default is <see langword="false"/>. Not together with <see cref="LogTarget"/>.
    /// </summary>
    /// <remarks>A row of which all logits are −∞, or one is +∞ or NaN, has the loss NaN, and so have its gradients.</remarks>
    public bool TargetLogits { get; set; }

    /// <summary>
    /// Gets or sets the temperature, a positive finite number that divides every logit before the softmax. Probabilities and
    /// log-probabilities are not changed by it. The default is 1. A parameter <c>temperature</c> replaces it.
    /// </summary>
    /// <remarks>After G. Hinton, O. Vinyals and J. Dean, "Distilling the Knowledge in a Neural Network", 2015.</remarks>
    public double Temperature { get; set; } = 1;

    /// <summary>
    /// Gets or sets whether the loss and the gradients are multiplied by the temperature squared, so that the size of the gradients hardly
    /// depends on the temperature. The default is <see langword="false"/>.
    /// </summary>
    /// <remarks>
    /// After G. Hinton, O. Vinyals and J. Dean, "Distilling the Knowledge in a Neural Network", 2015: gradients of logits that are divided
    /// by T are smaller by the factor 1 / T².
    /// </remarks>
    public bool TemperatureSquared { get; set; }

    /// <summary>
    /// Gets or sets the divergence of the target p and the input q: <c>"forward"</c> is KL(p‖q), <c>"reverse"</c> is KL(q‖p), and
    /// <c>"jsd"</c> is the generalized Jensen–Shannon divergence with <see cref="Beta"/>. <see cref="Divergences"/> names the values. The
    /// default is <c>"forward"</c>; the others have no <see cref="Dialect"/>: a probability of 0 contributes 0, and the reverse
    /// divergence is infinite where q is positive and p is 0.
    /// </summary>
    public string Divergence { get; set; } = Divergences.Forward;

    /// <summary>
    /// Gets or sets β, the weight of the target in the mixture of the divergence <c>"jsd"</c>, with 0 &lt; β &lt; 1. The default is 0.5,
    /// the Jensen–Shannon divergence.
    /// </summary>
    public double Beta { get; set; } = 0.5;
}
