// Written by Matrix/Writer.cs: `dotnet run --project tests/KlDivGen.Conformance -- matrix`.
using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Columns;

namespace KlDivGen.Conformance.Matrix;

internal static partial class FlatHalf
{
    /// <summary>Every method of this family.</summary>
    public static Column[] Columns =>
    [
        new Column<Half, Half, Half>(
            new(Reduction.None, false, Dialect.Paddle, true, false, Element.Half, Element.Half, null,
                Outputs.Loss, false),
            static (in o) => { NonePaddleDeterministic(o.Input, o.Target, o.Output); return double.NaN; }),
        new Column<Half, Half, Half>(
            new(Reduction.None, true, Dialect.Strict, false, false, Element.Half, Element.Half, null,
                Outputs.Loss, false),
            static (in o) => { NoneLogStrict(o.Input, o.Target, o.Output); return double.NaN; }),
        new Column<Half, Half, Half>(
            new(Reduction.Mean, false, Dialect.PyTorch, false, false, Element.Half, Element.Half, Element.Single,
                Outputs.Loss, false),
            static (in o) => MeanPyTorchToSingle(o.Input, o.Target)),
        new Column<Half, Half, Half>(
            new(Reduction.Mean, true, Dialect.Paddle, true, false, Element.Half, Element.Half, Element.Half,
                Outputs.Loss, false),
            static (in o) => (double)MeanLogPaddleDeterministic(o.Input, o.Target)),
        new Column<Half, Half, Half>(
            new(Reduction.Sum, false, Dialect.Strict, true, false, Element.Half, Element.Half, Element.Double,
                Outputs.Loss, false),
            static (in o) => SumStrictDeterministicToDouble(o.Input, o.Target)),
        new Column<Half, Half, Half>(
            new(Reduction.Sum, true, Dialect.PyTorch, false, false, Element.Half, Element.Half, Element.Single,
                Outputs.Loss, false),
            static (in o) => SumLogPyTorchToSingle(o.Input, o.Target)),
        new Column<Half, Half, Half>(
            new(Reduction.BatchMean, false, Dialect.Paddle, false, false, Element.Half, Element.Half, Element.Half,
                Outputs.Loss, false),
            static (in o) => (double)BatchMeanPaddle(o.Input, o.Target, o.BatchSize)),
        new Column<Half, Half, Half>(
            new(Reduction.BatchMean, true, Dialect.Strict, true, false, Element.Half, Element.Half, Element.Double,
                Outputs.Loss, false),
            static (in o) => BatchMeanLogStrictDeterministicToDouble(o.Input, o.Target, o.BatchSize)),
    ];
}
