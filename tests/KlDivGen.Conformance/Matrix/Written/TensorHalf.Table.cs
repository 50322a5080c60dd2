// Written by Matrix/Writer.cs: `dotnet run --project tests/KlDivGen.Conformance -- matrix`.
using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Columns;

namespace KlDivGen.Conformance.Matrix;

internal static partial class TensorHalf
{
    /// <summary>Every method of this family.</summary>
    public static Column[] Columns =>
    [
        new Column<Half, Half, Half>(
            new(Reduction.None, false, Dialect.Paddle, true, true, Element.Half, Element.Half, null,
                Outputs.Loss, false),
            static (in o) => { NonePaddleDeterministic(
                Tensors.Read(o.Input, o.InputShape, o.InputStrides),
                Tensors.Read(o.Target, o.TargetShape, o.TargetStrides),
                Tensors.Write(o.Output, o.DestinationShape, o.DestinationStrides)); return double.NaN; }),
        new Column<Half, Half, Half>(
            new(Reduction.None, true, Dialect.Strict, false, true, Element.Half, Element.Half, null,
                Outputs.Loss, false),
            static (in o) => { NoneLogStrict(
                Tensors.Read(o.Input, o.InputShape, o.InputStrides),
                Tensors.Read(o.Target, o.TargetShape, o.TargetStrides),
                Tensors.Write(o.Output, o.DestinationShape, o.DestinationStrides)); return double.NaN; }),
        new Column<Half, Half, Half>(
            new(Reduction.Mean, false, Dialect.PyTorch, false, true, Element.Half, Element.Half, Element.Single,
                Outputs.Loss, false),
            static (in o) => MeanPyTorchToSingle(
                Tensors.Read(o.Input, o.InputShape, o.InputStrides),
                Tensors.Read(o.Target, o.TargetShape, o.TargetStrides))),
        new Column<Half, Half, Half>(
            new(Reduction.Mean, true, Dialect.Paddle, true, true, Element.Half, Element.Half, Element.Half,
                Outputs.Loss, false),
            static (in o) => (double)MeanLogPaddleDeterministic(
                Tensors.Read(o.Input, o.InputShape, o.InputStrides),
                Tensors.Read(o.Target, o.TargetShape, o.TargetStrides))),
        new Column<Half, Half, Half>(
            new(Reduction.Sum, false, Dialect.Strict, true, true, Element.Half, Element.Half, Element.Double,
                Outputs.Loss, false),
            static (in o) => SumStrictDeterministicToDouble(
                Tensors.Read(o.Input, o.InputShape, o.InputStrides),
                Tensors.Read(o.Target, o.TargetShape, o.TargetStrides))),
        new Column<Half, Half, Half>(
            new(Reduction.Sum, true, Dialect.PyTorch, false, true, Element.Half, Element.Half, Element.Single,
                Outputs.Loss, false),
            static (in o) => SumLogPyTorchToSingle(
                Tensors.Read(o.Input, o.InputShape, o.InputStrides),
                Tensors.Read(o.Target, o.TargetShape, o.TargetStrides))),
        new Column<Half, Half, Half>(
            new(Reduction.BatchMean, false, Dialect.Paddle, false, true, Element.Half, Element.Half, Element.Half,
                Outputs.Loss, false),
            static (in o) => (double)BatchMeanPaddle(
                Tensors.Read(o.Input, o.InputShape, o.InputStrides),
                Tensors.Read(o.Target, o.TargetShape, o.TargetStrides))),
        new Column<Half, Half, Half>(
            new(Reduction.BatchMean, true, Dialect.Strict, true, true, Element.Half, Element.Half, Element.Double,
                Outputs.Loss, false),
            static (in o) => BatchMeanLogStrictDeterministicToDouble(
                Tensors.Read(o.Input, o.InputShape, o.InputStrides),
                Tensors.Read(o.Target, o.TargetShape, o.TargetStrides))),
    ];
}
