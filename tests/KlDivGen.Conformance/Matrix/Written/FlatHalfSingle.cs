// Written by Matrix/Writer.cs: `dotnet run --project tests/KlDivGen.Conformance -- matrix`.

namespace KlDivGen.Conformance.Matrix;

internal static partial class FlatHalfSingle
{
    [KLDivLoss(Reduction = Reductions.None, Deterministic = true)]
    public static partial void NonePaddleDeterministic(
        ReadOnlySpan<Half> input, ReadOnlySpan<float> target, Span<float> output);

    [KLDivLoss(Reduction = Reductions.None, LogTarget = true, Dialect = Dialects.Strict)]
    public static partial void NoneLogStrict(
        ReadOnlySpan<Half> input, ReadOnlySpan<float> target, Span<float> output);

    [KLDivLoss(Reduction = Reductions.Mean, Dialect = Dialects.PyTorch)]
    public static partial double MeanPyTorchToDouble(
        ReadOnlySpan<Half> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Mean, LogTarget = true, Deterministic = true)]
    public static partial float MeanLogPaddleDeterministic(
        ReadOnlySpan<Half> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Sum, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial float SumStrictDeterministic(
        ReadOnlySpan<Half> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true, Dialect = Dialects.PyTorch)]
    public static partial double SumLogPyTorchToDouble(
        ReadOnlySpan<Half> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.BatchMean)]
    public static partial double BatchMeanPaddleToDouble(
        ReadOnlySpan<Half> input, ReadOnlySpan<float> target, int batchSize);

    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial float BatchMeanLogStrictDeterministic(
        ReadOnlySpan<Half> input, ReadOnlySpan<float> target, int batchSize);
}
