using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Data;
using KlDivGen.Conformance.Memory;
using KlDivGen.Conformance.Oracle;

namespace KlDivGen.Conformance.Checks;

/// <summary>
/// PaddlePaddle's tests of <c>kldiv_loss</c>: (4, 5, 5) batchmean, (3, 2, 7, 7) none, (2, 3, 5, 7, 9) mean, (5, 20) sum, with x and y
/// uniformly distributed in −10…10. With a log target, the example of its documentation: kl(x, t) equals kl(x, log t) with a log target.
/// </summary>
internal static class PaddleTests
{
    private static readonly (Reduction Reduction, string Name, int BatchSize)[] Cases =
        [(Reduction.BatchMean, "batchmean", 4), (Reduction.None, "none", 3), (Reduction.Mean, "mean", 2), (Reduction.Sum, "sum", 5)];

    public static Check Check { get; } = new(
        "paddle",
        s => s.HasLoss && s.Input == s.Target && !s.Input.HasSixteenBits() && s is { Dialect: Dialect.Paddle, Divergence: Divergence.Forward },
        (kernel, memory) => kernel.Settings.LogTarget ? VerifyExample(kernel, memory) : VerifyCases(kernel, memory));

    private static Call CreateCall(double[][] rows, double[] targets, int batchSize) => new(Array.ConvertAll(rows, r => r[0]), targets)
    {
        BatchSize = batchSize,
        GradOutputs = Array.ConvertAll(rows, _ => 1.0),
    };

    private static IEnumerable<string> VerifyCases(KernelCase kernel, OperandMemory memory)
    {
        Settings settings = kernel.Settings;
        FloatFormat format = settings.ComputeFormat;
        int index = Array.FindIndex(Cases, c => c.Reduction == settings.Reduction);
        int batchSize = Cases[index].BatchSize;
        double[][] rows = Npy.Read($"paddle-{Cases[index].Name}");
        CallResult result = kernel.Run(memory, CreateCall(rows, Array.ConvertAll(rows, r => r[1]), batchSize));
        if (settings.Return is { } type)
        {
            double[] expected = Npy.Read("paddle-results")[index];
            double bound = Dataset.ReductionError(format, rows.Sum(r => Math.Abs(r[2])), rows.Sum(r => Math.Max(r[1], 0)))
                / ResultVerifier.Divisor(settings, rows.Length, batchSize);
            if (new Expected(new DoubleDouble(expected[0], expected[1]), 0, bound).FindError(result.Returned, format, FloatFormat.Of(type)) is { } error)
            {
                yield return $"returned {error}";
            }
        }

        for (int i = 0; i < result.Output.Length; i++)
        {
            Expected expected = new(new DoubleDouble(rows[i][2], rows[i][3]), 4, Math.Abs(rows[i][1]) * format.DifferenceError);
            if (expected.FindError(result.Output[i], format, settings.StorageFormat) is { } error)
            {
                yield return $"x = {rows[i][0]:R}, y = {rows[i][1]:R}: output {error}";
            }
        }
    }

    /// <summary>The logarithms are rounded before they become targets. The bound includes the effect of that on each element.</summary>
    private static IEnumerable<string> VerifyExample(KernelCase kernel, OperandMemory memory)
    {
        Settings settings = kernel.Settings;
        FloatFormat format = settings.ComputeFormat;
        double[][] rows = Npy.Read("paddle-example");
        double[] logs = Array.ConvertAll(rows, r => format.Round(Math.Log(r[1])));
        CallResult result = kernel.Run(memory, CreateCall(rows, logs, 5));
        double[] rounding = [.. rows.Select((r, i) => format.Ulp(logs[i]) * (Math.Abs(r[2]) + r[1]))];
        for (int i = 0; i < result.Output.Length; i++)
        {
            if (new Expected(new DoubleDouble(rows[i][2], rows[i][3]), 4, rounding[i]).FindError(result.Output[i], format, settings.StorageFormat) is { } error)
            {
                yield return $"x = {rows[i][0]:R}, t = {rows[i][1]:R}: output {error}";
            }
        }

        if (settings.Return is { } type)
        {
            double divisor = ResultVerifier.Divisor(settings, rows.Length, 5);
            double[] total = Npy.Read("paddle-results")[4];
            double bound = (rounding.Sum() + Dataset.ReductionError(format, rows.Sum(r => Math.Abs(r[2])), rows.Sum(r => r[1]))) / divisor;
            Expected expected = new(new DoubleDouble(total[0], total[1]) / divisor, 0, bound);
            if (expected.FindError(result.Returned, format, FloatFormat.Of(type)) is { } error)
            {
                yield return $"returned {error}";
            }
        }
    }
}
