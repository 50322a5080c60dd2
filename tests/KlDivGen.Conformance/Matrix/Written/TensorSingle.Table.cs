// Written by Matrix/Writer.cs: `dotnet run --project tests/KlDivGen.Conformance -- matrix`.
using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Columns;

namespace KlDivGen.Conformance.Matrix;

internal static partial class TensorSingle
{
    /// <summary>Every method of this family.</summary>
    public static Column[] Columns =>
    [
        new Column<float, float, float>(
            new(Reduction.None, false, Dialect.PyTorch, false, true, Element.Single, Element.Single, null,
                Outputs.Loss, false),
            static (in o) => { NonePyTorch(
                Tensors.Read(o.Input, o.InputShape, o.InputStrides),
                Tensors.Read(o.Target, o.TargetShape, o.TargetStrides),
                Tensors.Write(o.Output, o.DestinationShape, o.DestinationStrides)); return double.NaN; }),
        new Column<float, float, float>(
            new(Reduction.None, true, Dialect.Paddle, true, true, Element.Single, Element.Single, null,
                Outputs.Loss, false),
            static (in o) => { NoneLogPaddleDeterministic(
                Tensors.Read(o.Input, o.InputShape, o.InputStrides),
                Tensors.Read(o.Target, o.TargetShape, o.TargetStrides),
                Tensors.Write(o.Output, o.DestinationShape, o.DestinationStrides)); return double.NaN; }),
        new Column<float, float, float>(
            new(Reduction.Mean, false, Dialect.Strict, true, true, Element.Single, Element.Single, Element.Single,
                Outputs.Loss, false),
            static (in o) => MeanStrictDeterministic(
                Tensors.Read(o.Input, o.InputShape, o.InputStrides),
                Tensors.Read(o.Target, o.TargetShape, o.TargetStrides))),
        new Column<float, float, float>(
            new(Reduction.Mean, true, Dialect.PyTorch, false, true, Element.Single, Element.Single, Element.Double,
                Outputs.Loss, false),
            static (in o) => MeanLogPyTorchToDouble(
                Tensors.Read(o.Input, o.InputShape, o.InputStrides),
                Tensors.Read(o.Target, o.TargetShape, o.TargetStrides))),
        new Column<float, float, float>(
            new(Reduction.Sum, false, Dialect.Paddle, false, true, Element.Single, Element.Single, Element.Double,
                Outputs.Loss, false),
            static (in o) => SumPaddleToDouble(
                Tensors.Read(o.Input, o.InputShape, o.InputStrides),
                Tensors.Read(o.Target, o.TargetShape, o.TargetStrides))),
        new Column<float, float, float>(
            new(Reduction.Sum, true, Dialect.Strict, true, true, Element.Single, Element.Single, Element.Single,
                Outputs.Loss, false),
            static (in o) => SumLogStrictDeterministic(
                Tensors.Read(o.Input, o.InputShape, o.InputStrides),
                Tensors.Read(o.Target, o.TargetShape, o.TargetStrides))),
        new Column<float, float, float>(
            new(Reduction.BatchMean, false, Dialect.PyTorch, true, true, Element.Single, Element.Single, Element.Single,
                Outputs.Loss, false),
            static (in o) => BatchMeanPyTorchDeterministic(
                Tensors.Read(o.Input, o.InputShape, o.InputStrides),
                Tensors.Read(o.Target, o.TargetShape, o.TargetStrides))),
        new Column<float, float, float>(
            new(Reduction.BatchMean, true, Dialect.Paddle, false, true, Element.Single, Element.Single, Element.Double,
                Outputs.Loss, false),
            static (in o) => BatchMeanLogPaddleToDouble(
                Tensors.Read(o.Input, o.InputShape, o.InputStrides),
                Tensors.Read(o.Target, o.TargetShape, o.TargetStrides))),
    ];
}
