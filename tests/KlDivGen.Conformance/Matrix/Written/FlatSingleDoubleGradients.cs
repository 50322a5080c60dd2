// Written by Matrix/Writer.cs: `dotnet run --project tests/KlDivGen.Conformance -- matrix`.

namespace KlDivGen.Conformance.Matrix;

internal static partial class FlatSingleDoubleGradients
{
    [KLDivLoss(Reduction = Reductions.None, Deterministic = true)]
    public static partial void NonePaddleDeterministicXUp(
        ReadOnlySpan<float> input, ReadOnlySpan<double> target, ReadOnlySpan<double> gradOutput, Span<double> gradInput);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true)]
    public static partial void SumLogPaddleXUp(
        ReadOnlySpan<float> input, ReadOnlySpan<double> target, double gradOutput, Span<double> gradInput);

    [KLDivLoss(Reduction = Reductions.Mean, Dialect = Dialects.PyTorch)]
    public static partial void MeanPyTorchYUp(
        ReadOnlySpan<float> input, ReadOnlySpan<double> target, double gradOutput, Span<double> gradTarget);

    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial void BatchMeanLogPyTorchDeterministicYUp(
        ReadOnlySpan<float> input, ReadOnlySpan<double> target, int batchSize, double gradOutput, Span<double> gradTarget);

    [KLDivLoss(Reduction = Reductions.Sum, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial void SumStrictDeterministicXY(
        ReadOnlySpan<float> input, ReadOnlySpan<double> target, Span<double> gradInput, Span<double> gradTarget);

    [KLDivLoss(Reduction = Reductions.None, LogTarget = true, Dialect = Dialects.Strict)]
    public static partial void NoneLogStrictXY(
        ReadOnlySpan<float> input, ReadOnlySpan<double> target, Span<double> gradInput, Span<double> gradTarget);

    [KLDivLoss(Reduction = Reductions.BatchMean)]
    public static partial double BatchMeanPaddleLossX(
        ReadOnlySpan<float> input, ReadOnlySpan<double> target, int batchSize, Span<double> gradInput);

    [KLDivLoss(Reduction = Reductions.Mean, LogTarget = true, Deterministic = true)]
    public static partial double MeanLogPaddleDeterministicLossX(
        ReadOnlySpan<float> input, ReadOnlySpan<double> target, Span<double> gradInput);

    [KLDivLoss(Reduction = Reductions.None, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial void NonePyTorchDeterministicLossYUp(
        ReadOnlySpan<float> input, ReadOnlySpan<double> target, Span<double> output, ReadOnlySpan<double> gradOutput, Span<double> gradTarget);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true, Dialect = Dialects.PyTorch)]
    public static partial double SumLogPyTorchLossYUp(
        ReadOnlySpan<float> input, ReadOnlySpan<double> target, double gradOutput, Span<double> gradTarget);

    [KLDivLoss(Reduction = Reductions.Mean, Dialect = Dialects.Strict)]
    public static partial double MeanStrictLossXYUp(
        ReadOnlySpan<float> input, ReadOnlySpan<double> target, double gradOutput, Span<double> gradInput, Span<double> gradTarget);

    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial double BatchMeanLogStrictDeterministicLossXYUp(
        ReadOnlySpan<float> input, ReadOnlySpan<double> target, int batchSize, double gradOutput, Span<double> gradInput, Span<double> gradTarget);
}
