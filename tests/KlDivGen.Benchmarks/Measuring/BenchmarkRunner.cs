using KlDivGen.Benchmarks.Reports;

namespace KlDivGen.Benchmarks.Measuring;

/// <summary>Measures runs one after another.</summary>
internal static class BenchmarkRunner
{
    /// <summary>The runs that targets need, with only the candidates that the targets name.</summary>
    public static IEnumerable<BenchmarkRun> RunsOf(IEnumerable<Target> targets) =>
        targets.GroupBy(t => (t.Kernel, t.Length))
            .Select(g => Scenarios.Of(g.Key.Kernel).At(g.Key.Length, g.SelectMany(t => new[] { t.Implementation, t.Against })));

    /// <summary>Measures runs.</summary>
    public static Results Measure(IReadOnlyCollection<BenchmarkRun> runs, MeasurementOptions options)
    {
        List<RunResult> results = [];
        HashSet<string> absent = [];
        using ProgressLine progress = new();
        foreach (BenchmarkRun run in runs)
        {
            int step = results.Count + 1;
            string what = $"{run.Scenario.Kernel}, n = {run.Length:N0}";
            BenchmarkRun present = WithoutAbsent(run, absent);
            Time[] times =
            [
                .. Interleaved.Measure(present, options, detail => progress.Show(step, runs.Count, what, detail)).Select(ToTime),
            ];
            progress.Done(step, runs.Count, what);
            results.Add(new(Machine.CurrentRuntime, run.Scenario.Kernel, run.Length, times));
            GC.Collect();
        }

        return new(Machine.Current(), [.. absent], [.. results]);
    }

    private static Time ToTime(Timing timing) =>
        new(timing.Candidate.Name, Rounded(timing.Best), Rounded(timing.Median), timing.Candidate.VectorBits());

    /// <summary>Rounds to four significant digits: more are noise.</summary>
    private static double Rounded(double nanoseconds) =>
        Math.Round(nanoseconds, Math.Clamp(3 - (int)Math.Floor(Math.Log10(nanoseconds)), 0, 15));

    private static BenchmarkRun WithoutAbsent(BenchmarkRun run, HashSet<string> absent)
    {
        List<Candidate> present = [];
        foreach (Candidate candidate in run.Candidates)
        {
            if (candidate.Absence() is { } reason)
            {
                absent.Add($"{candidate.Name}: {reason}");
            }
            else
            {
                present.Add(candidate);
            }
        }

        return run with { Candidates = [.. present] };
    }
}
