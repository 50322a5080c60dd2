using KlDivGen;

namespace ClusterEvaluation;

/// <summary>The generated method. It is deterministic, so that silos with different processors compute the same bits.</summary>
internal static partial class Losses
{
    /// <summary>Computes the sum of KL(p‖q) of all rows, with p = softmax(target) and q = softmax(input).</summary>
    /// <param name="input">The logits of the student.</param>
    /// <param name="target">The logits of the teacher.</param>
    /// <param name="classes">The length of a row.</param>
    [KLDivLoss(Reduction = Reductions.Sum, InputLogits = true, TargetLogits = true, Deterministic = true)]
    public static partial PartialLoss Divergence(ReadOnlySpan<float> input, ReadOnlySpan<float> target, int classes);
}
