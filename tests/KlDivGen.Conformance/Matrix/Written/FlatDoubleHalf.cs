// Written by Matrix/Writer.cs: `dotnet run --project tests/KlDivGen.Conformance -- matrix`.

namespace KlDivGen.Conformance.Matrix;

internal static partial class FlatDoubleHalf
{
    [KLDivLoss(Reduction = Reductions.None, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial void NoneStrictDeterministic(
        ReadOnlySpan<double> input, ReadOnlySpan<Half> target, Span<double> output);

    [KLDivLoss(Reduction = Reductions.None, LogTarget = true, Dialect = Dialects.PyTorch)]
    public static partial void NoneLogPyTorch(
        ReadOnlySpan<double> input, ReadOnlySpan<Half> target, Span<double> output);

    [KLDivLoss(Reduction = Reductions.Mean)]
    public static partial double MeanPaddle(
        ReadOnlySpan<double> input, ReadOnlySpan<Half> target);

    [KLDivLoss(Reduction = Reductions.Mean, LogTarget = true, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial double MeanLogStrictDeterministic(
        ReadOnlySpan<double> input, ReadOnlySpan<Half> target);

    [KLDivLoss(Reduction = Reductions.Sum, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial double SumPyTorchDeterministic(
        ReadOnlySpan<double> input, ReadOnlySpan<Half> target);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true)]
    public static partial double SumLogPaddle(
        ReadOnlySpan<double> input, ReadOnlySpan<Half> target);

    [KLDivLoss(Reduction = Reductions.BatchMean, Dialect = Dialects.Strict)]
    public static partial double BatchMeanStrict(
        ReadOnlySpan<double> input, ReadOnlySpan<Half> target, int batchSize);

    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial double BatchMeanLogPyTorchDeterministic(
        ReadOnlySpan<double> input, ReadOnlySpan<Half> target, int batchSize);
}
