using System.Numerics;
using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Columns;
using KlDivGen.Conformance.Data;
using KlDivGen.Conformance.Matrix;

namespace KlDivGen.Conformance.Exhaustive;

/// <summary>
/// Sums of up to 2²⁸ elements, the last two gigabytes of data, against double-double: their relative error may be
/// 2⁻²² · Σ|lᵢ| / |Σlᵢ| (2⁻⁵¹ in double), whatever the number of elements.
/// </summary>
internal static class SumProofs
{
    public static IEnumerable<Worst> Run()
    {
        int most = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes > 6L << 30 ? 28 : 24;
        foreach (bool logTarget in (bool[])[false, true])
        {
            foreach (var worst in Sums<float>("FlatSingle", logTarget, [10, 16, 20, 24, most], 24).Concat(
                Sums<double>("FlatDouble", logTarget, [10, 16, 20, Math.Min(most, 25)], 53)))
            {
                yield return worst;
            }
        }
    }

    private static IEnumerable<Worst> Sums<T>(string family, bool logTarget, int[] exponents, int precision)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int longest = 1 << exponents[^1];
        var (x, y) = (new T[longest], new T[longest]);
        var random = new RandomSource(51);
        for (int i = 0; i < longest; i++)
        {
            x[i] = T.CreateTruncating(random.Uniform(-12, 0));
            y[i] = T.CreateTruncating(logTarget ? random.Uniform(-12, 0) : random.Uniform(0, 1));
        }

        var columns = Families.Of(family).OfType<Column<T, T, T>>().Where(c => c.Settings is
        {
            Reduction: Reduction.Sum, Dialect: Dialect.Paddle, Return: Element.Double,
        } && c.Settings.LogTarget == logTarget).ToArray();
        var sum = DoubleDouble.Zero;
        double size = 0;
        for (int k = 0, done = 0; k < exponents.Length; k++)
        {
            int count = 1 << exponents[k];
            for (; done < count; done++)
            {
                var loss = Loss(double.CreateTruncating(x[done]), double.CreateTruncating(y[done]));
                sum += loss;
                size += Math.Abs(loss.Hi);
            }

            foreach (var column in columns)
            {
                var worst = new Worst($"{family} sum{(logTarget ? ", log target" : "")}{(column.Settings.Deterministic ? ", deterministic" : "")}, "
                    + $"n = 2^{exponents[k]}", precision == 24 ? "2⁻²² relative" : "2⁻⁵¹ relative");
                double actual = column.Kernel(new() { Input = x.AsSpan(0, count), Target = y.AsSpan(0, count) });
                double error = DoubleDouble.Abs(actual - sum).Hi, unit = Math.ScaleB(1, 2 - precision);
                worst.See(error / Math.Abs(sum.Hi) / unit, error / (size * unit), count, 0);
                yield return worst;
            }
        }

        // A float's loss is exact enough in double; a double's is not.
        DoubleDouble Loss(double a, double b) => precision == 24
            ? logTarget ? Math.Exp(b) * (b - a) : b > 0 ? b * (Math.Log(b) - a) : 0
            : logTarget ? Elementary.Exp(b) * (b - (DoubleDouble)a) : b > 0 ? (Elementary.Log(b) - a) * b : 0;
    }
}
