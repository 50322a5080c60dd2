// Written by Matrix/Writer.cs: `dotnet run --project tests/KlDivGen.Conformance -- matrix`.

namespace KlDivGen.Conformance.Matrix;

internal static partial class FlatDoubleGradients
{
    [KLDivLoss(Reduction = Reductions.None, Deterministic = true)]
    public static partial void NonePaddleDeterministicXUp(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, ReadOnlySpan<double> gradOutput, Span<double> gradInput);

    [KLDivLoss(Reduction = Reductions.None)]
    public static partial void NonePaddleLossX(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> output, Span<double> gradInput);

    [KLDivLoss(Reduction = Reductions.None, Dialect = Dialects.PyTorch)]
    public static partial void NonePyTorchXY(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> gradInput, Span<double> gradTarget);

    [KLDivLoss(Reduction = Reductions.None, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial void NonePyTorchDeterministicLossXYUp(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> output, ReadOnlySpan<double> gradOutput, Span<double> gradInput, Span<double> gradTarget);

    [KLDivLoss(Reduction = Reductions.None, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial void NoneStrictDeterministicLossYUp(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> output, ReadOnlySpan<double> gradOutput, Span<double> gradTarget);

    [KLDivLoss(Reduction = Reductions.None, Dialect = Dialects.Strict)]
    public static partial void NoneStrictY(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> gradTarget);

    [KLDivLoss(Reduction = Reductions.None, LogTarget = true, Deterministic = true)]
    public static partial void NoneLogPaddleDeterministicLossX(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> output, Span<double> gradInput);

    [KLDivLoss(Reduction = Reductions.None, LogTarget = true)]
    public static partial void NoneLogPaddleX(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> gradInput);

    [KLDivLoss(Reduction = Reductions.None, LogTarget = true, Dialect = Dialects.PyTorch)]
    public static partial void NoneLogPyTorchLossXYUp(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> output, ReadOnlySpan<double> gradOutput, Span<double> gradInput, Span<double> gradTarget);

    [KLDivLoss(Reduction = Reductions.None, LogTarget = true, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial void NoneLogPyTorchDeterministicXYUp(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, ReadOnlySpan<double> gradOutput, Span<double> gradInput, Span<double> gradTarget);

    [KLDivLoss(Reduction = Reductions.None, LogTarget = true, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial void NoneLogStrictDeterministicY(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> gradTarget);

    [KLDivLoss(Reduction = Reductions.None, LogTarget = true, Dialect = Dialects.Strict)]
    public static partial void NoneLogStrictLossY(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> output, Span<double> gradTarget);

    [KLDivLoss(Reduction = Reductions.Mean)]
    public static partial void MeanPaddleYUp(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, double gradOutput, Span<double> gradTarget);

    [KLDivLoss(Reduction = Reductions.Mean, Deterministic = true)]
    public static partial double MeanPaddleDeterministicLossYUp(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, double gradOutput, Span<double> gradTarget);

    [KLDivLoss(Reduction = Reductions.Mean, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial double MeanPyTorchDeterministicLossX(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> gradInput);

    [KLDivLoss(Reduction = Reductions.Mean, Dialect = Dialects.PyTorch)]
    public static partial void MeanPyTorchX(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> gradInput);

    [KLDivLoss(Reduction = Reductions.Mean, Dialect = Dialects.Strict)]
    public static partial double MeanStrictLossXYUp(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, double gradOutput, Span<double> gradInput, Span<double> gradTarget);

    [KLDivLoss(Reduction = Reductions.Mean, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial void MeanStrictDeterministicXYUp(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, double gradOutput, Span<double> gradInput, Span<double> gradTarget);

    [KLDivLoss(Reduction = Reductions.Mean, LogTarget = true)]
    public static partial double MeanLogPaddleLossYUp(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, double gradOutput, Span<double> gradTarget);

    [KLDivLoss(Reduction = Reductions.Mean, LogTarget = true, Deterministic = true)]
    public static partial void MeanLogPaddleDeterministicY(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> gradTarget);

    [KLDivLoss(Reduction = Reductions.Mean, LogTarget = true, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial void MeanLogPyTorchDeterministicX(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> gradInput);

    [KLDivLoss(Reduction = Reductions.Mean, LogTarget = true, Dialect = Dialects.PyTorch)]
    public static partial double MeanLogPyTorchLossXUp(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, double gradOutput, Span<double> gradInput);

    [KLDivLoss(Reduction = Reductions.Mean, LogTarget = true, Dialect = Dialects.Strict)]
    public static partial void MeanLogStrictXYUp(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, double gradOutput, Span<double> gradInput, Span<double> gradTarget);

    [KLDivLoss(Reduction = Reductions.Mean, LogTarget = true, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial double MeanLogStrictDeterministicLossXY(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> gradInput, Span<double> gradTarget);

    [KLDivLoss(Reduction = Reductions.Sum, Deterministic = true)]
    public static partial void SumPaddleDeterministicXY(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> gradInput, Span<double> gradTarget);

    [KLDivLoss(Reduction = Reductions.Sum)]
    public static partial double SumPaddleLossXYUp(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, double gradOutput, Span<double> gradInput, Span<double> gradTarget);

    [KLDivLoss(Reduction = Reductions.Sum, Dialect = Dialects.PyTorch)]
    public static partial double SumPyTorchLossYUp(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, double gradOutput, Span<double> gradTarget);

    [KLDivLoss(Reduction = Reductions.Sum, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial void SumPyTorchDeterministicY(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> gradTarget);

    [KLDivLoss(Reduction = Reductions.Sum, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial void SumStrictDeterministicX(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> gradInput);

    [KLDivLoss(Reduction = Reductions.Sum, Dialect = Dialects.Strict)]
    public static partial double SumStrictLossXUp(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, double gradOutput, Span<double> gradInput);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true, Deterministic = true)]
    public static partial double SumLogPaddleDeterministicLossXYUp(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, double gradOutput, Span<double> gradInput, Span<double> gradTarget);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true)]
    public static partial void SumLogPaddleXYUp(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, double gradOutput, Span<double> gradInput, Span<double> gradTarget);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true, Dialect = Dialects.PyTorch)]
    public static partial void SumLogPyTorchY(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> gradTarget);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial double SumLogPyTorchDeterministicLossY(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> gradTarget);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial double SumLogStrictDeterministicLossXUp(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, double gradOutput, Span<double> gradInput);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true, Dialect = Dialects.Strict)]
    public static partial void SumLogStrictXUp(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, double gradOutput, Span<double> gradInput);

    [KLDivLoss(Reduction = Reductions.BatchMean)]
    public static partial double BatchMeanPaddleLossX(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, int batchSize, Span<double> gradInput);

    [KLDivLoss(Reduction = Reductions.BatchMean, Deterministic = true)]
    public static partial void BatchMeanPaddleDeterministicX(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, int batchSize, Span<double> gradInput);

    [KLDivLoss(Reduction = Reductions.BatchMean, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial double BatchMeanPyTorchDeterministicLossXYUp(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, int batchSize, double gradOutput, Span<double> gradInput, Span<double> gradTarget);

    [KLDivLoss(Reduction = Reductions.BatchMean, Dialect = Dialects.PyTorch)]
    public static partial void BatchMeanPyTorchXYUp(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, int batchSize, double gradOutput, Span<double> gradInput, Span<double> gradTarget);

    [KLDivLoss(Reduction = Reductions.BatchMean, Dialect = Dialects.Strict)]
    public static partial void BatchMeanStrictY(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, int batchSize, Span<double> gradTarget);

    [KLDivLoss(Reduction = Reductions.BatchMean, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial double BatchMeanStrictDeterministicLossY(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, int batchSize, Span<double> gradTarget);

    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true)]
    public static partial void BatchMeanLogPaddleX(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, int batchSize, Span<double> gradInput);

    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true, Deterministic = true)]
    public static partial double BatchMeanLogPaddleDeterministicLossXUp(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, int batchSize, double gradOutput, Span<double> gradInput);

    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial void BatchMeanLogPyTorchDeterministicXYUp(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, int batchSize, double gradOutput, Span<double> gradInput, Span<double> gradTarget);

    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true, Dialect = Dialects.PyTorch)]
    public static partial double BatchMeanLogPyTorchLossXY(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, int batchSize, Span<double> gradInput, Span<double> gradTarget);

    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true, Dialect = Dialects.Strict)]
    public static partial double BatchMeanLogStrictLossY(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, int batchSize, Span<double> gradTarget);

    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial void BatchMeanLogStrictDeterministicYUp(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, int batchSize, double gradOutput, Span<double> gradTarget);
}
