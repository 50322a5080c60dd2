// Written by Matrix/Writer.cs: `dotnet run --project tests/KlDivGen.Conformance -- matrix`.
using System.Numerics.Tensors;

namespace KlDivGen.Conformance.Matrix;

internal static partial class TensorSingleDouble
{
    [KLDivLoss(Reduction = Reductions.None, Dialect = Dialects.PyTorch)]
    public static partial void NonePyTorch(
        ReadOnlyTensorSpan<float> input, ReadOnlyTensorSpan<double> target, TensorSpan<double> output);

    [KLDivLoss(Reduction = Reductions.None, LogTarget = true, Deterministic = true)]
    public static partial void NoneLogPaddleDeterministic(
        ReadOnlyTensorSpan<float> input, ReadOnlyTensorSpan<double> target, TensorSpan<double> output);

    [KLDivLoss(Reduction = Reductions.Mean, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial double MeanStrictDeterministic(
        ReadOnlyTensorSpan<float> input, ReadOnlyTensorSpan<double> target);

    [KLDivLoss(Reduction = Reductions.Mean, LogTarget = true, Dialect = Dialects.PyTorch)]
    public static partial double MeanLogPyTorch(
        ReadOnlyTensorSpan<float> input, ReadOnlyTensorSpan<double> target);

    [KLDivLoss(Reduction = Reductions.Sum)]
    public static partial double SumPaddle(
        ReadOnlyTensorSpan<float> input, ReadOnlyTensorSpan<double> target);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial double SumLogStrictDeterministic(
        ReadOnlyTensorSpan<float> input, ReadOnlyTensorSpan<double> target);

    [KLDivLoss(Reduction = Reductions.BatchMean, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial double BatchMeanPyTorchDeterministic(
        ReadOnlyTensorSpan<float> input, ReadOnlyTensorSpan<double> target);

    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true)]
    public static partial double BatchMeanLogPaddle(
        ReadOnlyTensorSpan<float> input, ReadOnlyTensorSpan<double> target);
}
