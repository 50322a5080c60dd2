using System.Numerics.Tensors;
using KlDivGen;

namespace TorchSharpTraining;

/// <summary>
/// The generated losses: softmax of both sides, divergence, and gradient of the student's logits in one call. A row whose mask is false is
/// not read. The loss and its gradient are multiplied by the square of the temperature.
/// </summary>
internal static partial class Losses
{
    /// <summary>The temperature that softens the probabilities of the teacher and of the student.</summary>
    public const float Temperature = 4;

    /// <summary>Computes the mean divergence of the rows that count, and its gradient, for contiguous data.</summary>
    /// <param name="input">The logits of the student.</param>
    /// <param name="target">The logits of the teacher.</param>
    /// <param name="classes">The number of classes, which is the length of a row.</param>
    /// <param name="mask">Whether each row counts.</param>
    /// <param name="gradInput">Receives the gradient of the loss with respect to the student's logits.</param>
    /// <returns>The loss, in nats.</returns>
    [KLDivLoss(
        Reduction = Reductions.BatchMean,
        InputLogits = true,
        TargetLogits = true,
        Temperature = Temperature,
        TemperatureSquared = true)]
    public static partial float Distill(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, int classes, ReadOnlySpan<bool> mask, Span<float> gradInput);

    /// <summary>Computes the mean divergence of the rows that count, and its gradient, for data of any strides.</summary>
    /// <param name="input">The logits of the student. The last dimension is the classes.</param>
    /// <param name="target">The logits of the teacher, in the same shape.</param>
    /// <param name="mask">Whether each row counts.</param>
    /// <param name="gradInput">Receives the gradient of the loss with respect to the student's logits.</param>
    /// <returns>The loss, in nats.</returns>
    [KLDivLoss(
        Reduction = Reductions.BatchMean,
        InputLogits = true,
        TargetLogits = true,
        Temperature = Temperature,
        TemperatureSquared = true)]
    public static partial float Distill(
        ReadOnlyTensorSpan<float> input, ReadOnlyTensorSpan<float> target, ReadOnlySpan<bool> mask, TensorSpan<float> gradInput);
}
