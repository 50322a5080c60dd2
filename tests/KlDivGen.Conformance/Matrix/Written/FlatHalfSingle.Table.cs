// Written by Matrix/Writer.cs: `dotnet run --project tests/KlDivGen.Conformance -- matrix`.
using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Columns;

namespace KlDivGen.Conformance.Matrix;

internal static partial class FlatHalfSingle
{
    /// <summary>Every method of this family.</summary>
    public static Column[] Columns =>
    [
        new Column<Half, float, float>(
            new(Reduction.None, false, Dialect.Paddle, true, false, Element.Half, Element.Single, null,
                Outputs.Loss, false),
            static (in o) => { NonePaddleDeterministic(o.Input, o.Target, o.Output); return double.NaN; }),
        new Column<Half, float, float>(
            new(Reduction.None, true, Dialect.Strict, false, false, Element.Half, Element.Single, null,
                Outputs.Loss, false),
            static (in o) => { NoneLogStrict(o.Input, o.Target, o.Output); return double.NaN; }),
        new Column<Half, float, float>(
            new(Reduction.Mean, false, Dialect.PyTorch, false, false, Element.Half, Element.Single, Element.Double,
                Outputs.Loss, false),
            static (in o) => MeanPyTorchToDouble(o.Input, o.Target)),
        new Column<Half, float, float>(
            new(Reduction.Mean, true, Dialect.Paddle, true, false, Element.Half, Element.Single, Element.Single,
                Outputs.Loss, false),
            static (in o) => MeanLogPaddleDeterministic(o.Input, o.Target)),
        new Column<Half, float, float>(
            new(Reduction.Sum, false, Dialect.Strict, true, false, Element.Half, Element.Single, Element.Single,
                Outputs.Loss, false),
            static (in o) => SumStrictDeterministic(o.Input, o.Target)),
        new Column<Half, float, float>(
            new(Reduction.Sum, true, Dialect.PyTorch, false, false, Element.Half, Element.Single, Element.Double,
                Outputs.Loss, false),
            static (in o) => SumLogPyTorchToDouble(o.Input, o.Target)),
        new Column<Half, float, float>(
            new(Reduction.BatchMean, false, Dialect.Paddle, false, false, Element.Half, Element.Single, Element.Double,
                Outputs.Loss, false),
            static (in o) => BatchMeanPaddleToDouble(o.Input, o.Target, o.BatchSize)),
        new Column<Half, float, float>(
            new(Reduction.BatchMean, true, Dialect.Strict, true, false, Element.Half, Element.Single, Element.Single,
                Outputs.Loss, false),
            static (in o) => BatchMeanLogStrictDeterministic(o.Input, o.Target, o.BatchSize)),
    ];
}
