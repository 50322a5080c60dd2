// Written by Matrix/Writer.cs: `dotnet run --project tests/KlDivGen.Conformance -- matrix`.

namespace KlDivGen.Conformance.Matrix;

internal static partial class FlatHalf
{
    [KLDivLoss(Reduction = Reductions.None, Deterministic = true)]
    public static partial void NonePaddleDeterministic(
        ReadOnlySpan<Half> input, ReadOnlySpan<Half> target, Span<Half> output);

    [KLDivLoss(Reduction = Reductions.None, LogTarget = true, Dialect = Dialects.Strict)]
    public static partial void NoneLogStrict(
        ReadOnlySpan<Half> input, ReadOnlySpan<Half> target, Span<Half> output);

    [KLDivLoss(Reduction = Reductions.Mean, Dialect = Dialects.PyTorch)]
    public static partial float MeanPyTorchToSingle(
        ReadOnlySpan<Half> input, ReadOnlySpan<Half> target);

    [KLDivLoss(Reduction = Reductions.Mean, LogTarget = true, Deterministic = true)]
    public static partial Half MeanLogPaddleDeterministic(
        ReadOnlySpan<Half> input, ReadOnlySpan<Half> target);

    [KLDivLoss(Reduction = Reductions.Sum, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial double SumStrictDeterministicToDouble(
        ReadOnlySpan<Half> input, ReadOnlySpan<Half> target);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true, Dialect = Dialects.PyTorch)]
    public static partial float SumLogPyTorchToSingle(
        ReadOnlySpan<Half> input, ReadOnlySpan<Half> target);

    [KLDivLoss(Reduction = Reductions.BatchMean)]
    public static partial Half BatchMeanPaddle(
        ReadOnlySpan<Half> input, ReadOnlySpan<Half> target, int batchSize);

    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial double BatchMeanLogStrictDeterministicToDouble(
        ReadOnlySpan<Half> input, ReadOnlySpan<Half> target, int batchSize);
}
