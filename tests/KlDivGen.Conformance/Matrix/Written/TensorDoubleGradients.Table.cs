// Written by Matrix/Writer.cs: `dotnet run --project tests/KlDivGen.Conformance -- matrix`.
using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Columns;

namespace KlDivGen.Conformance.Matrix;

internal static partial class TensorDoubleGradients
{
    /// <summary>Every method of this family.</summary>
    public static Column[] Columns =>
    [
        new Column<double, double, double>(
            new(Reduction.None, false, Dialect.Paddle, true, true, Element.Double, Element.Double, null,
                Outputs.GradInput, true),
            static (in o) => { NonePaddleDeterministicXUp(
                Tensors.Read(o.Input, o.InputShape, o.InputStrides),
                Tensors.Read(o.Target, o.TargetShape, o.TargetStrides),
                Tensors.Read(o.GradOutputs, o.DestinationShape, o.DestinationStrides),
                Tensors.Write(o.GradInput, o.DestinationShape, o.DestinationStrides)); return double.NaN; }),
        new Column<double, double, double>(
            new(Reduction.Sum, true, Dialect.Paddle, false, true, Element.Double, Element.Double, null,
                Outputs.GradInput, true),
            static (in o) => { SumLogPaddleXUp(
                Tensors.Read(o.Input, o.InputShape, o.InputStrides),
                Tensors.Read(o.Target, o.TargetShape, o.TargetStrides),
                o.GradOutput,
                Tensors.Write(o.GradInput, o.DestinationShape, o.DestinationStrides)); return double.NaN; }),
        new Column<double, double, double>(
            new(Reduction.Mean, false, Dialect.PyTorch, false, true, Element.Double, Element.Double, null,
                Outputs.GradTarget, true),
            static (in o) => { MeanPyTorchYUp(
                Tensors.Read(o.Input, o.InputShape, o.InputStrides),
                Tensors.Read(o.Target, o.TargetShape, o.TargetStrides),
                o.GradOutput,
                Tensors.Write(o.GradTarget, o.DestinationShape, o.DestinationStrides)); return double.NaN; }),
        new Column<double, double, double>(
            new(Reduction.BatchMean, true, Dialect.PyTorch, true, true, Element.Double, Element.Double, null,
                Outputs.GradTarget, true),
            static (in o) => { BatchMeanLogPyTorchDeterministicYUp(
                Tensors.Read(o.Input, o.InputShape, o.InputStrides),
                Tensors.Read(o.Target, o.TargetShape, o.TargetStrides),
                o.GradOutput,
                Tensors.Write(o.GradTarget, o.DestinationShape, o.DestinationStrides)); return double.NaN; }),
        new Column<double, double, double>(
            new(Reduction.Sum, false, Dialect.Strict, true, true, Element.Double, Element.Double, null,
                Outputs.GradInput | Outputs.GradTarget, false),
            static (in o) => { SumStrictDeterministicXY(
                Tensors.Read(o.Input, o.InputShape, o.InputStrides),
                Tensors.Read(o.Target, o.TargetShape, o.TargetStrides),
                Tensors.Write(o.GradInput, o.DestinationShape, o.DestinationStrides),
                Tensors.Write(o.GradTarget, o.DestinationShape, o.DestinationStrides)); return double.NaN; }),
        new Column<double, double, double>(
            new(Reduction.None, true, Dialect.Strict, false, true, Element.Double, Element.Double, null,
                Outputs.GradInput | Outputs.GradTarget, false),
            static (in o) => { NoneLogStrictXY(
                Tensors.Read(o.Input, o.InputShape, o.InputStrides),
                Tensors.Read(o.Target, o.TargetShape, o.TargetStrides),
                Tensors.Write(o.GradInput, o.DestinationShape, o.DestinationStrides),
                Tensors.Write(o.GradTarget, o.DestinationShape, o.DestinationStrides)); return double.NaN; }),
        new Column<double, double, double>(
            new(Reduction.BatchMean, false, Dialect.Paddle, false, true, Element.Double, Element.Double, Element.Double,
                Outputs.Loss | Outputs.GradInput, false),
            static (in o) => BatchMeanPaddleLossX(
                Tensors.Read(o.Input, o.InputShape, o.InputStrides),
                Tensors.Read(o.Target, o.TargetShape, o.TargetStrides),
                Tensors.Write(o.GradInput, o.DestinationShape, o.DestinationStrides))),
        new Column<double, double, double>(
            new(Reduction.Mean, true, Dialect.Paddle, true, true, Element.Double, Element.Double, Element.Double,
                Outputs.Loss | Outputs.GradInput, false),
            static (in o) => MeanLogPaddleDeterministicLossX(
                Tensors.Read(o.Input, o.InputShape, o.InputStrides),
                Tensors.Read(o.Target, o.TargetShape, o.TargetStrides),
                Tensors.Write(o.GradInput, o.DestinationShape, o.DestinationStrides))),
        new Column<double, double, double>(
            new(Reduction.None, false, Dialect.PyTorch, true, true, Element.Double, Element.Double, null,
                Outputs.Loss | Outputs.GradTarget, true),
            static (in o) => { NonePyTorchDeterministicLossYUp(
                Tensors.Read(o.Input, o.InputShape, o.InputStrides),
                Tensors.Read(o.Target, o.TargetShape, o.TargetStrides),
                Tensors.Write(o.Output, o.DestinationShape, o.DestinationStrides),
                Tensors.Read(o.GradOutputs, o.DestinationShape, o.DestinationStrides),
                Tensors.Write(o.GradTarget, o.DestinationShape, o.DestinationStrides)); return double.NaN; }),
        new Column<double, double, double>(
            new(Reduction.Sum, true, Dialect.PyTorch, false, true, Element.Double, Element.Double, Element.Double,
                Outputs.Loss | Outputs.GradTarget, true),
            static (in o) => SumLogPyTorchLossYUp(
                Tensors.Read(o.Input, o.InputShape, o.InputStrides),
                Tensors.Read(o.Target, o.TargetShape, o.TargetStrides),
                o.GradOutput,
                Tensors.Write(o.GradTarget, o.DestinationShape, o.DestinationStrides))),
        new Column<double, double, double>(
            new(Reduction.Mean, false, Dialect.Strict, false, true, Element.Double, Element.Double, Element.Double,
                Outputs.Loss | Outputs.GradInput | Outputs.GradTarget, true),
            static (in o) => MeanStrictLossXYUp(
                Tensors.Read(o.Input, o.InputShape, o.InputStrides),
                Tensors.Read(o.Target, o.TargetShape, o.TargetStrides),
                o.GradOutput,
                Tensors.Write(o.GradInput, o.DestinationShape, o.DestinationStrides),
                Tensors.Write(o.GradTarget, o.DestinationShape, o.DestinationStrides))),
        new Column<double, double, double>(
            new(Reduction.BatchMean, true, Dialect.Strict, true, true, Element.Double, Element.Double, Element.Double,
                Outputs.Loss | Outputs.GradInput | Outputs.GradTarget, true),
            static (in o) => BatchMeanLogStrictDeterministicLossXYUp(
                Tensors.Read(o.Input, o.InputShape, o.InputStrides),
                Tensors.Read(o.Target, o.TargetShape, o.TargetStrides),
                o.GradOutput,
                Tensors.Write(o.GradInput, o.DestinationShape, o.DestinationStrides),
                Tensors.Write(o.GradTarget, o.DestinationShape, o.DestinationStrides))),
    ];
}
