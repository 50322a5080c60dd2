using KlDivGen.Conformance.Columns;
using KlDivGen.Conformance.Data;

namespace KlDivGen.Conformance.Exhaustive;

/// <summary>
/// All 2³² float32 targets. log is seen alone in the loss at x = 0, and less closely in ∂/∂y at x = 1, which is log y + 1 − 1; exp is
/// seen alone in ∂/∂x of the log-target form. The judge is the system's double-precision log and exp, eight digits more than what is judged.
/// </summary>
internal static class SingleProofs
{
    private const int Size = 1 << 16;
    private const double Additive = 1.0 / (1 << 26);

    /// <summary>
    /// The logarithm within 1 ULP and 2⁻²⁶ at every positive value, ∂/∂y within 4 ULP and 2⁻²⁴ of the largest of |log y|, |x| and 1;
    /// what is not positive gives what the dialect says.
    /// </summary>
    public static Worst[] Log()
    {
        Worst[] worst =
        [
            new("log by y log y", "ULP + 2⁻²⁶ each"), new("log by y log y, deterministic", "ULP + 2⁻²⁶ each"),
            new("∂/∂y at x = 1", "ULP"), new("∂/∂y at x = 1, deterministic", "ULP"),
            new("targets that are not positive numbers", "wrong"), new("targets that are not positive numbers, deterministic", "wrong"),
        ];
        Threads.Run((int)((0x8000_0000L + 0x0080_0000) / Size), worst[4..], () => new Lanes<float>(Size), NotPositive);
        Threads.Run(0x7F80_0000 / Size, worst[..4], () => new Lanes<float>(Size), (chunk, lanes, mine) =>
        {
            for (int i = 0; i < Size; i++)
            {
                lanes.Y[i] = BitConverter.Int32BitsToSingle((chunk * Size) + i);
                lanes.Exact[i] = Math.Log(lanes.Y[i]);
            }

            int first = chunk == 0 ? 1 : 0;
            lanes.X.AsSpan().Fill(1);
            for (int k = 0; k < 2; k++)
            {
                lanes.Run(Lanes<float>.Find(true, false, Outputs.GradTarget, k == 1), Outputs.GradTarget);
                for (int i = first; i < Size; i++)
                {
                    double ulp = Ulp(lanes.Exact[i]), error = Math.Abs(lanes.Result[i] - lanes.Exact[i]);
                    double allowed = (4 * ulp) + (Math.Max(Math.Abs(lanes.Exact[i]), 1) / (1 << 24));
                    mine[2 + k].See(error / ulp, error / allowed, 1, lanes.Y[i]);
                }
            }

            lanes.X.AsSpan().Clear();
            for (int k = 0; k < 2; k++)
            {
                lanes.Run(Lanes<float>.Find(false, false, Outputs.Loss, k == 1), Outputs.Loss);
                for (int i = first; i < Size; i++)
                {
                    See(mine[k], lanes, i, lanes.Exact[i], most: 1);
                }
            }
        });
        return worst;
    }

    /// <summary>Bit patterns from that of infinity on: infinity, NaN, and everything with the sign bit, which counts nothing.</summary>
    private static void NotPositive(int chunk, Lanes<float> lanes, Worst[] mine)
    {
        for (int i = 0; i < Size; i++)
        {
            lanes.Y[i] = BitConverter.UInt32BitsToSingle(0x7F80_0000 + ((uint)chunk * Size) + (uint)i);
        }

        lanes.X.AsSpan().Fill(-3);
        for (int k = 0; k < 2; k++)
        {
            lanes.Run(Lanes<float>.Find(false, false, Outputs.Loss, k == 1), Outputs.Loss);
            for (int i = 0; i < Size; i++)
            {
                float y = lanes.Y[i], expected = float.IsNaN(y) ? float.NaN : y > 0 ? float.PositiveInfinity : 0;
                double error = lanes.Result[i].Equals(expected) ? 0 : 2;
                mine[k].See(error, error, -3, y);
            }
        }
    }

    /// <summary>The exponential within 2 ULP at every value, subnormal results included; ∞ beyond the range, NaN of NaN.</summary>
    public static Worst[] Exp()
    {
        Worst[] worst = [new("exp", "ULP"), new("exp, deterministic", "ULP")];
        Threads.Run((int)(0x1_0000_0000 / Size), worst, () => new Lanes<float>(Size), (chunk, lanes, mine) =>
        {
            for (int i = 0; i < Size; i++)
            {
                lanes.Y[i] = BitConverter.UInt32BitsToSingle(((uint)chunk * Size) + (uint)i);
                lanes.Exact[i] = -Math.Exp(lanes.Y[i]);
            }

            for (int k = 0; k < 2; k++)
            {
                lanes.Run(Lanes<float>.Find(true, true, Outputs.GradInput, k == 1), Outputs.GradInput);
                for (int i = 0; i < Size; i++)
                {
                    double exact = lanes.Exact[i], actual = lanes.Result[i], rounded = (float)exact;
                    double error = actual.Equals(rounded) && !double.IsFinite(rounded) ? 0 : Math.Abs(actual - exact) / Ulp(exact);
                    mine[k].See(error, error / 2, 0, lanes.Y[i]);
                }
            }
        });
        return worst;
    }

    /// <summary>
    /// d = log y − x near x = log y, at distances of 10⁻¹ to 10⁻⁷ relative to log y, for targets in random places: within 1 ULP and
    /// 2⁻²⁶, or 1½ ULP where d is not small.
    /// </summary>
    public static Worst[] Difference(long count)
    {
        Worst[] worst = [.. from k in Enumerable.Range(0, 14) select new Worst(Title(k), "ULP + 2⁻²⁶ each")];
        var (plain, fixedBits) = (Lanes<float>.Find(false, false, Outputs.Loss, false), Lanes<float>.Find(false, false, Outputs.Loss, true));
        Threads.Run((int)Math.Max(1, count / Size / 7), worst, () => new Lanes<float>(Size), (chunk, lanes, mine) =>
        {
            var random = new RandomSource((ulong)chunk);
            for (int i = 0; i < Size; i++)
            {
                lanes.Y[i] = (i & 3) == 0 ? BitConverter.Int32BitsToSingle(1 + random.Below(0x7F7F_FFFF)) : (float)random.Uniform(1e-9, 1);
                lanes.Exact[i] = Math.Log(lanes.Y[i]);
            }

            for (int k = 0; k < 7; k++)
            {
                double distance = Math.Pow(10, -1 - k);
                for (int i = 0; i < Size; i++)
                {
                    lanes.X[i] = (float)(lanes.Exact[i] * (1 + ((i & 4) == 0 ? distance : -distance)));
                }

                foreach (var column in (Column<float, float, float>[])[plain, fixedBits])
                {
                    lanes.Run(column, Outputs.Loss);
                    for (int i = 0; i < Size; i++)
                    {
                        double d = lanes.Exact[i] - lanes.X[i];
                        See(mine[k + (column == plain ? 0 : 7)], lanes, i, d, most: Math.Abs(d) < 0.25 ? 1 : 1.5);
                    }
                }
            }
        });
        return worst;

        static string Title(int k) => $"log y − x at 1e-{1 + (k % 7)}{(k < 7 ? "" : ", deterministic")}";
    }

    /// <summary>Any x and any positive y: the loss within 4 ULP and |y| · 2⁻²⁶, stored and as a sum of one.</summary>
    public static Worst[] Loss(long count)
    {
        Worst[] worst =
        [
            new("loss", "ULP + |y| · 2⁻²⁶"), new("loss, deterministic", "ULP + |y| · 2⁻²⁶"),
            new("a sum of one loss", "ULP + |y| · 2⁻²⁶"), new("a sum of one loss, deterministic", "ULP + |y| · 2⁻²⁶"),
        ];
        Threads.Run((int)Math.Max(1, count / Size), worst, () => new Lanes<float>(Size), (chunk, lanes, mine) =>
        {
            var random = new RandomSource(0x6C6F_7373_0000_0000 + (ulong)chunk);
            for (int i = 0; i < Size; i++)
            {
                lanes.Y[i] = (i & 3) == 0 ? BitConverter.Int32BitsToSingle(1 + random.Below(0x7F7F_FFFF)) : (float)random.Uniform(1e-9, 1);
                lanes.X[i] = (float)((i & 4) == 0 ? random.Uniform(-30, 2) : random.Binade(-20, 7) * (random.Below(2) == 0 ? 1 : -1));
            }

            for (int k = 0; k < 4; k++)
            {
                if (k < 2)
                {
                    lanes.Run(Lanes<float>.Find(false, false, Outputs.Loss, k == 1), Outputs.Loss);
                }
                else
                {
                    lanes.RunAlone(Lanes<float>.FindSum(false, k == 3));
                }

                for (int i = 0; i < Size; i++)
                {
                    double exact = lanes.Y[i] * (Math.Log(lanes.Y[i]) - lanes.X[i]);
                    double error = float.IsInfinity((float)exact) && lanes.Result[i].Equals((float)exact) ? 0 : Math.Abs(lanes.Result[i] - exact);
                    double ulp = Ulp(exact), spare = lanes.Y[i] * Additive;
                    mine[k].See(Math.Max(0, error - spare) / ulp, error / ((4 * ulp) + spare), lanes.X[i], lanes.Y[i]);
                }
            }
        });
        return worst;
    }

    /// <summary>Judges d, which may be wrong by so many ULP and 2⁻²⁶, by the loss y · d: what the product's own rounding adds is allowed besides.</summary>
    private static void See(Worst worst, Lanes<float> lanes, int i, double d, double most)
    {
        double y = lanes.Y[i], exact = y * d, ulp = Ulp(d);
        if (float.IsInfinity((float)exact))
        {
            double wrong = lanes.Result[i].Equals((float)exact) ? 0 : double.PositiveInfinity;
            worst.See(wrong, wrong, lanes.X[i], y);
            return;
        }

        double error = Math.Max(0, Math.Abs(lanes.Result[i] - exact) - (Ulp(Math.Max(Math.Abs(exact), Math.Abs(lanes.Result[i]))) / 2)) / y;
        worst.See(error / (ulp + Additive), error / ((most * ulp) + Additive), lanes.X[i], y);
    }

    /// <summary>The distance between neighbouring floats at a value; the least subnormal at the least.</summary>
    private static double Ulp(double value)
    {
        int exponent = (int)((BitConverter.DoubleToInt64Bits(value) >> 52) & 0x7FF) - 1023;
        return exponent > 127 ? double.PositiveInfinity : BitConverter.Int64BitsToDouble((long)(Math.Max(exponent, -126) - 23 + 1023) << 52);
    }
}
