// Written by Matrix/Writer.cs: `dotnet run --project tests/KlDivGen.Conformance -- matrix`.

namespace KlDivGen.Conformance.Matrix;

internal static partial class FlatDouble
{
    [KLDivLoss(Reduction = Reductions.None)]
    public static partial void NonePaddle(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> output);

    [KLDivLoss(Reduction = Reductions.None, Deterministic = true)]
    public static partial void NonePaddleDeterministic(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> output);

    [KLDivLoss(Reduction = Reductions.None, Dialect = Dialects.PyTorch)]
    public static partial void NonePyTorch(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> output);

    [KLDivLoss(Reduction = Reductions.None, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial void NonePyTorchDeterministic(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> output);

    [KLDivLoss(Reduction = Reductions.None, Dialect = Dialects.Strict)]
    public static partial void NoneStrict(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> output);

    [KLDivLoss(Reduction = Reductions.None, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial void NoneStrictDeterministic(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> output);

    [KLDivLoss(Reduction = Reductions.None, LogTarget = true)]
    public static partial void NoneLogPaddle(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> output);

    [KLDivLoss(Reduction = Reductions.None, LogTarget = true, Deterministic = true)]
    public static partial void NoneLogPaddleDeterministic(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> output);

    [KLDivLoss(Reduction = Reductions.None, LogTarget = true, Dialect = Dialects.PyTorch)]
    public static partial void NoneLogPyTorch(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> output);

    [KLDivLoss(Reduction = Reductions.None, LogTarget = true, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial void NoneLogPyTorchDeterministic(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> output);

    [KLDivLoss(Reduction = Reductions.None, LogTarget = true, Dialect = Dialects.Strict)]
    public static partial void NoneLogStrict(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> output);

    [KLDivLoss(Reduction = Reductions.None, LogTarget = true, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial void NoneLogStrictDeterministic(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> output);

    [KLDivLoss(Reduction = Reductions.Mean)]
    public static partial double MeanPaddle(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target);

    [KLDivLoss(Reduction = Reductions.Mean, Deterministic = true)]
    public static partial double MeanPaddleDeterministic(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target);

    [KLDivLoss(Reduction = Reductions.Mean, Dialect = Dialects.PyTorch)]
    public static partial double MeanPyTorch(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target);

    [KLDivLoss(Reduction = Reductions.Mean, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial double MeanPyTorchDeterministic(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target);

    [KLDivLoss(Reduction = Reductions.Mean, Dialect = Dialects.Strict)]
    public static partial double MeanStrict(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target);

    [KLDivLoss(Reduction = Reductions.Mean, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial double MeanStrictDeterministic(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target);

    [KLDivLoss(Reduction = Reductions.Mean, LogTarget = true)]
    public static partial double MeanLogPaddle(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target);

    [KLDivLoss(Reduction = Reductions.Mean, LogTarget = true, Deterministic = true)]
    public static partial double MeanLogPaddleDeterministic(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target);

    [KLDivLoss(Reduction = Reductions.Mean, LogTarget = true, Dialect = Dialects.PyTorch)]
    public static partial double MeanLogPyTorch(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target);

    [KLDivLoss(Reduction = Reductions.Mean, LogTarget = true, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial double MeanLogPyTorchDeterministic(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target);

    [KLDivLoss(Reduction = Reductions.Mean, LogTarget = true, Dialect = Dialects.Strict)]
    public static partial double MeanLogStrict(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target);

    [KLDivLoss(Reduction = Reductions.Mean, LogTarget = true, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial double MeanLogStrictDeterministic(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target);

    [KLDivLoss(Reduction = Reductions.Sum)]
    public static partial double SumPaddle(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target);

    [KLDivLoss(Reduction = Reductions.Sum, Deterministic = true)]
    public static partial double SumPaddleDeterministic(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target);

    [KLDivLoss(Reduction = Reductions.Sum, Dialect = Dialects.PyTorch)]
    public static partial double SumPyTorch(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target);

    [KLDivLoss(Reduction = Reductions.Sum, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial double SumPyTorchDeterministic(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target);

    [KLDivLoss(Reduction = Reductions.Sum, Dialect = Dialects.Strict)]
    public static partial double SumStrict(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target);

    [KLDivLoss(Reduction = Reductions.Sum, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial double SumStrictDeterministic(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true)]
    public static partial double SumLogPaddle(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true, Deterministic = true)]
    public static partial double SumLogPaddleDeterministic(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true, Dialect = Dialects.PyTorch)]
    public static partial double SumLogPyTorch(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial double SumLogPyTorchDeterministic(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true, Dialect = Dialects.Strict)]
    public static partial double SumLogStrict(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial double SumLogStrictDeterministic(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target);

    [KLDivLoss(Reduction = Reductions.BatchMean)]
    public static partial double BatchMeanPaddle(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, int batchSize);

    [KLDivLoss(Reduction = Reductions.BatchMean, Deterministic = true)]
    public static partial double BatchMeanPaddleDeterministic(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, int batchSize);

    [KLDivLoss(Reduction = Reductions.BatchMean, Dialect = Dialects.PyTorch)]
    public static partial double BatchMeanPyTorch(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, int batchSize);

    [KLDivLoss(Reduction = Reductions.BatchMean, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial double BatchMeanPyTorchDeterministic(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, int batchSize);

    [KLDivLoss(Reduction = Reductions.BatchMean, Dialect = Dialects.Strict)]
    public static partial double BatchMeanStrict(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, int batchSize);

    [KLDivLoss(Reduction = Reductions.BatchMean, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial double BatchMeanStrictDeterministic(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, int batchSize);

    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true)]
    public static partial double BatchMeanLogPaddle(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, int batchSize);

    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true, Deterministic = true)]
    public static partial double BatchMeanLogPaddleDeterministic(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, int batchSize);

    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true, Dialect = Dialects.PyTorch)]
    public static partial double BatchMeanLogPyTorch(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, int batchSize);

    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial double BatchMeanLogPyTorchDeterministic(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, int batchSize);

    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true, Dialect = Dialects.Strict)]
    public static partial double BatchMeanLogStrict(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, int batchSize);

    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial double BatchMeanLogStrictDeterministic(
        ReadOnlySpan<double> input, ReadOnlySpan<double> target, int batchSize);
}
