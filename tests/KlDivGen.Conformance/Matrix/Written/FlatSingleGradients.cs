// Written by Matrix/Writer.cs: `dotnet run --project tests/KlDivGen.Conformance -- matrix`.

namespace KlDivGen.Conformance.Matrix;

internal static partial class FlatSingleGradients
{
    [KLDivLoss(Reduction = Reductions.None, Deterministic = true)]
    public static partial void NonePaddleDeterministicXUp(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, ReadOnlySpan<float> gradOutput, Span<float> gradInput);

    [KLDivLoss(Reduction = Reductions.None)]
    public static partial void NonePaddleLossX(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> output, Span<float> gradInput);

    [KLDivLoss(Reduction = Reductions.None, Dialect = Dialects.PyTorch)]
    public static partial void NonePyTorchXY(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> gradInput, Span<float> gradTarget);

    [KLDivLoss(Reduction = Reductions.None, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial void NonePyTorchDeterministicLossXYUp(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> output, ReadOnlySpan<float> gradOutput, Span<float> gradInput, Span<float> gradTarget);

    [KLDivLoss(Reduction = Reductions.None, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial void NoneStrictDeterministicLossYUp(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> output, ReadOnlySpan<float> gradOutput, Span<float> gradTarget);

    [KLDivLoss(Reduction = Reductions.None, Dialect = Dialects.Strict)]
    public static partial void NoneStrictY(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> gradTarget);

    [KLDivLoss(Reduction = Reductions.None, LogTarget = true, Deterministic = true)]
    public static partial void NoneLogPaddleDeterministicLossX(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> output, Span<float> gradInput);

    [KLDivLoss(Reduction = Reductions.None, LogTarget = true)]
    public static partial void NoneLogPaddleX(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> gradInput);

    [KLDivLoss(Reduction = Reductions.None, LogTarget = true, Dialect = Dialects.PyTorch)]
    public static partial void NoneLogPyTorchLossXYUp(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> output, ReadOnlySpan<float> gradOutput, Span<float> gradInput, Span<float> gradTarget);

    [KLDivLoss(Reduction = Reductions.None, LogTarget = true, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial void NoneLogPyTorchDeterministicXYUp(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, ReadOnlySpan<float> gradOutput, Span<float> gradInput, Span<float> gradTarget);

    [KLDivLoss(Reduction = Reductions.None, LogTarget = true, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial void NoneLogStrictDeterministicY(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> gradTarget);

    [KLDivLoss(Reduction = Reductions.None, LogTarget = true, Dialect = Dialects.Strict)]
    public static partial void NoneLogStrictLossY(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> output, Span<float> gradTarget);

    [KLDivLoss(Reduction = Reductions.Mean)]
    public static partial void MeanPaddleYUp(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, float gradOutput, Span<float> gradTarget);

    [KLDivLoss(Reduction = Reductions.Mean, Deterministic = true)]
    public static partial float MeanPaddleDeterministicLossYUp(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, float gradOutput, Span<float> gradTarget);

    [KLDivLoss(Reduction = Reductions.Mean, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial float MeanPyTorchDeterministicLossX(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> gradInput);

    [KLDivLoss(Reduction = Reductions.Mean, Dialect = Dialects.PyTorch)]
    public static partial void MeanPyTorchX(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> gradInput);

    [KLDivLoss(Reduction = Reductions.Mean, Dialect = Dialects.Strict)]
    public static partial float MeanStrictLossXYUp(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, float gradOutput, Span<float> gradInput, Span<float> gradTarget);

    [KLDivLoss(Reduction = Reductions.Mean, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial void MeanStrictDeterministicXYUp(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, float gradOutput, Span<float> gradInput, Span<float> gradTarget);

    [KLDivLoss(Reduction = Reductions.Mean, LogTarget = true)]
    public static partial float MeanLogPaddleLossYUp(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, float gradOutput, Span<float> gradTarget);

    [KLDivLoss(Reduction = Reductions.Mean, LogTarget = true, Deterministic = true)]
    public static partial void MeanLogPaddleDeterministicY(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> gradTarget);

    [KLDivLoss(Reduction = Reductions.Mean, LogTarget = true, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial void MeanLogPyTorchDeterministicX(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> gradInput);

    [KLDivLoss(Reduction = Reductions.Mean, LogTarget = true, Dialect = Dialects.PyTorch)]
    public static partial float MeanLogPyTorchLossXUp(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, float gradOutput, Span<float> gradInput);

    [KLDivLoss(Reduction = Reductions.Mean, LogTarget = true, Dialect = Dialects.Strict)]
    public static partial void MeanLogStrictXYUp(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, float gradOutput, Span<float> gradInput, Span<float> gradTarget);

    [KLDivLoss(Reduction = Reductions.Mean, LogTarget = true, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial float MeanLogStrictDeterministicLossXY(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> gradInput, Span<float> gradTarget);

    [KLDivLoss(Reduction = Reductions.Sum, Deterministic = true)]
    public static partial void SumPaddleDeterministicXY(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> gradInput, Span<float> gradTarget);

    [KLDivLoss(Reduction = Reductions.Sum)]
    public static partial float SumPaddleLossXYUp(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, float gradOutput, Span<float> gradInput, Span<float> gradTarget);

    [KLDivLoss(Reduction = Reductions.Sum, Dialect = Dialects.PyTorch)]
    public static partial float SumPyTorchLossYUp(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, float gradOutput, Span<float> gradTarget);

    [KLDivLoss(Reduction = Reductions.Sum, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial void SumPyTorchDeterministicY(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> gradTarget);

    [KLDivLoss(Reduction = Reductions.Sum, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial void SumStrictDeterministicX(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> gradInput);

    [KLDivLoss(Reduction = Reductions.Sum, Dialect = Dialects.Strict)]
    public static partial float SumStrictLossXUp(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, float gradOutput, Span<float> gradInput);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true, Deterministic = true)]
    public static partial float SumLogPaddleDeterministicLossXYUp(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, float gradOutput, Span<float> gradInput, Span<float> gradTarget);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true)]
    public static partial void SumLogPaddleXYUp(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, float gradOutput, Span<float> gradInput, Span<float> gradTarget);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true, Dialect = Dialects.PyTorch)]
    public static partial void SumLogPyTorchY(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> gradTarget);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial float SumLogPyTorchDeterministicLossY(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> gradTarget);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial float SumLogStrictDeterministicLossXUp(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, float gradOutput, Span<float> gradInput);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true, Dialect = Dialects.Strict)]
    public static partial void SumLogStrictXUp(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, float gradOutput, Span<float> gradInput);

    [KLDivLoss(Reduction = Reductions.BatchMean)]
    public static partial float BatchMeanPaddleLossX(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize, Span<float> gradInput);

    [KLDivLoss(Reduction = Reductions.BatchMean, Deterministic = true)]
    public static partial void BatchMeanPaddleDeterministicX(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize, Span<float> gradInput);

    [KLDivLoss(Reduction = Reductions.BatchMean, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial float BatchMeanPyTorchDeterministicLossXYUp(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize, float gradOutput, Span<float> gradInput, Span<float> gradTarget);

    [KLDivLoss(Reduction = Reductions.BatchMean, Dialect = Dialects.PyTorch)]
    public static partial void BatchMeanPyTorchXYUp(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize, float gradOutput, Span<float> gradInput, Span<float> gradTarget);

    [KLDivLoss(Reduction = Reductions.BatchMean, Dialect = Dialects.Strict)]
    public static partial void BatchMeanStrictY(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize, Span<float> gradTarget);

    [KLDivLoss(Reduction = Reductions.BatchMean, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial float BatchMeanStrictDeterministicLossY(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize, Span<float> gradTarget);

    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true)]
    public static partial void BatchMeanLogPaddleX(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize, Span<float> gradInput);

    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true, Deterministic = true)]
    public static partial float BatchMeanLogPaddleDeterministicLossXUp(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize, float gradOutput, Span<float> gradInput);

    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial void BatchMeanLogPyTorchDeterministicXYUp(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize, float gradOutput, Span<float> gradInput, Span<float> gradTarget);

    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true, Dialect = Dialects.PyTorch)]
    public static partial float BatchMeanLogPyTorchLossXY(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize, Span<float> gradInput, Span<float> gradTarget);

    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true, Dialect = Dialects.Strict)]
    public static partial float BatchMeanLogStrictLossY(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize, Span<float> gradTarget);

    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial void BatchMeanLogStrictDeterministicYUp(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize, float gradOutput, Span<float> gradTarget);
}
