// Written by Matrix/Writer.cs: `dotnet run --project tests/KlDivGen.Conformance -- matrix`.
using System.Numerics.Tensors;

namespace KlDivGen.Conformance.Matrix;

internal static partial class TensorSingleGradients
{
    [KLDivLoss(Reduction = Reductions.None, Deterministic = true)]
    public static partial void NonePaddleDeterministicXUp(
        ReadOnlyTensorSpan<float> input, ReadOnlyTensorSpan<float> target, ReadOnlyTensorSpan<float> gradOutput, TensorSpan<float> gradInput);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true)]
    public static partial void SumLogPaddleXUp(
        ReadOnlyTensorSpan<float> input, ReadOnlyTensorSpan<float> target, float gradOutput, TensorSpan<float> gradInput);

    [KLDivLoss(Reduction = Reductions.Mean, Dialect = Dialects.PyTorch)]
    public static partial void MeanPyTorchYUp(
        ReadOnlyTensorSpan<float> input, ReadOnlyTensorSpan<float> target, float gradOutput, TensorSpan<float> gradTarget);

    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial void BatchMeanLogPyTorchDeterministicYUp(
        ReadOnlyTensorSpan<float> input, ReadOnlyTensorSpan<float> target, float gradOutput, TensorSpan<float> gradTarget);

    [KLDivLoss(Reduction = Reductions.Sum, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial void SumStrictDeterministicXY(
        ReadOnlyTensorSpan<float> input, ReadOnlyTensorSpan<float> target, TensorSpan<float> gradInput, TensorSpan<float> gradTarget);

    [KLDivLoss(Reduction = Reductions.None, LogTarget = true, Dialect = Dialects.Strict)]
    public static partial void NoneLogStrictXY(
        ReadOnlyTensorSpan<float> input, ReadOnlyTensorSpan<float> target, TensorSpan<float> gradInput, TensorSpan<float> gradTarget);

    [KLDivLoss(Reduction = Reductions.BatchMean)]
    public static partial float BatchMeanPaddleLossX(
        ReadOnlyTensorSpan<float> input, ReadOnlyTensorSpan<float> target, TensorSpan<float> gradInput);

    [KLDivLoss(Reduction = Reductions.Mean, LogTarget = true, Deterministic = true)]
    public static partial float MeanLogPaddleDeterministicLossX(
        ReadOnlyTensorSpan<float> input, ReadOnlyTensorSpan<float> target, TensorSpan<float> gradInput);

    [KLDivLoss(Reduction = Reductions.None, Dialect = Dialects.PyTorch, Deterministic = true)]
    public static partial void NonePyTorchDeterministicLossYUp(
        ReadOnlyTensorSpan<float> input, ReadOnlyTensorSpan<float> target, TensorSpan<float> output, ReadOnlyTensorSpan<float> gradOutput, TensorSpan<float> gradTarget);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true, Dialect = Dialects.PyTorch)]
    public static partial float SumLogPyTorchLossYUp(
        ReadOnlyTensorSpan<float> input, ReadOnlyTensorSpan<float> target, float gradOutput, TensorSpan<float> gradTarget);

    [KLDivLoss(Reduction = Reductions.Mean, Dialect = Dialects.Strict)]
    public static partial float MeanStrictLossXYUp(
        ReadOnlyTensorSpan<float> input, ReadOnlyTensorSpan<float> target, float gradOutput, TensorSpan<float> gradInput, TensorSpan<float> gradTarget);

    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial float BatchMeanLogStrictDeterministicLossXYUp(
        ReadOnlyTensorSpan<float> input, ReadOnlyTensorSpan<float> target, float gradOutput, TensorSpan<float> gradInput, TensorSpan<float> gradTarget);
}
