// Written by Matrix/Writer.cs: `dotnet run --project tests/KlDivGen.Conformance -- matrix`.

namespace KlDivGen.Conformance.Matrix;

internal static partial class FlatSingle
{
    [KLDivLoss(Reduction = Reductions.None)]
    public static partial void NonePaddle(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> output);

    [KLDivLoss(Reduction = Reductions.None, Deterministic = true)]
    public static partial void NonePaddleDeterministic(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> output);

    [KLDivLoss(Reduction = Reductions.None, Dialect = Dialects.PyTorch)]
    public static partial void NonePyTorch(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> output);

    [KLDivLoss(Reduction = Reductions.None, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial void NonePyTorchDeterministic(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> output);

    [KLDivLoss(Reduction = Reductions.None, Dialect = Dialects.Strict)]
    public static partial void NoneStrict(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> output);

    [KLDivLoss(Reduction = Reductions.None, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial void NoneStrictDeterministic(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> output);

    [KLDivLoss(Reduction = Reductions.None, LogTarget = true)]
    public static partial void NoneLogPaddle(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> output);

    [KLDivLoss(Reduction = Reductions.None, LogTarget = true, Deterministic = true)]
    public static partial void NoneLogPaddleDeterministic(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> output);

    [KLDivLoss(Reduction = Reductions.None, LogTarget = true, Dialect = Dialects.PyTorch)]
    public static partial void NoneLogPyTorch(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> output);

    [KLDivLoss(Reduction = Reductions.None, LogTarget = true, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial void NoneLogPyTorchDeterministic(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> output);

    [KLDivLoss(Reduction = Reductions.None, LogTarget = true, Dialect = Dialects.Strict)]
    public static partial void NoneLogStrict(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> output);

    [KLDivLoss(Reduction = Reductions.None, LogTarget = true, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial void NoneLogStrictDeterministic(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> output);

    [KLDivLoss(Reduction = Reductions.Mean)]
    public static partial float MeanPaddle(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Mean)]
    public static partial double MeanPaddleToDouble(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Mean, Deterministic = true)]
    public static partial float MeanPaddleDeterministic(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Mean, Deterministic = true)]
    public static partial double MeanPaddleDeterministicToDouble(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Mean, Dialect = Dialects.PyTorch)]
    public static partial float MeanPyTorch(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Mean, Dialect = Dialects.PyTorch)]
    public static partial double MeanPyTorchToDouble(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Mean, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial float MeanPyTorchDeterministic(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Mean, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial double MeanPyTorchDeterministicToDouble(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Mean, Dialect = Dialects.Strict)]
    public static partial float MeanStrict(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Mean, Dialect = Dialects.Strict)]
    public static partial double MeanStrictToDouble(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Mean, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial float MeanStrictDeterministic(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Mean, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial double MeanStrictDeterministicToDouble(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Mean, LogTarget = true)]
    public static partial float MeanLogPaddle(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Mean, LogTarget = true)]
    public static partial double MeanLogPaddleToDouble(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Mean, LogTarget = true, Deterministic = true)]
    public static partial float MeanLogPaddleDeterministic(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Mean, LogTarget = true, Deterministic = true)]
    public static partial double MeanLogPaddleDeterministicToDouble(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Mean, LogTarget = true, Dialect = Dialects.PyTorch)]
    public static partial float MeanLogPyTorch(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Mean, LogTarget = true, Dialect = Dialects.PyTorch)]
    public static partial double MeanLogPyTorchToDouble(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Mean, LogTarget = true, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial float MeanLogPyTorchDeterministic(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Mean, LogTarget = true, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial double MeanLogPyTorchDeterministicToDouble(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Mean, LogTarget = true, Dialect = Dialects.Strict)]
    public static partial float MeanLogStrict(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Mean, LogTarget = true, Dialect = Dialects.Strict)]
    public static partial double MeanLogStrictToDouble(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Mean, LogTarget = true, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial float MeanLogStrictDeterministic(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Mean, LogTarget = true, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial double MeanLogStrictDeterministicToDouble(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Sum)]
    public static partial float SumPaddle(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Sum)]
    public static partial double SumPaddleToDouble(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Sum, Deterministic = true)]
    public static partial float SumPaddleDeterministic(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Sum, Deterministic = true)]
    public static partial double SumPaddleDeterministicToDouble(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Sum, Dialect = Dialects.PyTorch)]
    public static partial float SumPyTorch(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Sum, Dialect = Dialects.PyTorch)]
    public static partial double SumPyTorchToDouble(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Sum, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial float SumPyTorchDeterministic(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Sum, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial double SumPyTorchDeterministicToDouble(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Sum, Dialect = Dialects.Strict)]
    public static partial float SumStrict(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Sum, Dialect = Dialects.Strict)]
    public static partial double SumStrictToDouble(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Sum, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial float SumStrictDeterministic(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Sum, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial double SumStrictDeterministicToDouble(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true)]
    public static partial float SumLogPaddle(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true)]
    public static partial double SumLogPaddleToDouble(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true, Deterministic = true)]
    public static partial float SumLogPaddleDeterministic(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true, Deterministic = true)]
    public static partial double SumLogPaddleDeterministicToDouble(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true, Dialect = Dialects.PyTorch)]
    public static partial float SumLogPyTorch(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true, Dialect = Dialects.PyTorch)]
    public static partial double SumLogPyTorchToDouble(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial float SumLogPyTorchDeterministic(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial double SumLogPyTorchDeterministicToDouble(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true, Dialect = Dialects.Strict)]
    public static partial float SumLogStrict(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true, Dialect = Dialects.Strict)]
    public static partial double SumLogStrictToDouble(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial float SumLogStrictDeterministic(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial double SumLogStrictDeterministicToDouble(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.BatchMean)]
    public static partial float BatchMeanPaddle(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize);

    [KLDivLoss(Reduction = Reductions.BatchMean)]
    public static partial double BatchMeanPaddleToDouble(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize);

    [KLDivLoss(Reduction = Reductions.BatchMean, Deterministic = true)]
    public static partial float BatchMeanPaddleDeterministic(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize);

    [KLDivLoss(Reduction = Reductions.BatchMean, Deterministic = true)]
    public static partial double BatchMeanPaddleDeterministicToDouble(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize);

    [KLDivLoss(Reduction = Reductions.BatchMean, Dialect = Dialects.PyTorch)]
    public static partial float BatchMeanPyTorch(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize);

    [KLDivLoss(Reduction = Reductions.BatchMean, Dialect = Dialects.PyTorch)]
    public static partial double BatchMeanPyTorchToDouble(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize);

    [KLDivLoss(Reduction = Reductions.BatchMean, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial float BatchMeanPyTorchDeterministic(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize);

    [KLDivLoss(Reduction = Reductions.BatchMean, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial double BatchMeanPyTorchDeterministicToDouble(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize);

    [KLDivLoss(Reduction = Reductions.BatchMean, Dialect = Dialects.Strict)]
    public static partial float BatchMeanStrict(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize);

    [KLDivLoss(Reduction = Reductions.BatchMean, Dialect = Dialects.Strict)]
    public static partial double BatchMeanStrictToDouble(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize);

    [KLDivLoss(Reduction = Reductions.BatchMean, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial float BatchMeanStrictDeterministic(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize);

    [KLDivLoss(Reduction = Reductions.BatchMean, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial double BatchMeanStrictDeterministicToDouble(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize);

    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true)]
    public static partial float BatchMeanLogPaddle(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize);

    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true)]
    public static partial double BatchMeanLogPaddleToDouble(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize);

    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true, Deterministic = true)]
    public static partial float BatchMeanLogPaddleDeterministic(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize);

    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true, Deterministic = true)]
    public static partial double BatchMeanLogPaddleDeterministicToDouble(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize);

    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true, Dialect = Dialects.PyTorch)]
    public static partial float BatchMeanLogPyTorch(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize);

    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true, Dialect = Dialects.PyTorch)]
    public static partial double BatchMeanLogPyTorchToDouble(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize);

    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial float BatchMeanLogPyTorchDeterministic(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize);

    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial double BatchMeanLogPyTorchDeterministicToDouble(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize);

    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true, Dialect = Dialects.Strict)]
    public static partial float BatchMeanLogStrict(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize);

    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true, Dialect = Dialects.Strict)]
    public static partial double BatchMeanLogStrictToDouble(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize);

    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial float BatchMeanLogStrictDeterministic(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize);

    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial double BatchMeanLogStrictDeterministicToDouble(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize);
}
