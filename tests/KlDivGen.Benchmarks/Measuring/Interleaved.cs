using System.Runtime;
using KlDivGen.Benchmarks.Data;
using KlDivGen.Benchmarks.Implementations;

namespace KlDivGen.Benchmarks.Measuring;

/// <summary>The time of one implementation in every round of a run, in nanoseconds per element.</summary>
internal sealed record Timing(Candidate Candidate, double[] Rounds)
{
    /// <summary>The fastest round: what the machine can do if nothing disturbs it.</summary>
    public double Best => this.Rounds.Min();

    /// <summary>The median of all rounds.</summary>
    public double Median => this.Rounds.Order().ElementAt(this.Rounds.Length / 2);
}

/// <summary>
/// Measures implementations in turns, in one process, on the same data. On a machine that is disturbed, or whose clock changes, times
/// from different minutes cannot be compared. Times from the same round can.
/// </summary>
internal static class Interleaved
{
    private static readonly int[] WarmUpLengths = [10, 1_000, 32_768];

    /// <summary>
    /// How often nothing new may be compiled until warming up is over. A method waits for its next tier once more than a round takes; with one
    /// round, rows of 16 were measured unoptimized in half of the processes.
    /// </summary>
    private const int StableRounds = 4;

    private static readonly HashSet<Candidate> Warm = [];

    /// <summary>Measures the candidates of a run.</summary>
    public static IReadOnlyList<Timing> Measure(BenchmarkRun run, MeasurementOptions options, Action<string> progress)
    {
        progress("warming up");
        WarmUp(run);
        TestData data = run.Scenario.Data(run.Length);
        Implementation[] implementations = [.. run.Candidates.Select(c => c.Start(data))];
        try
        {
            long[] repetitions = [.. implementations.Select(i => Calibrate(i, options.MinimumDuration))];
            for (int i = 0; i < implementations.Length; i++)
            {
                Check(run, run.Candidates[i], implementations[i]);
            }

            return MeasureRounds(run, implementations, repetitions, options, progress);
        }
        finally
        {
            foreach (IDisposable implementation in implementations.OfType<IDisposable>())
            {
                implementation.Dispose();
            }
        }
    }

    private static Timing[] MeasureRounds(
        BenchmarkRun run, Implementation[] implementations, long[] repetitions, MeasurementOptions options, Action<string> progress)
    {
        double duration = implementations.Zip(repetitions, (implementation, n) => implementation.Time(n)).Sum();
        int rounds = (int)Math.Clamp(options.Budget / duration, options.MinimumRounds, options.Rounds);
        double[][] times = [.. implementations.Select(_ => new double[rounds])];
        for (int round = 0; round < rounds; round++)
        {
            progress($"round {round + 1} of {rounds}");
            for (int k = 0; k < implementations.Length; k++)
            {
                // Each round starts with the next implementation, so that none always runs after the same one.
                int i = (k + round) % implementations.Length;
                times[i][round] = StackDepth.Time(implementations[i], repetitions[i], round) / repetitions[i] / run.Length;
            }
        }

        return [.. run.Candidates.Zip(times, (candidate, values) => new Timing(candidate, values))];
    }

    /// <summary>Returns how often an implementation has to run to take a duration.</summary>
    private static long Calibrate(Implementation implementation, double duration)
    {
        implementation.Time(1);
        for (long repetitions = 1; ; repetitions *= 4)
        {
            double time = implementation.Time(repetitions);
            if (time * 4 >= duration)
            {
                return Math.Max(1, (long)(repetitions * duration / time));
            }
        }
    }

    /// <summary>Runs the candidates until the JIT has compiled all of their code with full optimization, for short and long data.</summary>
    private static void WarmUp(BenchmarkRun run)
    {
        Candidate[] cold = [.. run.Candidates.Where(c => c.InProcess && Warm.Add(c))];
        Implementation[] implementations =
        [
            .. WarmUpLengths.Select(n => run.Scenario.Data(n)).SelectMany(data => cold.Select(c => c.Start(data))),
        ];
        int compiled = -1;
        for (int unchanged = 0; unchanged < StableRounds; unchanged++)
        {
            if (compiled != (int)JitInfo.GetCompiledMethodCount())
            {
                unchanged = 0;
            }

            compiled = (int)JitInfo.GetCompiledMethodCount();
            foreach (Implementation implementation in implementations)
            {
                // A method is compiled again after 30 calls, in the background, 100 ms after the last new method.
                for (int i = 0; i < 40; i++)
                {
                    implementation.Time(1);
                }
            }

            Thread.Sleep(150);
        }
    }

    /// <summary>Throws if an implementation does not compute the loss.</summary>
    private static void Check(BenchmarkRun run, Candidate candidate, Implementation implementation)
    {
        const double Tolerance = 0.01;
        (double result, double expected) = (implementation.Result, implementation.Expected);
        if (candidate.ComputesLoss && double.IsFinite(expected) && Math.Abs(result - expected) > Tolerance * Math.Abs(expected))
        {
            throw new InvalidOperationException(
                $"{run.Scenario.Kernel}, n = {run.Length}: {candidate.Name} returned {result}; expected {expected}.");
        }
    }
}
