// Written by Matrix/Writer.cs: `dotnet run --project tests/KlDivGen.Conformance -- matrix`.
using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Columns;

namespace KlDivGen.Conformance.Matrix;

internal static partial class TensorSingleDouble
{
    /// <summary>Every method of this family.</summary>
    public static Column[] Columns =>
    [
        new Column<float, double, double>(
            new(Reduction.None, false, Dialect.PyTorch, false, true, Element.Single, Element.Double, null,
                Outputs.Loss, false),
            static (in o) => { NonePyTorch(
                Tensors.Read(o.Input, o.InputShape, o.InputStrides),
                Tensors.Read(o.Target, o.TargetShape, o.TargetStrides),
                Tensors.Write(o.Output, o.DestinationShape, o.DestinationStrides)); return double.NaN; }),
        new Column<float, double, double>(
            new(Reduction.None, true, Dialect.Paddle, true, true, Element.Single, Element.Double, null,
                Outputs.Loss, false),
            static (in o) => { NoneLogPaddleDeterministic(
                Tensors.Read(o.Input, o.InputShape, o.InputStrides),
                Tensors.Read(o.Target, o.TargetShape, o.TargetStrides),
                Tensors.Write(o.Output, o.DestinationShape, o.DestinationStrides)); return double.NaN; }),
        new Column<float, double, double>(
            new(Reduction.Mean, false, Dialect.Strict, true, true, Element.Single, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => MeanStrictDeterministic(
                Tensors.Read(o.Input, o.InputShape, o.InputStrides),
                Tensors.Read(o.Target, o.TargetShape, o.TargetStrides))),
        new Column<float, double, double>(
            new(Reduction.Mean, true, Dialect.PyTorch, false, true, Element.Single, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => MeanLogPyTorch(
                Tensors.Read(o.Input, o.InputShape, o.InputStrides),
                Tensors.Read(o.Target, o.TargetShape, o.TargetStrides))),
        new Column<float, double, double>(
            new(Reduction.Sum, false, Dialect.Paddle, false, true, Element.Single, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => SumPaddle(
                Tensors.Read(o.Input, o.InputShape, o.InputStrides),
                Tensors.Read(o.Target, o.TargetShape, o.TargetStrides))),
        new Column<float, double, double>(
            new(Reduction.Sum, true, Dialect.Strict, true, true, Element.Single, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => SumLogStrictDeterministic(
                Tensors.Read(o.Input, o.InputShape, o.InputStrides),
                Tensors.Read(o.Target, o.TargetShape, o.TargetStrides))),
        new Column<float, double, double>(
            new(Reduction.BatchMean, false, Dialect.PyTorch, true, true, Element.Single, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => BatchMeanPyTorchDeterministic(
                Tensors.Read(o.Input, o.InputShape, o.InputStrides),
                Tensors.Read(o.Target, o.TargetShape, o.TargetStrides))),
        new Column<float, double, double>(
            new(Reduction.BatchMean, true, Dialect.Paddle, false, true, Element.Single, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => BatchMeanLogPaddle(
                Tensors.Read(o.Input, o.InputShape, o.InputStrides),
                Tensors.Read(o.Target, o.TargetShape, o.TargetStrides))),
    ];
}
