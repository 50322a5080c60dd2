using System.Runtime;
using KlDivGen.Benchmarks.Contenders;

namespace KlDivGen.Benchmarks.Measuring;

/// <summary>What one contender took in every round of a heat, in nanoseconds an element.</summary>
internal sealed record Timing(string Contender, double[] Rounds)
{
    /// <summary>The best round: what the machine can do undisturbed.</summary>
    public double Best => this.Rounds.Min();

    /// <summary>The round in the middle.</summary>
    public double Median => Middle(this.Rounds);

    /// <summary>The middle of this contender's time over another's, round by round.</summary>
    public double MedianRatio(Timing other) => Middle(this.Rounds.Zip(other.Rounds, (mine, its) => mine / its));

    private static double Middle(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}

/// <summary>
/// Measures contenders in turns, in one process, on the same data. On a machine that is disturbed, or whose clock moves, times
/// from different minutes cannot be divided by one another; those from the same round can.
/// </summary>
internal static class Interleaved
{
    private static readonly int[] WarmLengths = [10, 1_000, 32_768];

    private static readonly HashSet<Entrant> Warm = [];

    /// <summary>Runs a heat.</summary>
    public static IReadOnlyList<Timing> Run(Heat heat, Effort effort, Action<string> progress)
    {
        progress("warming up");
        WarmUp(heat);
        Workbench bench = new(heat.Scenario.Form, heat.Length);
        Contender[] contenders = [.. heat.Entrants.Select(e => e.Start(bench))];
        try
        {
            long[] times = [.. contenders.Select(c => Calibrate(c, effort.Slice))];
            for (int i = 0; i < contenders.Length; i++)
            {
                Check(heat, heat.Entrants[i], contenders[i]);
            }

            return Measure(heat, contenders, times, effort, progress);
        }
        finally
        {
            foreach (IDisposable contender in contenders.OfType<IDisposable>())
            {
                contender.Dispose();
            }
        }
    }

    private static Timing[] Measure(Heat heat, Contender[] contenders, long[] times, Effort effort, Action<string> progress)
    {
        double round = contenders.Zip(times, (contender, n) => contender.Time(n)).Sum();
        int rounds = (int)Math.Clamp(effort.Budget / round, effort.FewestRounds, effort.Rounds);
        double[][] taken = [.. contenders.Select(_ => new double[rounds])];
        for (int r = 0; r < rounds; r++)
        {
            progress($"round {r + 1} of {rounds}");
            for (int k = 0; k < contenders.Length; k++)
            {
                // Another one begins each round, so that none always follows the same.
                int i = (k + r) % contenders.Length;
                taken[i][r] = StackDepth.Time(contenders[i], times[i], r) / times[i] / heat.Length;
            }
        }

        return [.. heat.Entrants.Zip(taken, (entrant, values) => new Timing(entrant.Name, values))];
    }

    /// <summary>How often a contender has to run to fill a slice.</summary>
    private static long Calibrate(Contender contender, double slice)
    {
        contender.Time(1);
        for (long times = 1; ; times *= 4)
        {
            double taken = contender.Time(times);
            if (taken * 4 >= slice)
            {
                return Math.Max(1, (long)(times * slice / taken));
            }
        }
    }

    /// <summary>Lets the JIT's tiers finish with everything that the heat runs, at every order of length that is measured.</summary>
    private static void WarmUp(Heat heat)
    {
        Entrant[] cold = [.. heat.Entrants.Where(e => e.InProcess && Warm.Add(e))];
        Contender[] contenders =
        [
            .. WarmLengths.Select(n => new Workbench(heat.Scenario.Form, n)).SelectMany(bench => cold.Select(e => e.Start(bench))),
        ];
        for (int compiled = -1; compiled != JitInfo.GetCompiledMethodCount();)
        {
            compiled = (int)JitInfo.GetCompiledMethodCount();
            foreach (Contender contender in contenders)
            {
                // A method is compiled again after 30 calls, in the background, 100 ms after the last new one.
                for (int i = 0; i < 40; i++)
                {
                    contender.Time(1);
                }
            }

            Thread.Sleep(150);
        }
    }

    /// <summary>A contender that computes something else has no place in a comparison.</summary>
    private static void Check(Heat heat, Entrant entrant, Contender contender)
    {
        const double Tolerance = 0.01;
        (double result, double expected) = (contender.Result, contender.Expected);
        if (entrant.ComputesLoss && double.IsFinite(expected) && Math.Abs(result - expected) > Tolerance * Math.Abs(expected))
        {
            throw new InvalidOperationException(
                $"{heat.Scenario.Kernel}, n = {heat.Length}: {entrant.Name} computes {result}, and {expected} is right.");
        }
    }
}
