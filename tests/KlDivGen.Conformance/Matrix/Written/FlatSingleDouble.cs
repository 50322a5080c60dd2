// Written by Matrix/Writer.cs: `dotnet run --project tests/KlDivGen.Conformance -- matrix`.

namespace KlDivGen.Conformance.Matrix;

internal static partial class FlatSingleDouble
{
    [KLDivLoss(Reduction = Reductions.None, Dialect = Dialects.PyTorch)]
    public static partial void NonePyTorch(
        ReadOnlySpan<float> input, ReadOnlySpan<double> target, Span<double> output);

    [KLDivLoss(Reduction = Reductions.None, LogTarget = true, Deterministic = true)]
    public static partial void NoneLogPaddleDeterministic(
        ReadOnlySpan<float> input, ReadOnlySpan<double> target, Span<double> output);

    [KLDivLoss(Reduction = Reductions.Mean, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial double MeanStrictDeterministic(
        ReadOnlySpan<float> input, ReadOnlySpan<double> target);

    [KLDivLoss(Reduction = Reductions.Mean, LogTarget = true, Dialect = Dialects.PyTorch)]
    public static partial double MeanLogPyTorch(
        ReadOnlySpan<float> input, ReadOnlySpan<double> target);

    [KLDivLoss(Reduction = Reductions.Sum)]
    public static partial double SumPaddle(
        ReadOnlySpan<float> input, ReadOnlySpan<double> target);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial double SumLogStrictDeterministic(
        ReadOnlySpan<float> input, ReadOnlySpan<double> target);

    [KLDivLoss(Reduction = Reductions.BatchMean, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial double BatchMeanPyTorchDeterministic(
        ReadOnlySpan<float> input, ReadOnlySpan<double> target, int batchSize);

    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true)]
    public static partial double BatchMeanLogPaddle(
        ReadOnlySpan<float> input, ReadOnlySpan<double> target, int batchSize);
}
