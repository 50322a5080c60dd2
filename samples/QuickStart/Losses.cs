using KlDivGen;

namespace QuickStart;

/// <summary>
/// The kernels of the demonstration. Each declaration says what it wants, and the generator writes the other half: open
/// "Dependencies, Analyzers, KlDivGen.Generator" in an editor, or go to the definition of a method, to read it.
/// </summary>
internal static partial class Losses
{
    /// <summary>The loss of each element, y · (log y − x).</summary>
    [KLDivLoss(Reduction = Reductions.None)]
    public static partial void Each(ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> output);

    /// <summary>The mean loss; <c>double</c> keeps the digits that a <c>float</c> would round away.</summary>
    [KLDivLoss]
    public static partial double Mean(ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    /// <summary>The sum of the losses.</summary>
    [KLDivLoss(Reduction = Reductions.Sum)]
    public static partial double Sum(ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    /// <summary>The sum of the losses divided by the number of examples.</summary>
    [KLDivLoss(Reduction = Reductions.BatchMean)]
    public static partial double BatchMean(ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize);

    /// <summary>The loss of each element, exp(y) · (y − x).</summary>
    [KLDivLoss(Reduction = Reductions.None, LogTarget = true)]
    public static partial void EachOfLog(ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> output);

    /// <summary>The mean loss, the target in logarithms.</summary>
    [KLDivLoss(LogTarget = true)]
    public static partial double MeanOfLog(ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    /// <summary>The sum of the losses, the target in logarithms.</summary>
    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true)]
    public static partial double SumOfLog(ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    /// <summary>The sum of the losses divided by the number of examples, the target in logarithms.</summary>
    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true)]
    public static partial double BatchMeanOfLog(ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize);
}
