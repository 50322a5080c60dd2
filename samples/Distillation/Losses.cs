using KlDivGen;

namespace Distillation;

/// <summary>The loss that trains all networks.</summary>
internal static partial class Losses
{
    /// <summary>Computes the mean divergence of a batch from its targets and the gradient, in one pass over the data.</summary>
    /// <param name="input">The log-probabilities of the network, one row for each example.</param>
    /// <param name="target">
    /// The target probabilities, in the same shape: those of a teacher, or one-hot labels, for which the divergence is the
    /// cross-entropy.
    /// </param>
    /// <param name="batchSize">The number of examples.</param>
    /// <param name="gradInput">Receives the gradient of the loss with respect to <paramref name="input"/>.</param>
    /// <returns>The loss in nats per example.</returns>
    [KLDivLoss(Reduction = Reductions.BatchMean, Deterministic = true)]
    public static partial float WithGradient(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize, Span<float> gradInput);
}
