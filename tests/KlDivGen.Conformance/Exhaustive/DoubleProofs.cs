using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Columns;
using KlDivGen.Conformance.Data;

namespace KlDivGen.Conformance.Exhaustive;

/// <summary>
/// Double-precision targets: random ones, and those close to where a range reduction changes its mind. The judge is this program's
/// double-double arithmetic.
/// </summary>
internal static class DoubleProofs
{
    private const int Size = 1 << 12;
    private const double Additive = 1.0 / (1L << 55);
    private const double HalfLn2 = 0.34657359027997264;

    /// <summary>The logarithm within 1 ULP and 2⁻⁵⁵, seen in the loss at x = 0.</summary>
    public static Worst[] Log(long count)
    {
        Worst[] worst = [new("log, double", "ULP + 2⁻⁵⁵ each"), new("log, double, deterministic", "ULP + 2⁻⁵⁵ each")];
        Threads.Run(Chunks(count), worst, () => (Lanes: new Lanes<double>(Size), Exact: new DoubleDouble[Size]), (chunk, memory, mine) =>
        {
            var (lanes, exact) = memory;
            Targets(chunk, lanes, exact);
            lanes.X.AsSpan().Clear();
            for (int k = 0; k < 2; k++)
            {
                lanes.Run(Lanes<double>.Find(false, false, Outputs.Loss, k == 1), Outputs.Loss);
                for (int i = 0; i < Size; i++)
                {
                    See(mine[k], lanes, i, exact[i], most: 1);
                }
            }
        });
        return worst;
    }

    /// <summary>The exponential within 2 ULP, seen in ∂/∂x of the log-target form.</summary>
    public static Worst[] Exp(long count)
    {
        Worst[] worst = [new("exp, double", "ULP"), new("exp, double, deterministic", "ULP")];
        Threads.Run(Chunks(count), worst, () => (Lanes: new Lanes<double>(Size), Exact: new DoubleDouble[Size]), (chunk, memory, mine) =>
        {
            var (lanes, exact) = memory;
            var random = new RandomSource(0x6578_7000_0000_0000 + (ulong)chunk);
            for (int i = 0; i < Size; i++)
            {
                lanes.Y[i] = (i & 7) switch
                {
                    0 => random.Uniform(-745.2, 709.78),
                    1 => ((random.Below(2100) - 1060) * HalfLn2) + (random.Uniform(-1, 1) * Math.ScaleB(1, -random.Below(50))),
                    2 => random.Binade(-60, 3) * ((random.Next() & 1) == 0 ? 1 : -1),
                    _ => random.Uniform(-20, 1),
                };
                lanes.Y[i] = Math.Min(lanes.Y[i], 709.78);
                exact[i] = -Elementary.Exp(lanes.Y[i]);
            }

            for (int k = 0; k < 2; k++)
            {
                lanes.Run(Lanes<double>.Find(true, true, Outputs.GradInput, k == 1), Outputs.GradInput);
                for (int i = 0; i < Size; i++)
                {
                    // Among the subnormals the judge itself is rounded to the nearest.
                    double spare = Math.Abs(exact[i].Hi) < 1e-290 ? double.Epsilon / 2 : 0, ulp = Format.Double.Ulp(exact[i].Hi);
                    double error = Math.Max(0, DoubleDouble.Abs(lanes.Result[i] - exact[i]).Hi - spare) / ulp;
                    mine[k].See(error, error / 2, 0, lanes.Y[i]);
                }
            }
        });
        return worst;
    }

    /// <summary>d = log y − x near x = log y, at distances of 10⁻¹ to 10⁻⁷ relative to log y: within 1 ULP and 2⁻⁵⁵, or 1½ ULP where d is not small.</summary>
    public static Worst[] Difference(long count)
    {
        Worst[] worst = [new("log y − x, double", "ULP + 2⁻⁵⁵ each"), new("log y − x, double, deterministic", "ULP + 2⁻⁵⁵ each")];
        Threads.Run(Chunks(count), worst, () => (Lanes: new Lanes<double>(Size), Exact: new DoubleDouble[Size]), (chunk, memory, mine) =>
        {
            var (lanes, exact) = memory;
            Targets(chunk, lanes, exact);
            for (int i = 0; i < Size; i++)
            {
                double distance = Math.Pow(10, -1 - ((i >> 3) % 7));
                lanes.X[i] = exact[i].Hi * (1 + ((i & 64) == 0 ? distance : -distance));
            }

            for (int k = 0; k < 2; k++)
            {
                lanes.Run(Lanes<double>.Find(false, false, Outputs.Loss, k == 1), Outputs.Loss);
                for (int i = 0; i < Size; i++)
                {
                    var d = exact[i] - lanes.X[i];
                    See(mine[k], lanes, i, d, most: Math.Abs(d.Hi) < 0.25 ? 1 : 1.5);
                }
            }
        });
        return worst;
    }

    /// <summary>Judges d, which may be wrong by so many ULP and 2⁻⁵⁵, by the loss y · d: what the product's own rounding adds is allowed besides.</summary>
    private static void See(Worst worst, Lanes<double> lanes, int i, DoubleDouble d, double most)
    {
        var loss = d * lanes.Y[i];
        if (!double.IsFinite(loss.Hi))
        {
            double wrong = lanes.Result[i] == Math.CopySign(double.PositiveInfinity, d.Hi) ? 0 : double.PositiveInfinity;
            worst.See(wrong, wrong, lanes.X[i], lanes.Y[i]);
        }
        else if (Math.Abs(loss.Hi) >= 1e-290)
        {
            double rounding = Format.Double.Ulp(Math.Max(Math.Abs(loss.Hi), Math.Abs(lanes.Result[i]))) / 2;
            double error = Math.Max(0, DoubleDouble.Abs(lanes.Result[i] - loss).Hi - rounding) / lanes.Y[i], ulp = Format.Double.Ulp(d.Hi);
            worst.See(error / (ulp + Additive), error / ((most * ulp) + Additive), lanes.X[i], lanes.Y[i]);
        }
    }

    private static int Chunks(long count) => (int)Math.Clamp(count / Size, 1, int.MaxValue);

    /// <summary>Probabilities, all binades, and the neighbourhood of 1, of powers of two and of 11/16 and 11/8, where the range reduction turns.</summary>
    private static void Targets(int chunk, Lanes<double> lanes, DoubleDouble[] exact)
    {
        var random = new RandomSource(0x6C6F_6700_0000_0000 + (ulong)chunk);
        for (int i = 0; i < Size; i++)
        {
            double sign = (random.Next() & 1) == 0 ? 1 : -1;
            lanes.Y[i] = (i & 7) switch
            {
                0 => BitConverter.Int64BitsToDouble(1 + (long)(random.Next() % 0x7FEF_FFFF_FFFF_FFFF)),
                1 => 1 + (sign * random.Binade(-53, -1)),
                2 => Math.ScaleB(1 + (sign * random.Binade(-53, -1)), random.Below(2000) - 1000),
                3 => (random.Below(2) == 0 ? 11.0 / 16 : 11.0 / 8) * (1 + (sign * random.Binade(-53, -1))),
                _ => random.Uniform(1e-12, 1),
            };
            exact[i] = Elementary.Log(lanes.Y[i]);
        }
    }
}
