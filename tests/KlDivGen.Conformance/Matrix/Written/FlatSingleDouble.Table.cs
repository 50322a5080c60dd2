// Written by Matrix/Writer.cs: `dotnet run --project tests/KlDivGen.Conformance -- matrix`.
using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Columns;

namespace KlDivGen.Conformance.Matrix;

internal static partial class FlatSingleDouble
{
    /// <summary>Every method of this family.</summary>
    public static Column[] Columns =>
    [
        new Column<float, double, double>(
            new(Reduction.None, false, Dialect.PyTorch, false, false, Element.Single, Element.Double, null,
                Outputs.Loss, false),
            static (in o) => { NonePyTorch(o.Input, o.Target, o.Output); return double.NaN; }),
        new Column<float, double, double>(
            new(Reduction.None, true, Dialect.Paddle, true, false, Element.Single, Element.Double, null,
                Outputs.Loss, false),
            static (in o) => { NoneLogPaddleDeterministic(o.Input, o.Target, o.Output); return double.NaN; }),
        new Column<float, double, double>(
            new(Reduction.Mean, false, Dialect.Strict, true, false, Element.Single, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => MeanStrictDeterministic(o.Input, o.Target)),
        new Column<float, double, double>(
            new(Reduction.Mean, true, Dialect.PyTorch, false, false, Element.Single, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => MeanLogPyTorch(o.Input, o.Target)),
        new Column<float, double, double>(
            new(Reduction.Sum, false, Dialect.Paddle, false, false, Element.Single, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => SumPaddle(o.Input, o.Target)),
        new Column<float, double, double>(
            new(Reduction.Sum, true, Dialect.Strict, true, false, Element.Single, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => SumLogStrictDeterministic(o.Input, o.Target)),
        new Column<float, double, double>(
            new(Reduction.BatchMean, false, Dialect.PyTorch, true, false, Element.Single, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => BatchMeanPyTorchDeterministic(o.Input, o.Target, o.BatchSize)),
        new Column<float, double, double>(
            new(Reduction.BatchMean, true, Dialect.Paddle, false, false, Element.Single, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => BatchMeanLogPaddle(o.Input, o.Target, o.BatchSize)),
    ];
}
