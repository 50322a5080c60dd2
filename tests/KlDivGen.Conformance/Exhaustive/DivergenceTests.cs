using System.Numerics;
using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Data;
using KlDivGen.Conformance.Oracle;

namespace KlDivGen.Conformance.Exhaustive;

/// <summary>
/// The reverse and the Jensen-Shannon divergence of log-probabilities and probabilities: losses and gradients of random elements, near each
/// other and far apart, within the bounds of the oracle. An error is what it has beyond the absolute part of its bound.
/// </summary>
internal static class DivergenceTests
{
    private const int Size = 1 << 12;

    private static readonly Outputs[] Results = [Outputs.Loss, Outputs.GradInput, Outputs.GradTarget];

    public static IEnumerable<ErrorStatistics> Single(long count) => Run<float>(count);

    public static IEnumerable<ErrorStatistics> Double(long count) => Run<double>(count);

    private static IEnumerable<ErrorStatistics> Run<T>(long count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        from divergence in (Divergence[])[Divergence.Reverse, Divergence.JensenShannon]
        from log in (bool[])[false, true]
        from statistics in Run<T>(divergence, log, count / 4)
        select statistics;

    private static ErrorStatistics[] Run<T>(Divergence divergence, bool log, long count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ErrorStatistics[] statistics =
        [
            .. from deterministic in (bool[])[false, true]
               from result in Results
               select new ErrorStatistics(
                   $"{divergence}, {(log ? "log target" : "probability")}: {result}{(deterministic ? ", deterministic" : "")}", "ULP beyond the absolute part"),
        ];
        FloatFormat format = typeof(T) == typeof(float) ? FloatFormat.Single : FloatFormat.Double;
        DivergenceOracle oracle = new(divergence, log, Dialect.Strict, format);
        ParallelRunner.Run((int)Math.Max(1, count / Size), statistics, () => new ElementBatch<T>(Size), (chunk, batch, local) =>
        {
            RandomSource random = new(0x6469_7665_7267_0000 + (ulong)chunk);
            Expected[][] expected = [new Expected[Size], new Expected[Size], new Expected[Size]];
            for (int i = 0; i < Size; i++)
            {
                (double x, double y) = Draw(random, format, log, i);
                (batch.X[i], batch.Y[i]) = (T.CreateTruncating(x), T.CreateTruncating(y));
                ScaledValue t = ElementOracle.Transcendental(log, y);
                (expected[0][i], expected[1][i], expected[2][i]) = (oracle.Loss(x, y, t), oracle.GradInput(x, y, t), oracle.GradTarget(x, y, t));
            }

            for (int k = 0; k < 6; k++)
            {
                batch.Run(ElementBatch<T>.Find(divergence, log, deterministic: k >= 3), Results[k % 3]);
                for (int i = 0; i < Size; i++)
                {
                    Record(local[k], format, expected[k % 3][i], double.CreateTruncating(batch.Result[i]), batch, i);
                }
            }
        });
        return statistics;
    }

    /// <summary>Log-probabilities of all sizes, and a target that is as likely as the input, or hardly less or more, or anything else.</summary>
    private static (double X, double Y) Draw(RandomSource random, FloatFormat format, bool log, int i)
    {
        double lowest = Math.Log(format.MinNormal), x = format.Round((i & 3) == 0 ? random.Uniform(lowest, 0) : random.Uniform(-12, 0));
        double distance = (i & 4) == 0 ? random.Binade(-format.Precision, 3) * (random.Below(2) == 0 ? 1 : -1) : random.Uniform(lowest, 0) - x;
        double logTarget = Math.Clamp(x + distance, lowest, 1);
        return (x, format.Round(log ? logTarget : Math.Exp(logTarget)));
    }

    private static void Record<T>(ErrorStatistics statistics, FloatFormat format, Expected expected, double actual, ElementBatch<T> batch, int i)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (double x, double y) = (double.CreateTruncating(batch.X[i]), double.CreateTruncating(batch.Y[i]));
        double ulp = format.Ulp(expected.Value.Hi), error = DoubleDouble.Abs(actual - expected.Value).Hi;
        double fraction = double.IsInfinity(actual) && expected.FindError(actual, format, format) is null ? 0
            : error == 0 ? 0
            : error / ((expected.Ulps * ulp) + expected.AbsoluteError);
        statistics.Record(Math.Max(0, error - expected.AbsoluteError) / ulp, fraction, x, y);
    }
}
