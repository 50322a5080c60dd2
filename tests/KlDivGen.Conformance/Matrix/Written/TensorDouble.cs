// Written by Matrix/Writer.cs: `dotnet run --project tests/KlDivGen.Conformance -- matrix`.
using System.Numerics.Tensors;

namespace KlDivGen.Conformance.Matrix;

internal static partial class TensorDouble
{
    [KLDivLoss(Reduction = Reductions.None, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial void NoneStrictDeterministic(
        ReadOnlyTensorSpan<double> input, ReadOnlyTensorSpan<double> target, TensorSpan<double> output);

    [KLDivLoss(Reduction = Reductions.None, LogTarget = true, Dialect = Dialects.PyTorch)]
    public static partial void NoneLogPyTorch(
        ReadOnlyTensorSpan<double> input, ReadOnlyTensorSpan<double> target, TensorSpan<double> output);

    [KLDivLoss(Reduction = Reductions.Mean)]
    public static partial double MeanPaddle(
        ReadOnlyTensorSpan<double> input, ReadOnlyTensorSpan<double> target);

    [KLDivLoss(Reduction = Reductions.Mean, LogTarget = true, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial double MeanLogStrictDeterministic(
        ReadOnlyTensorSpan<double> input, ReadOnlyTensorSpan<double> target);

    [KLDivLoss(Reduction = Reductions.Sum, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial double SumPyTorchDeterministic(
        ReadOnlyTensorSpan<double> input, ReadOnlyTensorSpan<double> target);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true)]
    public static partial double SumLogPaddle(
        ReadOnlyTensorSpan<double> input, ReadOnlyTensorSpan<double> target);

    [KLDivLoss(Reduction = Reductions.BatchMean, Dialect = Dialects.Strict)]
    public static partial double BatchMeanStrict(
        ReadOnlyTensorSpan<double> input, ReadOnlyTensorSpan<double> target);

    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial double BatchMeanLogPyTorchDeterministic(
        ReadOnlyTensorSpan<double> input, ReadOnlyTensorSpan<double> target);
}
