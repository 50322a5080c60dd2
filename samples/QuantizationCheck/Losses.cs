using KlDivGen;

namespace QuantizationCheck;

/// <summary>The generated methods. Each works on the logits themselves and writes one loss for each row, which is one token.</summary>
internal static partial class Losses
{
    /// <summary>Computes KL(p‖q) of each token, with p = softmax(target) and q = softmax(input).</summary>
    /// <param name="input">The logits of the quantized model.</param>
    /// <param name="target">The logits of the reference.</param>
    /// <param name="classes">The size of the vocabulary.</param>
    /// <param name="output">Receives the divergence of each token, in nats.</param>
    /// <param name="gradInput">
    /// Receives the gradient of each token's divergence, which is q − p: the difference of the probabilities, without cancellation. It may
    /// be the memory of <paramref name="input"/>.
    /// </param>
    /// <remarks>The last bits of a row's divergence would otherwise depend on the other rows of its chunk.</remarks>
    [KLDivLoss(Reduction = Reductions.Row, InputLogits = true, TargetLogits = true, Deterministic = true)]
    public static partial void Divergence(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, int classes, Span<float> output, Span<float> gradInput);

    /// <summary>Computes −log q of each token's label, with q = softmax(input): the divergence from a one-hot target.</summary>
    /// <param name="input">The logits of a model.</param>
    /// <param name="target">1 for the label of each token, 0 elsewhere.</param>
    /// <param name="classes">The size of the vocabulary.</param>
    /// <param name="output">Receives the negative log-likelihood of each label, in nats.</param>
    [KLDivLoss(Reduction = Reductions.Row, InputLogits = true)]
    public static partial void NegativeLogLikelihood(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, int classes, Span<float> output);
}
