// Written by Matrix/Writer.cs: `dotnet run --project tests/KlDivGen.Conformance -- matrix`.

namespace KlDivGen.Conformance.Matrix;

internal static partial class FlatHalfGradients
{
    [KLDivLoss(Reduction = Reductions.None, Deterministic = true)]
    public static partial void NonePaddleDeterministicXUp(
        ReadOnlySpan<Half> input, ReadOnlySpan<Half> target, ReadOnlySpan<Half> gradOutput, Span<Half> gradInput);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true)]
    public static partial void SumLogPaddleXUp(
        ReadOnlySpan<Half> input, ReadOnlySpan<Half> target, Half gradOutput, Span<Half> gradInput);

    [KLDivLoss(Reduction = Reductions.Mean, Dialect = Dialects.PyTorch)]
    public static partial void MeanPyTorchYUp(
        ReadOnlySpan<Half> input, ReadOnlySpan<Half> target, Half gradOutput, Span<Half> gradTarget);

    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial void BatchMeanLogPyTorchDeterministicYUp(
        ReadOnlySpan<Half> input, ReadOnlySpan<Half> target, int batchSize, Half gradOutput, Span<Half> gradTarget);

    [KLDivLoss(Reduction = Reductions.Sum, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial void SumStrictDeterministicXY(
        ReadOnlySpan<Half> input, ReadOnlySpan<Half> target, Span<Half> gradInput, Span<Half> gradTarget);

    [KLDivLoss(Reduction = Reductions.None, LogTarget = true, Dialect = Dialects.Strict)]
    public static partial void NoneLogStrictXY(
        ReadOnlySpan<Half> input, ReadOnlySpan<Half> target, Span<Half> gradInput, Span<Half> gradTarget);

    [KLDivLoss(Reduction = Reductions.BatchMean)]
    public static partial Half BatchMeanPaddleLossX(
        ReadOnlySpan<Half> input, ReadOnlySpan<Half> target, int batchSize, Span<Half> gradInput);

    [KLDivLoss(Reduction = Reductions.Mean, LogTarget = true, Deterministic = true)]
    public static partial Half MeanLogPaddleDeterministicLossX(
        ReadOnlySpan<Half> input, ReadOnlySpan<Half> target, Span<Half> gradInput);

    [KLDivLoss(Reduction = Reductions.None, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial void NonePyTorchDeterministicLossYUp(
        ReadOnlySpan<Half> input, ReadOnlySpan<Half> target, Span<Half> output, ReadOnlySpan<Half> gradOutput, Span<Half> gradTarget);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true, Dialect = Dialects.PyTorch)]
    public static partial Half SumLogPyTorchLossYUp(
        ReadOnlySpan<Half> input, ReadOnlySpan<Half> target, Half gradOutput, Span<Half> gradTarget);

    [KLDivLoss(Reduction = Reductions.Mean, Dialect = Dialects.Strict)]
    public static partial Half MeanStrictLossXYUp(
        ReadOnlySpan<Half> input, ReadOnlySpan<Half> target, Half gradOutput, Span<Half> gradInput, Span<Half> gradTarget);

    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial Half BatchMeanLogStrictDeterministicLossXYUp(
        ReadOnlySpan<Half> input, ReadOnlySpan<Half> target, int batchSize, Half gradOutput, Span<Half> gradInput, Span<Half> gradTarget);
}
