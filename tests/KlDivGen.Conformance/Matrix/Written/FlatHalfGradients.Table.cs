// Written by Matrix/Writer.cs: `dotnet run --project tests/KlDivGen.Conformance -- matrix`.
using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Columns;

namespace KlDivGen.Conformance.Matrix;

internal static partial class FlatHalfGradients
{
    /// <summary>Every method of this family.</summary>
    public static Column[] Columns =>
    [
        new Column<Half, Half, Half>(
            new(Reduction.None, false, Dialect.Paddle, true, false, Element.Half, Element.Half, null,
                Outputs.GradInput, true),
            static (in o) => { NonePaddleDeterministicXUp(o.Input, o.Target, o.GradOutputs, o.GradInput); return double.NaN; }),
        new Column<Half, Half, Half>(
            new(Reduction.Sum, true, Dialect.Paddle, false, false, Element.Half, Element.Half, null,
                Outputs.GradInput, true),
            static (in o) => { SumLogPaddleXUp(o.Input, o.Target, o.GradOutput, o.GradInput); return double.NaN; }),
        new Column<Half, Half, Half>(
            new(Reduction.Mean, false, Dialect.PyTorch, false, false, Element.Half, Element.Half, null,
                Outputs.GradTarget, true),
            static (in o) => { MeanPyTorchYUp(o.Input, o.Target, o.GradOutput, o.GradTarget); return double.NaN; }),
        new Column<Half, Half, Half>(
            new(Reduction.BatchMean, true, Dialect.PyTorch, true, false, Element.Half, Element.Half, null,
                Outputs.GradTarget, true),
            static (in o) => { BatchMeanLogPyTorchDeterministicYUp(o.Input, o.Target, o.BatchSize, o.GradOutput, o.GradTarget); return double.NaN; }),
        new Column<Half, Half, Half>(
            new(Reduction.Sum, false, Dialect.Strict, true, false, Element.Half, Element.Half, null,
                Outputs.GradInput | Outputs.GradTarget, false),
            static (in o) => { SumStrictDeterministicXY(o.Input, o.Target, o.GradInput, o.GradTarget); return double.NaN; }),
        new Column<Half, Half, Half>(
            new(Reduction.None, true, Dialect.Strict, false, false, Element.Half, Element.Half, null,
                Outputs.GradInput | Outputs.GradTarget, false),
            static (in o) => { NoneLogStrictXY(o.Input, o.Target, o.GradInput, o.GradTarget); return double.NaN; }),
        new Column<Half, Half, Half>(
            new(Reduction.BatchMean, false, Dialect.Paddle, false, false, Element.Half, Element.Half, Element.Half,
                Outputs.Loss | Outputs.GradInput, false),
            static (in o) => (double)BatchMeanPaddleLossX(o.Input, o.Target, o.BatchSize, o.GradInput)),
        new Column<Half, Half, Half>(
            new(Reduction.Mean, true, Dialect.Paddle, true, false, Element.Half, Element.Half, Element.Half,
                Outputs.Loss | Outputs.GradInput, false),
            static (in o) => (double)MeanLogPaddleDeterministicLossX(o.Input, o.Target, o.GradInput)),
        new Column<Half, Half, Half>(
            new(Reduction.None, false, Dialect.PyTorch, true, false, Element.Half, Element.Half, null,
                Outputs.Loss | Outputs.GradTarget, true),
            static (in o) => { NonePyTorchDeterministicLossYUp(o.Input, o.Target, o.Output, o.GradOutputs, o.GradTarget); return double.NaN; }),
        new Column<Half, Half, Half>(
            new(Reduction.Sum, true, Dialect.PyTorch, false, false, Element.Half, Element.Half, Element.Half,
                Outputs.Loss | Outputs.GradTarget, true),
            static (in o) => (double)SumLogPyTorchLossYUp(o.Input, o.Target, o.GradOutput, o.GradTarget)),
        new Column<Half, Half, Half>(
            new(Reduction.Mean, false, Dialect.Strict, false, false, Element.Half, Element.Half, Element.Half,
                Outputs.Loss | Outputs.GradInput | Outputs.GradTarget, true),
            static (in o) => (double)MeanStrictLossXYUp(o.Input, o.Target, o.GradOutput, o.GradInput, o.GradTarget)),
        new Column<Half, Half, Half>(
            new(Reduction.BatchMean, true, Dialect.Strict, true, false, Element.Half, Element.Half, Element.Half,
                Outputs.Loss | Outputs.GradInput | Outputs.GradTarget, true),
            static (in o) => (double)BatchMeanLogStrictDeterministicLossXYUp(o.Input, o.Target, o.BatchSize, o.GradOutput, o.GradInput, o.GradTarget)),
    ];
}
