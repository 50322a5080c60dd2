using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Data;

namespace KlDivGen.Conformance.Exhaustive;

/// <summary>
/// Random double targets, and targets near the boundaries of the range reductions. The exact values are computed in double-double
/// arithmetic.
/// </summary>
internal static class DoubleTests
{
    private const int Size = 1 << 12;
    private const double Additive = 1.0 / (1L << 55);
    private const double HalfLn2 = 0.34657359027997264;

    /// <summary>The logarithm is within 1 ULP plus 2⁻⁵⁵. It is seen in the loss at x = 0.</summary>
    public static ErrorStatistics[] Log(long count)
    {
        ErrorStatistics[] statistics = [new("log, double", "ULP + 2⁻⁵⁵ each"), new("log, double, deterministic", "ULP + 2⁻⁵⁵ each")];
        ParallelRunner.Run(Chunks(count), statistics, () => (Batch: new ElementBatch<double>(Size), Exact: new DoubleDouble[Size]), (chunk, memory, local) =>
        {
            (ElementBatch<double> batch, DoubleDouble[] exact) = memory;
            Targets(chunk, batch, exact);
            batch.X.AsSpan().Clear();
            for (int k = 0; k < 2; k++)
            {
                batch.Run(ElementBatch<double>.Find(false, false, Outputs.Loss, k == 1), Outputs.Loss);
                for (int i = 0; i < Size; i++)
                {
                    Record(local[k], batch, i, exact[i], ulps: 1);
                }
            }
        });
        return statistics;
    }

    /// <summary>The exponential is within 2 ULP. It is seen in ∂/∂x with a log target.</summary>
    public static ErrorStatistics[] Exp(long count)
    {
        ErrorStatistics[] statistics = [new("exp, double", "ULP"), new("exp, double, deterministic", "ULP")];
        ParallelRunner.Run(Chunks(count), statistics, () => (Batch: new ElementBatch<double>(Size), Exact: new DoubleDouble[Size]), (chunk, memory, local) =>
        {
            (ElementBatch<double> batch, DoubleDouble[] exact) = memory;
            RandomSource random = new(0x6578_7000_0000_0000 + (ulong)chunk);
            for (int i = 0; i < Size; i++)
            {
                batch.Y[i] = (i & 7) switch
                {
                    0 => random.Uniform(-745.2, 709.78),
                    1 => ((random.Below(2100) - 1060) * HalfLn2) + (random.Uniform(-1, 1) * Math.ScaleB(1, -random.Below(50))),
                    2 => random.Binade(-60, 3) * ((random.Next() & 1) == 0 ? 1 : -1),
                    _ => random.Uniform(-20, 1),
                };
                batch.Y[i] = Math.Min(batch.Y[i], 709.78);
                exact[i] = -Elementary.Exp(batch.Y[i]);
            }

            for (int k = 0; k < 2; k++)
            {
                batch.Run(ElementBatch<double>.Find(true, true, Outputs.GradInput, k == 1), Outputs.GradInput);
                for (int i = 0; i < Size; i++)
                {
                    // Subnormal exact values are themselves rounded.
                    double oracleError = Math.Abs(exact[i].Hi) < 1e-290 ? double.Epsilon / 2 : 0, ulp = FloatFormat.Double.Ulp(exact[i].Hi);
                    double error = Math.Max(0, DoubleDouble.Abs(batch.Result[i] - exact[i]).Hi - oracleError) / ulp;
                    local[k].Record(error, error / 2, 0, batch.Y[i]);
                }
            }
        });
        return statistics;
    }

    /// <summary>
    /// The exponential of a sum is within 2 ULP for arguments from −708 to 2.06. With x = y less its leading bit, the loss is exp(y) times a
    /// power of two.
    /// </summary>
    public static ErrorStatistics[] ExpInSums(long count)
    {
        ErrorStatistics[] statistics = [new("exp in a sum, double", "ULP"), new("exp in a sum, double, deterministic", "ULP")];
        ParallelRunner.Run(Chunks(count), statistics, () => (Batch: new ElementBatch<double>(Size), Exact: new DoubleDouble[Size]), (chunk, memory, local) =>
        {
            (ElementBatch<double> batch, DoubleDouble[] exact) = memory;
            RandomSource random = new(0x6578_7073_0000_0000 + (ulong)chunk);
            for (int i = 0; i < Size; i++)
            {
                double y = (i & 3) switch
                {
                    0 => random.Uniform(-708, 2),
                    1 => ((random.Below(32780) - 32680) * (HalfLn2 / 16)) + (random.Uniform(-1, 1) * Math.ScaleB(1, -random.Below(50))),
                    2 => random.Binade(-60, 0) * ((random.Next() & 1) == 0 ? 1 : -1),
                    _ => random.Uniform(-20, 1),
                };
                batch.Y[i] = Math.Clamp(y, -708, 2.06);
                double power = Math.CopySign(Math.ScaleB(1, Math.ILogB(batch.Y[i])), batch.Y[i]);
                batch.X[i] = batch.Y[i] - power;
                exact[i] = Elementary.Exp(batch.Y[i]) * power;
            }

            for (int k = 0; k < 2; k++)
            {
                batch.RunAmongZeros(ElementBatch<double>.FindSum(true, k == 1));
                for (int i = 0; i < Size; i++)
                {
                    double error = DoubleDouble.Abs(batch.Result[i] - exact[i]).Hi / FloatFormat.Double.Ulp(exact[i].Hi);
                    local[k].Record(error, error / 2, batch.X[i], batch.Y[i]);
                }
            }
        });
        return statistics;
    }

    /// <summary>
    /// d = log y − x with x at relative distances of 10⁻¹ to 10⁻⁷ from log y: within 1 ULP plus 2⁻⁵⁵ for |d| &lt; ¼, and within 1½ ULP plus
    /// 2⁻⁵⁵ otherwise.
    /// </summary>
    public static ErrorStatistics[] Difference(long count)
    {
        ErrorStatistics[] statistics = [new("log y − x, double", "ULP + 2⁻⁵⁵ each"), new("log y − x, double, deterministic", "ULP + 2⁻⁵⁵ each")];
        ParallelRunner.Run(Chunks(count), statistics, () => (Batch: new ElementBatch<double>(Size), Exact: new DoubleDouble[Size]), (chunk, memory, local) =>
        {
            (ElementBatch<double> batch, DoubleDouble[] exact) = memory;
            Targets(chunk, batch, exact);
            for (int i = 0; i < Size; i++)
            {
                double distance = Math.Pow(10, -1 - ((i >> 3) % 7));
                batch.X[i] = exact[i].Hi * (1 + ((i & 64) == 0 ? distance : -distance));
            }

            for (int k = 0; k < 2; k++)
            {
                batch.Run(ElementBatch<double>.Find(false, false, Outputs.Loss, k == 1), Outputs.Loss);
                for (int i = 0; i < Size; i++)
                {
                    DoubleDouble d = exact[i] - batch.X[i];
                    Record(local[k], batch, i, d, ulps: Math.Abs(d.Hi) < 0.25 ? 1 : 1.5);
                }
            }
        });
        return statistics;
    }

    /// <summary>Records the error of d, seen in the loss y · d. The bound includes the rounding of this product.</summary>
    private static void Record(ErrorStatistics statistics, ElementBatch<double> batch, int i, DoubleDouble d, double ulps)
    {
        DoubleDouble loss = d * batch.Y[i];
        if (!double.IsFinite(loss.Hi))
        {
            double wrong = batch.Result[i] == Math.CopySign(double.PositiveInfinity, d.Hi) ? 0 : double.PositiveInfinity;
            statistics.Record(wrong, wrong, batch.X[i], batch.Y[i]);
        }
        else if (Math.Abs(loss.Hi) >= 1e-290)
        {
            double rounding = FloatFormat.Double.Ulp(Math.Max(Math.Abs(loss.Hi), Math.Abs(batch.Result[i]))) / 2;
            double error = Math.Max(0, DoubleDouble.Abs(batch.Result[i] - loss).Hi - rounding) / batch.Y[i], ulp = FloatFormat.Double.Ulp(d.Hi);
            statistics.Record(error / (ulp + Additive), error / ((ulps * ulp) + Additive), batch.X[i], batch.Y[i]);
        }
    }

    private static int Chunks(long count) => (int)Math.Clamp(count / Size, 1, int.MaxValue);

    /// <summary>Draws probabilities, targets of all exponents, and targets near 1, powers of two, 11/16 and 11/8, where the range reduction changes.</summary>
    private static void Targets(int chunk, ElementBatch<double> batch, DoubleDouble[] exact)
    {
        RandomSource random = new(0x6C6F_6700_0000_0000 + (ulong)chunk);
        for (int i = 0; i < Size; i++)
        {
            double sign = (random.Next() & 1) == 0 ? 1 : -1;
            batch.Y[i] = (i & 7) switch
            {
                0 => BitConverter.Int64BitsToDouble(1 + (long)(random.Next() % 0x7FEF_FFFF_FFFF_FFFF)),
                1 => 1 + (sign * random.Binade(-53, -1)),
                2 => Math.ScaleB(1 + (sign * random.Binade(-53, -1)), random.Below(2000) - 1000),
                3 => (random.Below(2) == 0 ? 11.0 / 16 : 11.0 / 8) * (1 + (sign * random.Binade(-53, -1))),
                _ => random.Uniform(1e-12, 1),
            };
            exact[i] = Elementary.Log(batch.Y[i]);
        }
    }
}
