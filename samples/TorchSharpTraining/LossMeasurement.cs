using System.Diagnostics;
using MathNet.Numerics.Statistics;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchSharpTraining;

/// <summary>The time of a loss and of its gradient, without a network.</summary>
/// <param name="Rows">The number of rows.</param>
/// <param name="Classes">The number of classes.</param>
/// <param name="KlDivGen">The time with the generated method, in milliseconds.</param>
/// <param name="TorchSharp">The time with the functions of TorchSharp, in milliseconds.</param>
internal sealed record LossMeasurement(int Rows, int Classes, double KlDivGen, double TorchSharp)
{
    private const int Repetitions = 25;

    /// <summary>Measures both losses with random logits, in turns. The times are medians.</summary>
    public static LossMeasurement Run(int rows, int classes)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor input = (randn(rows, classes) * 3).requires_grad_(), target = randn(rows, classes) * 3;
        Tensor mask = ones(rows, dtype: ScalarType.Bool);
        double[] ours = new double[Repetitions], theirs = new double[Repetitions];
        for (int i = -5; i < Repetitions; i++)
        {
            double our = Measure(DistillationLoss.Apply, input, target, mask), their = Measure(KlDivFormula.Apply, input, target, mask);
            if (i >= 0)
            {
                (ours[i], theirs[i]) = (our, their);
            }
        }

        return new LossMeasurement(rows, classes, ours.Median(), theirs.Median());
    }

    private static double Measure(LossFunction computeLoss, Tensor input, Tensor target, Tensor mask)
    {
        using DisposeScope scope = NewDisposeScope();
        input.grad?.zero_();
        long start = Stopwatch.GetTimestamp();
        computeLoss(input, target, mask).backward();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
