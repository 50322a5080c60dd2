// Written by Matrix/Writer.cs: `dotnet run --project tests/KlDivGen.Conformance -- matrix`.
using System.Numerics.Tensors;

namespace KlDivGen.Conformance.Matrix;

internal static partial class TensorHalf
{
    [KLDivLoss(Reduction = Reductions.None, Deterministic = true)]
    public static partial void NonePaddleDeterministic(
        ReadOnlyTensorSpan<Half> input, ReadOnlyTensorSpan<Half> target, TensorSpan<Half> output);

    [KLDivLoss(Reduction = Reductions.None, LogTarget = true, Dialect = Dialects.Strict)]
    public static partial void NoneLogStrict(
        ReadOnlyTensorSpan<Half> input, ReadOnlyTensorSpan<Half> target, TensorSpan<Half> output);

    [KLDivLoss(Reduction = Reductions.Mean, Dialect = Dialects.PyTorch)]
    public static partial float MeanPyTorchToSingle(
        ReadOnlyTensorSpan<Half> input, ReadOnlyTensorSpan<Half> target);

    [KLDivLoss(Reduction = Reductions.Mean, LogTarget = true, Deterministic = true)]
    public static partial Half MeanLogPaddleDeterministic(
        ReadOnlyTensorSpan<Half> input, ReadOnlyTensorSpan<Half> target);

    [KLDivLoss(Reduction = Reductions.Sum, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial double SumStrictDeterministicToDouble(
        ReadOnlyTensorSpan<Half> input, ReadOnlyTensorSpan<Half> target);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true, Dialect = Dialects.PyTorch)]
    public static partial float SumLogPyTorchToSingle(
        ReadOnlyTensorSpan<Half> input, ReadOnlyTensorSpan<Half> target);

    [KLDivLoss(Reduction = Reductions.BatchMean)]
    public static partial Half BatchMeanPaddle(
        ReadOnlyTensorSpan<Half> input, ReadOnlyTensorSpan<Half> target);

    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true, Dialect = Dialects.Strict, Deterministic = true)]
    public static partial double BatchMeanLogStrictDeterministicToDouble(
        ReadOnlyTensorSpan<Half> input, ReadOnlyTensorSpan<Half> target);
}
