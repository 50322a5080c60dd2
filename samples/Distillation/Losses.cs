using KlDivGen;

namespace Distillation;

/// <summary>
/// The losses that train the networks, in nats per example. Each method computes the softmax, the loss and the gradient of the logits in
/// one call.
/// </summary>
internal static partial class Losses
{
    /// <summary>Computes the mean divergence of a batch from one-hot labels, which is the cross-entropy, and its gradient.</summary>
    /// <param name="input">The logits of the network, one row for each example.</param>
    /// <param name="target">The labels as probabilities, in the same shape.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="gradInput">Receives the gradient of the loss with respect to the logits.</param>
    /// <returns>The loss.</returns>
    [KLDivLoss(Reduction = Reductions.BatchMean, InputLogits = true, Deterministic = true)]
    public static partial float FromLabels(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, int classes, Span<float> gradInput);

    /// <summary>Computes the mean divergence of a batch from a teacher and its gradient, both softened by a temperature.</summary>
    /// <param name="input">The logits of the student, one row for each example.</param>
    /// <param name="target">The logits of the teacher, in the same shape.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="temperature">The temperature T that divides all logits. The loss and its gradient are multiplied by T².</param>
    /// <param name="gradInput">Receives the gradient of the loss with respect to the student's logits.</param>
    /// <returns>The loss.</returns>
    [KLDivLoss(
        Reduction = Reductions.BatchMean, InputLogits = true, TargetLogits = true, TemperatureSquared = true, Deterministic = true)]
    public static partial float FromTeacher(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, int classes, float temperature, Span<float> gradInput);
}
