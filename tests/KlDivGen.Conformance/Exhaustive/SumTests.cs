using System.Numerics;
using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Data;
using KlDivGen.Conformance.Matrix;
using KlDivGen.Conformance.Oracle;

namespace KlDivGen.Conformance.Exhaustive;

/// <summary>
/// Sums of up to 2²⁸ elements (two gigabytes), compared with sums in double-double. The error bound does not depend on the number of
/// elements: 2⁻²² · Σ|lᵢ| + 2⁻²⁶ · Σyᵢ for float, 2⁻⁵¹ · Σ|lᵢ| + 2⁻⁵⁵ · Σyᵢ for double.
/// </summary>
internal static class SumTests
{
    public static IEnumerable<ErrorStatistics> Run()
    {
        int maxExponent = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes > 6L << 30 ? 28 : 24;
        foreach (bool logTarget in (bool[])[false, true])
        {
            foreach (ErrorStatistics statistics in Sums<float>("FlatSingle", logTarget, [10, 16, 20, 24, maxExponent], FloatFormat.Single).Concat(
                Sums<double>("FlatDouble", logTarget, [10, 16, 20, Math.Min(maxExponent, 25)], FloatFormat.Double)))
            {
                yield return statistics;
            }
        }
    }

    private static IEnumerable<ErrorStatistics> Sums<T>(string group, bool logTarget, int[] exponents, FloatFormat format)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int longest = 1 << exponents[^1];
        (T[] x, T[] y) = (new T[longest], new T[longest]);
        RandomSource random = new(51);
        for (int i = 0; i < longest; i++)
        {
            x[i] = T.CreateTruncating(random.Uniform(-12, 0));
            y[i] = T.CreateTruncating(logTarget ? random.Uniform(-12, 0) : random.Uniform(0, 1));
        }

        KernelCase<T, T, T>[] kernels = KernelGroups.Get(group).OfType<KernelCase<T, T, T>>().Where(c => c.Settings is
        {
            Divergence: Divergence.Forward, Reduction: Reduction.Sum, Dialect: Dialect.Paddle, Return: ElementType.Double,
        } && c.Settings.LogTarget == logTarget).ToArray();
        DoubleDouble sum = DoubleDouble.Zero;
        double losses = 0, probabilities = 0;
        for (int k = 0, done = 0; k < exponents.Length; k++)
        {
            int count = 1 << exponents[k];
            for (; done < count; done++)
            {
                (double a, double b) = (double.CreateTruncating(x[done]), double.CreateTruncating(y[done]));
                DoubleDouble loss = Loss(a, b);
                sum += loss;
                losses += Math.Abs(loss.Hi);
                probabilities += logTarget ? Math.Exp(b) : b;
            }

            foreach (KernelCase<T, T, T> kernel in kernels)
            {
                ErrorStatistics statistics = new($"{group} sum{(logTarget ? ", log target" : "")}{(kernel.Settings.Deterministic ? ", deterministic" : "")}, "
                    + $"n = 2^{exponents[k]}", format == FloatFormat.Single ? "2⁻²² relative" : "2⁻⁵¹ relative");
                double actual = kernel.Invoke(new() { Input = x.AsSpan(0, count), Target = y.AsSpan(0, count) });
                double error = DoubleDouble.Abs(actual - sum).Hi, bound = Dataset.ReductionError(format, losses, probabilities);
                statistics.Record(error / Math.Abs(sum.Hi) / Math.ScaleB(1, 2 - format.Precision), error / bound, count, 0);
                yield return statistics;
            }
        }

        // Double is precise enough for the loss of floats.
        DoubleDouble Loss(double a, double b) => format == FloatFormat.Single
            ? logTarget ? Math.Exp(b) * (b - a) : b > 0 ? b * (Math.Log(b) - a) : 0
            : logTarget ? Elementary.Exp(b) * (b - (DoubleDouble)a) : b > 0 ? (Elementary.Log(b) - a) * b : 0;
    }
}
