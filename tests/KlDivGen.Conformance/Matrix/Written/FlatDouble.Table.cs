// Written by Matrix/Writer.cs: `dotnet run --project tests/KlDivGen.Conformance -- matrix`.
using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Columns;

namespace KlDivGen.Conformance.Matrix;

internal static partial class FlatDouble
{
    /// <summary>Every method of this family.</summary>
    public static Column[] Columns =>
    [
        new Column<double, double, double>(
            new(Reduction.None, false, Dialect.Paddle, false, false, Element.Double, Element.Double, null,
                Outputs.Loss, false),
            static (in o) => { NonePaddle(o.Input, o.Target, o.Output); return double.NaN; }),
        new Column<double, double, double>(
            new(Reduction.None, false, Dialect.Paddle, true, false, Element.Double, Element.Double, null,
                Outputs.Loss, false),
            static (in o) => { NonePaddleDeterministic(o.Input, o.Target, o.Output); return double.NaN; }),
        new Column<double, double, double>(
            new(Reduction.None, false, Dialect.PyTorch, false, false, Element.Double, Element.Double, null,
                Outputs.Loss, false),
            static (in o) => { NonePyTorch(o.Input, o.Target, o.Output); return double.NaN; }),
        new Column<double, double, double>(
            new(Reduction.None, false, Dialect.PyTorch, true, false, Element.Double, Element.Double, null,
                Outputs.Loss, false),
            static (in o) => { NonePyTorchDeterministic(o.Input, o.Target, o.Output); return double.NaN; }),
        new Column<double, double, double>(
            new(Reduction.None, false, Dialect.Strict, false, false, Element.Double, Element.Double, null,
                Outputs.Loss, false),
            static (in o) => { NoneStrict(o.Input, o.Target, o.Output); return double.NaN; }),
        new Column<double, double, double>(
            new(Reduction.None, false, Dialect.Strict, true, false, Element.Double, Element.Double, null,
                Outputs.Loss, false),
            static (in o) => { NoneStrictDeterministic(o.Input, o.Target, o.Output); return double.NaN; }),
        new Column<double, double, double>(
            new(Reduction.None, true, Dialect.Paddle, false, false, Element.Double, Element.Double, null,
                Outputs.Loss, false),
            static (in o) => { NoneLogPaddle(o.Input, o.Target, o.Output); return double.NaN; }),
        new Column<double, double, double>(
            new(Reduction.None, true, Dialect.Paddle, true, false, Element.Double, Element.Double, null,
                Outputs.Loss, false),
            static (in o) => { NoneLogPaddleDeterministic(o.Input, o.Target, o.Output); return double.NaN; }),
        new Column<double, double, double>(
            new(Reduction.None, true, Dialect.PyTorch, false, false, Element.Double, Element.Double, null,
                Outputs.Loss, false),
            static (in o) => { NoneLogPyTorch(o.Input, o.Target, o.Output); return double.NaN; }),
        new Column<double, double, double>(
            new(Reduction.None, true, Dialect.PyTorch, true, false, Element.Double, Element.Double, null,
                Outputs.Loss, false),
            static (in o) => { NoneLogPyTorchDeterministic(o.Input, o.Target, o.Output); return double.NaN; }),
        new Column<double, double, double>(
            new(Reduction.None, true, Dialect.Strict, false, false, Element.Double, Element.Double, null,
                Outputs.Loss, false),
            static (in o) => { NoneLogStrict(o.Input, o.Target, o.Output); return double.NaN; }),
        new Column<double, double, double>(
            new(Reduction.None, true, Dialect.Strict, true, false, Element.Double, Element.Double, null,
                Outputs.Loss, false),
            static (in o) => { NoneLogStrictDeterministic(o.Input, o.Target, o.Output); return double.NaN; }),
        new Column<double, double, double>(
            new(Reduction.Mean, false, Dialect.Paddle, false, false, Element.Double, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => MeanPaddle(o.Input, o.Target)),
        new Column<double, double, double>(
            new(Reduction.Mean, false, Dialect.Paddle, true, false, Element.Double, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => MeanPaddleDeterministic(o.Input, o.Target)),
        new Column<double, double, double>(
            new(Reduction.Mean, false, Dialect.PyTorch, false, false, Element.Double, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => MeanPyTorch(o.Input, o.Target)),
        new Column<double, double, double>(
            new(Reduction.Mean, false, Dialect.PyTorch, true, false, Element.Double, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => MeanPyTorchDeterministic(o.Input, o.Target)),
        new Column<double, double, double>(
            new(Reduction.Mean, false, Dialect.Strict, false, false, Element.Double, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => MeanStrict(o.Input, o.Target)),
        new Column<double, double, double>(
            new(Reduction.Mean, false, Dialect.Strict, true, false, Element.Double, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => MeanStrictDeterministic(o.Input, o.Target)),
        new Column<double, double, double>(
            new(Reduction.Mean, true, Dialect.Paddle, false, false, Element.Double, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => MeanLogPaddle(o.Input, o.Target)),
        new Column<double, double, double>(
            new(Reduction.Mean, true, Dialect.Paddle, true, false, Element.Double, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => MeanLogPaddleDeterministic(o.Input, o.Target)),
        new Column<double, double, double>(
            new(Reduction.Mean, true, Dialect.PyTorch, false, false, Element.Double, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => MeanLogPyTorch(o.Input, o.Target)),
        new Column<double, double, double>(
            new(Reduction.Mean, true, Dialect.PyTorch, true, false, Element.Double, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => MeanLogPyTorchDeterministic(o.Input, o.Target)),
        new Column<double, double, double>(
            new(Reduction.Mean, true, Dialect.Strict, false, false, Element.Double, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => MeanLogStrict(o.Input, o.Target)),
        new Column<double, double, double>(
            new(Reduction.Mean, true, Dialect.Strict, true, false, Element.Double, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => MeanLogStrictDeterministic(o.Input, o.Target)),
        new Column<double, double, double>(
            new(Reduction.Sum, false, Dialect.Paddle, false, false, Element.Double, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => SumPaddle(o.Input, o.Target)),
        new Column<double, double, double>(
            new(Reduction.Sum, false, Dialect.Paddle, true, false, Element.Double, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => SumPaddleDeterministic(o.Input, o.Target)),
        new Column<double, double, double>(
            new(Reduction.Sum, false, Dialect.PyTorch, false, false, Element.Double, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => SumPyTorch(o.Input, o.Target)),
        new Column<double, double, double>(
            new(Reduction.Sum, false, Dialect.PyTorch, true, false, Element.Double, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => SumPyTorchDeterministic(o.Input, o.Target)),
        new Column<double, double, double>(
            new(Reduction.Sum, false, Dialect.Strict, false, false, Element.Double, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => SumStrict(o.Input, o.Target)),
        new Column<double, double, double>(
            new(Reduction.Sum, false, Dialect.Strict, true, false, Element.Double, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => SumStrictDeterministic(o.Input, o.Target)),
        new Column<double, double, double>(
            new(Reduction.Sum, true, Dialect.Paddle, false, false, Element.Double, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => SumLogPaddle(o.Input, o.Target)),
        new Column<double, double, double>(
            new(Reduction.Sum, true, Dialect.Paddle, true, false, Element.Double, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => SumLogPaddleDeterministic(o.Input, o.Target)),
        new Column<double, double, double>(
            new(Reduction.Sum, true, Dialect.PyTorch, false, false, Element.Double, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => SumLogPyTorch(o.Input, o.Target)),
        new Column<double, double, double>(
            new(Reduction.Sum, true, Dialect.PyTorch, true, false, Element.Double, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => SumLogPyTorchDeterministic(o.Input, o.Target)),
        new Column<double, double, double>(
            new(Reduction.Sum, true, Dialect.Strict, false, false, Element.Double, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => SumLogStrict(o.Input, o.Target)),
        new Column<double, double, double>(
            new(Reduction.Sum, true, Dialect.Strict, true, false, Element.Double, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => SumLogStrictDeterministic(o.Input, o.Target)),
        new Column<double, double, double>(
            new(Reduction.BatchMean, false, Dialect.Paddle, false, false, Element.Double, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => BatchMeanPaddle(o.Input, o.Target, o.BatchSize)),
        new Column<double, double, double>(
            new(Reduction.BatchMean, false, Dialect.Paddle, true, false, Element.Double, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => BatchMeanPaddleDeterministic(o.Input, o.Target, o.BatchSize)),
        new Column<double, double, double>(
            new(Reduction.BatchMean, false, Dialect.PyTorch, false, false, Element.Double, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => BatchMeanPyTorch(o.Input, o.Target, o.BatchSize)),
        new Column<double, double, double>(
            new(Reduction.BatchMean, false, Dialect.PyTorch, true, false, Element.Double, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => BatchMeanPyTorchDeterministic(o.Input, o.Target, o.BatchSize)),
        new Column<double, double, double>(
            new(Reduction.BatchMean, false, Dialect.Strict, false, false, Element.Double, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => BatchMeanStrict(o.Input, o.Target, o.BatchSize)),
        new Column<double, double, double>(
            new(Reduction.BatchMean, false, Dialect.Strict, true, false, Element.Double, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => BatchMeanStrictDeterministic(o.Input, o.Target, o.BatchSize)),
        new Column<double, double, double>(
            new(Reduction.BatchMean, true, Dialect.Paddle, false, false, Element.Double, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => BatchMeanLogPaddle(o.Input, o.Target, o.BatchSize)),
        new Column<double, double, double>(
            new(Reduction.BatchMean, true, Dialect.Paddle, true, false, Element.Double, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => BatchMeanLogPaddleDeterministic(o.Input, o.Target, o.BatchSize)),
        new Column<double, double, double>(
            new(Reduction.BatchMean, true, Dialect.PyTorch, false, false, Element.Double, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => BatchMeanLogPyTorch(o.Input, o.Target, o.BatchSize)),
        new Column<double, double, double>(
            new(Reduction.BatchMean, true, Dialect.PyTorch, true, false, Element.Double, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => BatchMeanLogPyTorchDeterministic(o.Input, o.Target, o.BatchSize)),
        new Column<double, double, double>(
            new(Reduction.BatchMean, true, Dialect.Strict, false, false, Element.Double, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => BatchMeanLogStrict(o.Input, o.Target, o.BatchSize)),
        new Column<double, double, double>(
            new(Reduction.BatchMean, true, Dialect.Strict, true, false, Element.Double, Element.Double, Element.Double,
                Outputs.Loss, false),
            static (in o) => BatchMeanLogStrictDeterministic(o.Input, o.Target, o.BatchSize)),
    ];
}
