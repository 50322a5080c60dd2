using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Data;

namespace KlDivGen.Conformance.Exhaustive;

/// <summary>
/// All 2³² float targets. The loss at x = 0 is y · log y, which shows the error of the logarithm; ∂/∂y at x = 1 is log y + 1 − 1; ∂/∂x with
/// a log target is −exp(y). The exact values are the runtime's logarithm and exponential in double, which have eight more digits.
/// </summary>
internal static class SingleTests
{
    private const int Size = 1 << 16;
    private const double Additive = 1.0 / (1 << 26);

    /// <summary>
    /// Positive targets: the logarithm is within 1 ULP plus 2⁻²⁶, and ∂/∂y within 4 ULP plus 2⁻²⁴ · max(|log y|, |x|, 1). Other targets:
    /// the loss follows the rules of the dialect.
    /// </summary>
    public static ErrorStatistics[] Log()
    {
        ErrorStatistics[] statistics =
        [
            new("log by y log y", "ULP + 2⁻²⁶ each"), new("log by y log y, deterministic", "ULP + 2⁻²⁶ each"),
            new("∂/∂y at x = 1", "ULP"), new("∂/∂y at x = 1, deterministic", "ULP"),
            new("targets that are not positive", "wrong"), new("targets that are not positive, deterministic", "wrong"),
        ];
        ParallelRunner.Run((int)((0x8000_0000L + 0x0080_0000) / Size), statistics[4..], () => new ElementBatch<float>(Size), RecordNonPositive);
        ParallelRunner.Run(0x7F80_0000 / Size, statistics[..4], () => new ElementBatch<float>(Size), (chunk, batch, local) =>
        {
            for (int i = 0; i < Size; i++)
            {
                batch.Y[i] = BitConverter.Int32BitsToSingle((chunk * Size) + i);
                batch.Exact[i] = Math.Log(batch.Y[i]);
            }

            int first = chunk == 0 ? 1 : 0;
            batch.X.AsSpan().Fill(1);
            for (int k = 0; k < 2; k++)
            {
                batch.Run(ElementBatch<float>.Find(true, false, Outputs.GradTarget, k == 1), Outputs.GradTarget);
                for (int i = first; i < Size; i++)
                {
                    double ulp = Ulp(batch.Exact[i]), error = Math.Abs(batch.Result[i] - batch.Exact[i]);
                    double allowed = (4 * ulp) + (Math.Max(Math.Abs(batch.Exact[i]), 1) / (1 << 24));
                    local[2 + k].Record(error / ulp, error / allowed, 1, batch.Y[i]);
                }
            }

            batch.X.AsSpan().Clear();
            for (int k = 0; k < 2; k++)
            {
                batch.Run(ElementBatch<float>.Find(false, false, Outputs.Loss, k == 1), Outputs.Loss);
                for (int i = first; i < Size; i++)
                {
                    Record(local[k], batch, i, batch.Exact[i], ulps: 1);
                }
            }
        });
        return statistics;
    }

    /// <summary>Infinity, NaN, and all values with a negative sign, whose loss is 0.</summary>
    private static void RecordNonPositive(int chunk, ElementBatch<float> batch, ErrorStatistics[] local)
    {
        for (int i = 0; i < Size; i++)
        {
            batch.Y[i] = BitConverter.UInt32BitsToSingle(0x7F80_0000 + ((uint)chunk * Size) + (uint)i);
        }

        batch.X.AsSpan().Fill(-3);
        for (int k = 0; k < 2; k++)
        {
            batch.Run(ElementBatch<float>.Find(false, false, Outputs.Loss, k == 1), Outputs.Loss);
            for (int i = 0; i < Size; i++)
            {
                float y = batch.Y[i], expected = float.IsNaN(y) ? float.NaN : y > 0 ? float.PositiveInfinity : 0;
                double error = batch.Result[i].Equals(expected) ? 0 : 2;
                local[k].Record(error, error, -3, y);
            }
        }
    }

    /// <summary>The exponential is within 2 ULP for all values, including subnormal results, overflow and NaN.</summary>
    public static ErrorStatistics[] Exp()
    {
        ErrorStatistics[] statistics = [new("exp", "ULP"), new("exp, deterministic", "ULP")];
        ParallelRunner.Run((int)(0x1_0000_0000 / Size), statistics, () => new ElementBatch<float>(Size), (chunk, batch, local) =>
        {
            for (int i = 0; i < Size; i++)
            {
                batch.Y[i] = BitConverter.UInt32BitsToSingle(((uint)chunk * Size) + (uint)i);
                batch.Exact[i] = -Math.Exp(batch.Y[i]);
            }

            for (int k = 0; k < 2; k++)
            {
                batch.Run(ElementBatch<float>.Find(true, true, Outputs.GradInput, k == 1), Outputs.GradInput);
                for (int i = 0; i < Size; i++)
                {
                    double exact = batch.Exact[i], actual = batch.Result[i], rounded = (float)exact;
                    double error = actual.Equals(rounded) && !double.IsFinite(rounded) ? 0 : Math.Abs(actual - exact) / Ulp(exact);
                    local[k].Record(error, error / 2, 0, batch.Y[i]);
                }
            }
        });
        return statistics;
    }

    /// <summary>
    /// A sum may have another exponential than a result that is written: within 2 ULP for all arguments from
    /// −87 to 2.07 but the smallest. With x = y less its leading bit, the loss is exp(y) times a power of two.
    /// </summary>
    public static ErrorStatistics[] ExpInSums()
    {
        const uint smallest = 0x3080_0000, negativeEnd = 0x42AE_0000, positiveEnd = 0x4005_0000;
        const int negativeChunks = (int)(negativeEnd - smallest) / Size, positiveChunks = (int)(positiveEnd - smallest) / Size;
        ErrorStatistics[] statistics = [new("exp in a sum", "ULP"), new("exp in a sum, deterministic", "ULP")];
        ParallelRunner.Run(negativeChunks + positiveChunks, statistics, () => new ElementBatch<float>(Size), (chunk, batch, local) =>
        {
            bool isNegative = chunk < negativeChunks;
            uint first = smallest + ((uint)(isNegative ? chunk : chunk - negativeChunks) * Size);
            float power = BitConverter.UInt32BitsToSingle(first & 0x7F80_0000) * (isNegative ? -1 : 1);
            for (int i = 0; i < Size; i++)
            {
                float magnitude = BitConverter.UInt32BitsToSingle(first + (uint)i);
                batch.Y[i] = isNegative ? -magnitude : magnitude;
                batch.X[i] = batch.Y[i] - power;
                batch.Exact[i] = Math.Exp(batch.Y[i]) * power;
            }

            for (int k = 0; k < 2; k++)
            {
                batch.RunAmongZeros(ElementBatch<float>.FindSum(true, k == 1));
                for (int i = 0; i < Size; i++)
                {
                    double error = Math.Abs(batch.Result[i] - batch.Exact[i]) / Ulp(batch.Exact[i]);
                    local[k].Record(error, error / 2, batch.X[i], batch.Y[i]);
                }
            }
        });
        return statistics;
    }

    /// <summary>
    /// d = log y − x for random targets, with x at relative distances of 10⁻¹ to 10⁻⁷ from log y: within 1 ULP plus 2⁻²⁶ for |d| &lt; ¼, and
    /// within 1½ ULP plus 2⁻²⁶ otherwise.
    /// </summary>
    public static ErrorStatistics[] Difference(long count)
    {
        ErrorStatistics[] statistics = [.. from k in Enumerable.Range(0, 14) select new ErrorStatistics(Title(k), "ULP + 2⁻²⁶ each")];
        (KernelCase<float, float, float> fast, KernelCase<float, float, float> deterministic) = (ElementBatch<float>.Find(false, false, Outputs.Loss, false), ElementBatch<float>.Find(false, false, Outputs.Loss, true));
        ParallelRunner.Run((int)Math.Max(1, count / Size / 7), statistics, () => new ElementBatch<float>(Size), (chunk, batch, local) =>
        {
            RandomSource random = new((ulong)chunk);
            for (int i = 0; i < Size; i++)
            {
                batch.Y[i] = (i & 3) == 0 ? BitConverter.Int32BitsToSingle(1 + random.Below(0x7F7F_FFFF)) : (float)random.Uniform(1e-9, 1);
                batch.Exact[i] = Math.Log(batch.Y[i]);
            }

            for (int k = 0; k < 7; k++)
            {
                double distance = Math.Pow(10, -1 - k);
                for (int i = 0; i < Size; i++)
                {
                    batch.X[i] = (float)(batch.Exact[i] * (1 + ((i & 4) == 0 ? distance : -distance)));
                }

                foreach (KernelCase<float, float, float> kernel in (KernelCase<float, float, float>[])[fast, deterministic])
                {
                    batch.Run(kernel, Outputs.Loss);
                    for (int i = 0; i < Size; i++)
                    {
                        double d = batch.Exact[i] - batch.X[i];
                        Record(local[k + (kernel == fast ? 0 : 7)], batch, i, d, ulps: Math.Abs(d) < 0.25 ? 1 : 1.5);
                    }
                }
            }
        });
        return statistics;

        static string Title(int k) => $"log y − x at 1e-{1 + (k % 7)}{(k < 7 ? "" : ", deterministic")}";
    }

    /// <summary>Any x and any positive y: the loss is within 4 ULP plus |y| · 2⁻²⁶, both written and as a sum of one loss.</summary>
    public static ErrorStatistics[] Loss(long count)
    {
        ErrorStatistics[] statistics =
        [
            new("loss", "ULP + |y| · 2⁻²⁶"), new("loss, deterministic", "ULP + |y| · 2⁻²⁶"),
            new("a sum of one loss", "ULP + |y| · 2⁻²⁶"), new("a sum of one loss, deterministic", "ULP + |y| · 2⁻²⁶"),
        ];
        ParallelRunner.Run((int)Math.Max(1, count / Size), statistics, () => new ElementBatch<float>(Size), (chunk, batch, local) =>
        {
            RandomSource random = new(0x6C6F_7373_0000_0000 + (ulong)chunk);
            for (int i = 0; i < Size; i++)
            {
                batch.Y[i] = (i & 3) == 0 ? BitConverter.Int32BitsToSingle(1 + random.Below(0x7F7F_FFFF)) : (float)random.Uniform(1e-9, 1);
                batch.X[i] = (float)((i & 4) == 0 ? random.Uniform(-30, 2) : random.Binade(-20, 7) * (random.Below(2) == 0 ? 1 : -1));
            }

            for (int k = 0; k < 4; k++)
            {
                if (k < 2)
                {
                    batch.Run(ElementBatch<float>.Find(false, false, Outputs.Loss, k == 1), Outputs.Loss);
                }
                else
                {
                    batch.RunSingleElements(ElementBatch<float>.FindSum(false, k == 3));
                }

                for (int i = 0; i < Size; i++)
                {
                    double exact = batch.Y[i] * (Math.Log(batch.Y[i]) - batch.X[i]);
                    double error = float.IsInfinity((float)exact) && batch.Result[i].Equals((float)exact) ? 0 : Math.Abs(batch.Result[i] - exact);
                    double ulp = Ulp(exact), spare = batch.Y[i] * Additive;
                    local[k].Record(Math.Max(0, error - spare) / ulp, error / ((4 * ulp) + spare), batch.X[i], batch.Y[i]);
                }
            }
        });
        return statistics;
    }

    /// <summary>Records the error of d, seen in the loss y · d. The bound includes the rounding of this product.</summary>
    private static void Record(ErrorStatistics statistics, ElementBatch<float> batch, int i, double d, double ulps)
    {
        double y = batch.Y[i], exact = y * d, ulp = Ulp(d);
        if (float.IsInfinity((float)exact))
        {
            double wrong = batch.Result[i].Equals((float)exact) ? 0 : double.PositiveInfinity;
            statistics.Record(wrong, wrong, batch.X[i], y);
            return;
        }

        double error = Math.Max(0, Math.Abs(batch.Result[i] - exact) - (Ulp(Math.Max(Math.Abs(exact), Math.Abs(batch.Result[i]))) / 2)) / y;
        statistics.Record(error / (ulp + Additive), error / ((ulps * ulp) + Additive), batch.X[i], y);
    }

    /// <summary>The unit in the last place of float at a value.</summary>
    private static double Ulp(double value)
    {
        int exponent = (int)((BitConverter.DoubleToInt64Bits(value) >> 52) & 0x7FF) - 1023;
        return exponent > 127 ? double.PositiveInfinity : BitConverter.Int64BitsToDouble((long)(Math.Max(exponent, -126) - 23 + 1023) << 52);
    }
}
