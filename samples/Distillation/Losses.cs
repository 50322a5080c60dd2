using KlDivGen;

namespace Distillation;

/// <summary>The loss that everything here is trained with.</summary>
internal static partial class Losses
{
    /// <summary>
    /// The mean divergence of a batch from its targets, and its gradient, in one pass over the data.
    /// </summary>
    /// <param name="input">Log-probabilities of the network, one row an example.</param>
    /// <param name="target">
    /// The probabilities it is to learn, in the same shape: a teacher's, or 1 for the right class and 0 for the others, for which the
    /// divergence is the cross-entropy.
    /// </param>
    /// <param name="batchSize">The number of examples.</param>
    /// <param name="gradInput">Receives the derivative of the result by <paramref name="input"/>.</param>
    /// <returns>The loss in nats per example.</returns>
    [KLDivLoss(Reduction = Reductions.BatchMean, Deterministic = true)]
    public static partial float WithGradient(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize, Span<float> gradInput);
}
