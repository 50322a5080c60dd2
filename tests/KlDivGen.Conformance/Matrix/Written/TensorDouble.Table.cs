// Written by Matrix/Writer.cs: `dotnet run --project tests/KlDivGen.Conformance -- matrix`.
using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Columns;

namespace KlDivGen.Conformance.Matrix;

internal static partial class TensorDouble
{
    /// <summary>Every method of this family.</summary>
    public static Column[] Columns =>
    [
        new Column<double, double, double>(
            new(Reduction.None, false, Dialect.Strict, true, true, Element.Double, Element.Double, null,
                Outputs.Loss, false),
            static (in o) => { NoneStrictDeterministic(
                Tensors.Read(o.Input, o.InputShape, o.InputStrides),
                Tensors.Read(o.Target, o.TargetShape, o.TargetStrides),
                Tensors.Write(o.Output, o.DestinationShape, o.DestinationStrides)); return double.NaN; }),
        new Column<double, double, double>(
            new(Reduction.None, true, Dialect.PyTorch, false, true, Element.Double, Element.Double, null,
                Outputs.Loss, false),
            static (in o) => { NoneLogPyTorch(
                Tensors.Read(o.Input, o.InputShape, o.InputStrides),
                Tensors.Read(o.Target, o.TargetShape, o.TargetStrides),
                Tensors.Write(o.Output, o.DestinationShape, o.DestinationStrides)); return double.NaN; }),
        new Column<double, double, double>(
            new(Reduction.Mean, false, Dialect.Paddle, false, true, Element.Double, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => MeanPaddle(
                Tensors.Read(o.Input, o.InputShape, o.InputStrides),
                Tensors.Read(o.Target, o.TargetShape, o.TargetStrides))),
        new Column<double, double, double>(
            new(Reduction.Mean, true, Dialect.Strict, true, true, Element.Double, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => MeanLogStrictDeterministic(
                Tensors.Read(o.Input, o.InputShape, o.InputStrides),
                Tensors.Read(o.Target, o.TargetShape, o.TargetStrides))),
        new Column<double, double, double>(
            new(Reduction.Sum, false, Dialect.PyTorch, true, true, Element.Double, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => SumPyTorchDeterministic(
                Tensors.Read(o.Input, o.InputShape, o.InputStrides),
                Tensors.Read(o.Target, o.TargetShape, o.TargetStrides))),
        new Column<double, double, double>(
            new(Reduction.Sum, true, Dialect.Paddle, false, true, Element.Double, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => SumLogPaddle(
                Tensors.Read(o.Input, o.InputShape, o.InputStrides),
                Tensors.Read(o.Target, o.TargetShape, o.TargetStrides))),
        new Column<double, double, double>(
            new(Reduction.BatchMean, false, Dialect.Strict, false, true, Element.Double, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => BatchMeanStrict(
                Tensors.Read(o.Input, o.InputShape, o.InputStrides),
                Tensors.Read(o.Target, o.TargetShape, o.TargetStrides))),
        new Column<double, double, double>(
            new(Reduction.BatchMean, true, Dialect.PyTorch, true, true, Element.Double, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => BatchMeanLogPyTorchDeterministic(
                Tensors.Read(o.Input, o.InputShape, o.InputStrides),
                Tensors.Read(o.Target, o.TargetShape, o.TargetStrides))),
    ];
}
