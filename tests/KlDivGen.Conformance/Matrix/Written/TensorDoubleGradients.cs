// Written by Matrix/Writer.cs: `dotnet run --project tests/KlDivGen.Conformance -- matrix`.
using System.Numerics.Tensors;

namespace KlDivGen.Conformance.Matrix;

internal static partial class TensorDoubleGradients
{
    [KLDivLoss(Reduction = Reductions.None, Deterministic = true)]
    public static partial void NonePaddleDeterministicXUp(
        ReadOnlyTensorSpan<double> input, ReadOnlyTensorSpan<double> target, ReadOnlyTensorSpan<double> gradOutput, TensorSpan<double> gradInput);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true)]
    public static partial void SumLogPaddleXUp(
        ReadOnlyTensorSpan<double> input, ReadOnlyTensorSpan<double> target, double gradOutput, TensorSpan<double> gradInput);

    [KLDivLoss(Reduction = Reductions.Mean, Dialect = Dialects.PyTorch)]
    public static partial void MeanPyTorchYUp(
        ReadOnlyTensorSpan<double> input, ReadOnlyTensorSpan<double> target, double gradOutput, TensorSpan<double> gradTarget);

    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial void BatchMeanLogPyTorchDeterministicYUp(
        ReadOnlyTensorSpan<double> input, ReadOnlyTensorSpan<double> target, double gradOutput, TensorSpan<double> gradTarget);

    [KLDivLoss(Reduction = Reductions.Sum, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial void SumStrictDeterministicXY(
        ReadOnlyTensorSpan<double> input, ReadOnlyTensorSpan<double> target, TensorSpan<double> gradInput, TensorSpan<double> gradTarget);

    [KLDivLoss(Reduction = Reductions.None, LogTarget = true, Dialect = Dialects.Strict)]
    public static partial void NoneLogStrictXY(
        ReadOnlyTensorSpan<double> input, ReadOnlyTensorSpan<double> target, TensorSpan<double> gradInput, TensorSpan<double> gradTarget);

    [KLDivLoss(Reduction = Reductions.BatchMean)]
    public static partial double BatchMeanPaddleLossX(
        ReadOnlyTensorSpan<double> input, ReadOnlyTensorSpan<double> target, TensorSpan<double> gradInput);

    [KLDivLoss(Reduction = Reductions.Mean, LogTarget = true, Deterministic = true)]
    public static partial double MeanLogPaddleDeterministicLossX(
        ReadOnlyTensorSpan<double> input, ReadOnlyTensorSpan<double> target, TensorSpan<double> gradInput);

    [KLDivLoss(Reduction = Reductions.None, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial void NonePyTorchDeterministicLossYUp(
        ReadOnlyTensorSpan<double> input, ReadOnlyTensorSpan<double> target, TensorSpan<double> output, ReadOnlyTensorSpan<double> gradOutput, TensorSpan<double> gradTarget);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true, Dialect = Dialects.PyTorch)]
    public static partial double SumLogPyTorchLossYUp(
        ReadOnlyTensorSpan<double> input, ReadOnlyTensorSpan<double> target, double gradOutput, TensorSpan<double> gradTarget);

    [KLDivLoss(Reduction = Reductions.Mean, Dialect = Dialects.Strict)]
    public static partial double MeanStrictLossXYUp(
        ReadOnlyTensorSpan<double> input, ReadOnlyTensorSpan<double> target, double gradOutput, TensorSpan<double> gradInput, TensorSpan<double> gradTarget);

    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial double BatchMeanLogStrictDeterministicLossXYUp(
        ReadOnlyTensorSpan<double> input, ReadOnlyTensorSpan<double> target, double gradOutput, TensorSpan<double> gradInput, TensorSpan<double> gradTarget);
}
