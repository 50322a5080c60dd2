// Written by Matrix/Writer.cs: `dotnet run --project tests/KlDivGen.Conformance -- matrix`.
using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Columns;

namespace KlDivGen.Conformance.Matrix;

internal static partial class FlatDoubleSingle
{
    /// <summary>Every method of this family.</summary>
    public static Column[] Columns =>
    [
        new Column<double, float, double>(
            new(Reduction.None, false, Dialect.Strict, true, false, Element.Double, Element.Single, null,
                Outputs.Loss, false),
            static (in o) => { NoneStrictDeterministic(o.Input, o.Target, o.Output); return double.NaN; }),
        new Column<double, float, double>(
            new(Reduction.None, true, Dialect.PyTorch, false, false, Element.Double, Element.Single, null,
                Outputs.Loss, false),
            static (in o) => { NoneLogPyTorch(o.Input, o.Target, o.Output); return double.NaN; }),
        new Column<double, float, double>(
            new(Reduction.Mean, false, Dialect.Paddle, false, false, Element.Double, Element.Single, Element.Double,
                Outputs.Loss, false),
            static (in o) => MeanPaddle(o.Input, o.Target)),
        new Column<double, float, double>(
            new(Reduction.Mean, true, Dialect.Strict, true, false, Element.Double, Element.Single, Element.Double,
                Outputs.Loss, false),
            static (in o) => MeanLogStrictDeterministic(o.Input, o.Target)),
        new Column<double, float, double>(
            new(Reduction.Sum, false, Dialect.PyTorch, true, false, Element.Double, Element.Single, Element.Double,
                Outputs.Loss, false),
            static (in o) => SumPyTorchDeterministic(o.Input, o.Target)),
        new Column<double, float, double>(
            new(Reduction.Sum, true, Dialect.Paddle, false, false, Element.Double, Element.Single, Element.Double,
                Outputs.Loss, false),
            static (in o) => SumLogPaddle(o.Input, o.Target)),
        new Column<double, float, double>(
            new(Reduction.BatchMean, false, Dialect.Strict, false, false, Element.Double, Element.Single, Element.Double,
                Outputs.Loss, false),
            static (in o) => BatchMeanStrict(o.Input, o.Target, o.BatchSize)),
        new Column<double, float, double>(
            new(Reduction.BatchMean, true, Dialect.PyTorch, true, false, Element.Double, Element.Single, Element.Double,
                Outputs.Loss, false),
            static (in o) => BatchMeanLogPyTorchDeterministic(o.Input, o.Target, o.BatchSize)),
    ];
}
