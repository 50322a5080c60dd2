// Written by Matrix/Writer.cs: `dotnet run --project tests/KlDivGen.Conformance -- matrix`.
using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Columns;

namespace KlDivGen.Conformance.Matrix;

internal static partial class FlatSingleGradients
{
    /// <summary>Every method of this family.</summary>
    public static Column[] Columns =>
    [
        new Column<float, float, float>(
            new(Reduction.None, false, Dialect.Paddle, true, false, Element.Single, Element.Single, null,
                Outputs.GradInput, true),
            static (in o) => { NonePaddleDeterministicXUp(o.Input, o.Target, o.GradOutputs, o.GradInput); return double.NaN; }),
        new Column<float, float, float>(
            new(Reduction.None, false, Dialect.Paddle, false, false, Element.Single, Element.Single, null,
                Outputs.Loss | Outputs.GradInput, false),
            static (in o) => { NonePaddleLossX(o.Input, o.Target, o.Output, o.GradInput); return double.NaN; }),
        new Column<float, float, float>(
            new(Reduction.None, false, Dialect.PyTorch, false, false, Element.Single, Element.Single, null,
                Outputs.GradInput | Outputs.GradTarget, false),
            static (in o) => { NonePyTorchXY(o.Input, o.Target, o.GradInput, o.GradTarget); return double.NaN; }),
        new Column<float, float, float>(
            new(Reduction.None, false, Dialect.PyTorch, true, false, Element.Single, Element.Single, null,
                Outputs.Loss | Outputs.GradInput | Outputs.GradTarget, true),
            static (in o) => { NonePyTorchDeterministicLossXYUp(o.Input, o.Target, o.Output, o.GradOutputs, o.GradInput, o.GradTarget); return double.NaN; }),
        new Column<float, float, float>(
            new(Reduction.None, false, Dialect.Strict, true, false, Element.Single, Element.Single, null,
                Outputs.Loss | Outputs.GradTarget, true),
            static (in o) => { NoneStrictDeterministicLossYUp(o.Input, o.Target, o.Output, o.GradOutputs, o.GradTarget); return double.NaN; }),
        new Column<float, float, float>(
            new(Reduction.None, false, Dialect.Strict, false, false, Element.Single, Element.Single, null,
                Outputs.GradTarget, false),
            static (in o) => { NoneStrictY(o.Input, o.Target, o.GradTarget); return double.NaN; }),
        new Column<float, float, float>(
            new(Reduction.None, true, Dialect.Paddle, true, false, Element.Single, Element.Single, null,
                Outputs.Loss | Outputs.GradInput, false),
            static (in o) => { NoneLogPaddleDeterministicLossX(o.Input, o.Target, o.Output, o.GradInput); return double.NaN; }),
        new Column<float, float, float>(
            new(Reduction.None, true, Dialect.Paddle, false, false, Element.Single, Element.Single, null,
                Outputs.GradInput, false),
            static (in o) => { NoneLogPaddleX(o.Input, o.Target, o.GradInput); return double.NaN; }),
        new Column<float, float, float>(
            new(Reduction.None, true, Dialect.PyTorch, false, false, Element.Single, Element.Single, null,
                Outputs.Loss | Outputs.GradInput | Outputs.GradTarget, true),
            static (in o) => { NoneLogPyTorchLossXYUp(o.Input, o.Target, o.Output, o.GradOutputs, o.GradInput, o.GradTarget); return double.NaN; }),
        new Column<float, float, float>(
            new(Reduction.None, true, Dialect.PyTorch, true, false, Element.Single, Element.Single, null,
                Outputs.GradInput | Outputs.GradTarget, true),
            static (in o) => { NoneLogPyTorchDeterministicXYUp(o.Input, o.Target, o.GradOutputs, o.GradInput, o.GradTarget); return double.NaN; }),
        new Column<float, float, float>(
            new(Reduction.None, true, Dialect.Strict, true, false, Element.Single, Element.Single, null,
                Outputs.GradTarget, false),
            static (in o) => { NoneLogStrictDeterministicY(o.Input, o.Target, o.GradTarget); return double.NaN; }),
        new Column<float, float, float>(
            new(Reduction.None, true, Dialect.Strict, false, false, Element.Single, Element.Single, null,
                Outputs.Loss | Outputs.GradTarget, false),
            static (in o) => { NoneLogStrictLossY(o.Input, o.Target, o.Output, o.GradTarget); return double.NaN; }),
        new Column<float, float, float>(
            new(Reduction.Mean, false, Dialect.Paddle, false, false, Element.Single, Element.Single, null,
                Outputs.GradTarget, true),
            static (in o) => { MeanPaddleYUp(o.Input, o.Target, o.GradOutput, o.GradTarget); return double.NaN; }),
        new Column<float, float, float>(
            new(Reduction.Mean, false, Dialect.Paddle, true, false, Element.Single, Element.Single, Element.Single,
                Outputs.Loss | Outputs.GradTarget, true),
            static (in o) => MeanPaddleDeterministicLossYUp(o.Input, o.Target, o.GradOutput, o.GradTarget)),
        new Column<float, float, float>(
            new(Reduction.Mean, false, Dialect.PyTorch, true, false, Element.Single, Element.Single, Element.Single,
                Outputs.Loss | Outputs.GradInput, false),
            static (in o) => MeanPyTorchDeterministicLossX(o.Input, o.Target, o.GradInput)),
        new Column<float, float, float>(
            new(Reduction.Mean, false, Dialect.PyTorch, false, false, Element.Single, Element.Single, null,
                Outputs.GradInput, false),
            static (in o) => { MeanPyTorchX(o.Input, o.Target, o.GradInput); return double.NaN; }),
        new Column<float, float, float>(
            new(Reduction.Mean, false, Dialect.Strict, false, false, Element.Single, Element.Single, Element.Single,
                Outputs.Loss | Outputs.GradInput | Outputs.GradTarget, true),
            static (in o) => MeanStrictLossXYUp(o.Input, o.Target, o.GradOutput, o.GradInput, o.GradTarget)),
        new Column<float, float, float>(
            new(Reduction.Mean, false, Dialect.Strict, true, false, Element.Single, Element.Single, null,
                Outputs.GradInput | Outputs.GradTarget, true),
            static (in o) => { MeanStrictDeterministicXYUp(o.Input, o.Target, o.GradOutput, o.GradInput, o.GradTarget); return double.NaN; }),
        new Column<float, float, float>(
            new(Reduction.Mean, true, Dialect.Paddle, false, false, Element.Single, Element.Single, Element.Single,
                Outputs.Loss | Outputs.GradTarget, true),
            static (in o) => MeanLogPaddleLossYUp(o.Input, o.Target, o.GradOutput, o.GradTarget)),
        new Column<float, float, float>(
            new(Reduction.Mean, true, Dialect.Paddle, true, false, Element.Single, Element.Single, null,
                Outputs.GradTarget, false),
            static (in o) => { MeanLogPaddleDeterministicY(o.Input, o.Target, o.GradTarget); return double.NaN; }),
        new Column<float, float, float>(
            new(Reduction.Mean, true, Dialect.PyTorch, true, false, Element.Single, Element.Single, null,
                Outputs.GradInput, false),
            static (in o) => { MeanLogPyTorchDeterministicX(o.Input, o.Target, o.GradInput); return double.NaN; }),
        new Column<float, float, float>(
            new(Reduction.Mean, true, Dialect.PyTorch, false, false, Element.Single, Element.Single, Element.Single,
                Outputs.Loss | Outputs.GradInput, true),
            static (in o) => MeanLogPyTorchLossXUp(o.Input, o.Target, o.GradOutput, o.GradInput)),
        new Column<float, float, float>(
            new(Reduction.Mean, true, Dialect.Strict, false, false, Element.Single, Element.Single, null,
                Outputs.GradInput | Outputs.GradTarget, true),
            static (in o) => { MeanLogStrictXYUp(o.Input, o.Target, o.GradOutput, o.GradInput, o.GradTarget); return double.NaN; }),
        new Column<float, float, float>(
            new(Reduction.Mean, true, Dialect.Strict, true, false, Element.Single, Element.Single, Element.Single,
                Outputs.Loss | Outputs.GradInput | Outputs.GradTarget, false),
            static (in o) => MeanLogStrictDeterministicLossXY(o.Input, o.Target, o.GradInput, o.GradTarget)),
        new Column<float, float, float>(
            new(Reduction.Sum, false, Dialect.Paddle, true, false, Element.Single, Element.Single, null,
                Outputs.GradInput | Outputs.GradTarget, false),
            static (in o) => { SumPaddleDeterministicXY(o.Input, o.Target, o.GradInput, o.GradTarget); return double.NaN; }),
        new Column<float, float, float>(
            new(Reduction.Sum, false, Dialect.Paddle, false, false, Element.Single, Element.Single, Element.Single,
                Outputs.Loss | Outputs.GradInput | Outputs.GradTarget, true),
            static (in o) => SumPaddleLossXYUp(o.Input, o.Target, o.GradOutput, o.GradInput, o.GradTarget)),
        new Column<float, float, float>(
            new(Reduction.Sum, false, Dialect.PyTorch, false, false, Element.Single, Element.Single, Element.Single,
                Outputs.Loss | Outputs.GradTarget, true),
            static (in o) => SumPyTorchLossYUp(o.Input, o.Target, o.GradOutput, o.GradTarget)),
        new Column<float, float, float>(
            new(Reduction.Sum, false, Dialect.PyTorch, true, false, Element.Single, Element.Single, null,
                Outputs.GradTarget, false),
            static (in o) => { SumPyTorchDeterministicY(o.Input, o.Target, o.GradTarget); return double.NaN; }),
        new Column<float, float, float>(
            new(Reduction.Sum, false, Dialect.Strict, true, false, Element.Single, Element.Single, null,
                Outputs.GradInput, false),
            static (in o) => { SumStrictDeterministicX(o.Input, o.Target, o.GradInput); return double.NaN; }),
        new Column<float, float, float>(
            new(Reduction.Sum, false, Dialect.Strict, false, false, Element.Single, Element.Single, Element.Single,
                Outputs.Loss | Outputs.GradInput, true),
            static (in o) => SumStrictLossXUp(o.Input, o.Target, o.GradOutput, o.GradInput)),
        new Column<float, float, float>(
            new(Reduction.Sum, true, Dialect.Paddle, true, false, Element.Single, Element.Single, Element.Single,
                Outputs.Loss | Outputs.GradInput | Outputs.GradTarget, true),
            static (in o) => SumLogPaddleDeterministicLossXYUp(o.Input, o.Target, o.GradOutput, o.GradInput, o.GradTarget)),
        new Column<float, float, float>(
            new(Reduction.Sum, true, Dialect.Paddle, false, false, Element.Single, Element.Single, null,
                Outputs.GradInput | Outputs.GradTarget, true),
            static (in o) => { SumLogPaddleXYUp(o.Input, o.Target, o.GradOutput, o.GradInput, o.GradTarget); return double.NaN; }),
        new Column<float, float, float>(
            new(Reduction.Sum, true, Dialect.PyTorch, false, false, Element.Single, Element.Single, null,
                Outputs.GradTarget, false),
            static (in o) => { SumLogPyTorchY(o.Input, o.Target, o.GradTarget); return double.NaN; }),
        new Column<float, float, float>(
            new(Reduction.Sum, true, Dialect.PyTorch, true, false, Element.Single, Element.Single, Element.Single,
                Outputs.Loss | Outputs.GradTarget, false),
            static (in o) => SumLogPyTorchDeterministicLossY(o.Input, o.Target, o.GradTarget)),
        new Column<float, float, float>(
            new(Reduction.Sum, true, Dialect.Strict, true, false, Element.Single, Element.Single, Element.Single,
                Outputs.Loss | Outputs.GradInput, true),
            static (in o) => SumLogStrictDeterministicLossXUp(o.Input, o.Target, o.GradOutput, o.GradInput)),
        new Column<float, float, float>(
            new(Reduction.Sum, true, Dialect.Strict, false, false, Element.Single, Element.Single, null,
                Outputs.GradInput, true),
            static (in o) => { SumLogStrictXUp(o.Input, o.Target, o.GradOutput, o.GradInput); return double.NaN; }),
        new Column<float, float, float>(
            new(Reduction.BatchMean, false, Dialect.Paddle, false, false, Element.Single, Element.Single, Element.Single,
                Outputs.Loss | Outputs.GradInput, false),
            static (in o) => BatchMeanPaddleLossX(o.Input, o.Target, o.BatchSize, o.GradInput)),
        new Column<float, float, float>(
            new(Reduction.BatchMean, false, Dialect.Paddle, true, false, Element.Single, Element.Single, null,
                Outputs.GradInput, false),
            static (in o) => { BatchMeanPaddleDeterministicX(o.Input, o.Target, o.BatchSize, o.GradInput); return double.NaN; }),
        new Column<float, float, float>(
            new(Reduction.BatchMean, false, Dialect.PyTorch, true, false, Element.Single, Element.Single, Element.Single,
                Outputs.Loss | Outputs.GradInput | Outputs.GradTarget, true),
            static (in o) => BatchMeanPyTorchDeterministicLossXYUp(o.Input, o.Target, o.BatchSize, o.GradOutput, o.GradInput, o.GradTarget)),
        new Column<float, float, float>(
            new(Reduction.BatchMean, false, Dialect.PyTorch, false, false, Element.Single, Element.Single, null,
                Outputs.GradInput | Outputs.GradTarget, true),
            static (in o) => { BatchMeanPyTorchXYUp(o.Input, o.Target, o.BatchSize, o.GradOutput, o.GradInput, o.GradTarget); return double.NaN; }),
        new Column<float, float, float>(
            new(Reduction.BatchMean, false, Dialect.Strict, false, false, Element.Single, Element.Single, null,
                Outputs.GradTarget, false),
            static (in o) => { BatchMeanStrictY(o.Input, o.Target, o.BatchSize, o.GradTarget); return double.NaN; }),
        new Column<float, float, float>(
            new(Reduction.BatchMean, false, Dialect.Strict, true, false, Element.Single, Element.Single, Element.Single,
                Outputs.Loss | Outputs.GradTarget, false),
            static (in o) => BatchMeanStrictDeterministicLossY(o.Input, o.Target, o.BatchSize, o.GradTarget)),
        new Column<float, float, float>(
            new(Reduction.BatchMean, true, Dialect.Paddle, false, false, Element.Single, Element.Single, null,
                Outputs.GradInput, false),
            static (in o) => { BatchMeanLogPaddleX(o.Input, o.Target, o.BatchSize, o.GradInput); return double.NaN; }),
        new Column<float, float, float>(
            new(Reduction.BatchMean, true, Dialect.Paddle, true, false, Element.Single, Element.Single, Element.Single,
                Outputs.Loss | Outputs.GradInput, true),
            static (in o) => BatchMeanLogPaddleDeterministicLossXUp(o.Input, o.Target, o.BatchSize, o.GradOutput, o.GradInput)),
        new Column<float, float, float>(
            new(Reduction.BatchMean, true, Dialect.PyTorch, true, false, Element.Single, Element.Single, null,
                Outputs.GradInput | Outputs.GradTarget, true),
            static (in o) => { BatchMeanLogPyTorchDeterministicXYUp(o.Input, o.Target, o.BatchSize, o.GradOutput, o.GradInput, o.GradTarget); return double.NaN; }),
        new Column<float, float, float>(
            new(Reduction.BatchMean, true, Dialect.PyTorch, false, false, Element.Single, Element.Single, Element.Single,
                Outputs.Loss | Outputs.GradInput | Outputs.GradTarget, false),
            static (in o) => BatchMeanLogPyTorchLossXY(o.Input, o.Target, o.BatchSize, o.GradInput, o.GradTarget)),
        new Column<float, float, float>(
            new(Reduction.BatchMean, true, Dialect.Strict, false, false, Element.Single, Element.Single, Element.Single,
                Outputs.Loss | Outputs.GradTarget, false),
            static (in o) => BatchMeanLogStrictLossY(o.Input, o.Target, o.BatchSize, o.GradTarget)),
        new Column<float, float, float>(
            new(Reduction.BatchMean, true, Dialect.Strict, true, false, Element.Single, Element.Single, null,
                Outputs.GradTarget, true),
            static (in o) => { BatchMeanLogStrictDeterministicYUp(o.Input, o.Target, o.BatchSize, o.GradOutput, o.GradTarget); return double.NaN; }),
    ];
}
