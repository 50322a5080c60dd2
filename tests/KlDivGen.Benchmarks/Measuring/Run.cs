using KlDivGen.Benchmarks.Reports;

namespace KlDivGen.Benchmarks.Measuring;

/// <summary>Heats, one after another, and what came of them.</summary>
internal static class Run
{
    /// <summary>The heats that the goals need, with only those who have a goal.</summary>
    public static IEnumerable<Heat> ForGoals(IEnumerable<Goal> goals) =>
        goals.GroupBy(g => (g.Kernel, g.Length))
            .Select(g => Scenarios.Of(g.Key.Kernel).At(g.Key.Length, g.SelectMany(goal => new[] { goal.Contender, goal.Against })));

    /// <summary>Runs heats and looks at the goals.</summary>
    public static Results Heats(IReadOnlyCollection<Heat> heats, IReadOnlyList<Goal> goals, Effort effort)
    {
        List<Measurement> measurements = [];
        List<RatioResult> ratios = [];
        HashSet<string> absent = [];
        using ProgressLine progress = new();
        int step = 0;
        foreach (Heat heat in heats)
        {
            step++;
            string what = $"{heat.Scenario.Kernel}, n = {heat.Length:N0}";
            Heat present = WithoutAbsent(heat, absent);
            IReadOnlyList<Timing> timings = Interleaved.Run(present, effort, detail => progress.Show(step, heats.Count, what, detail));
            progress.Done(step, heats.Count, what);
            measurements.AddRange(timings.Select(t => new Measurement(
                Harnesses.Interleaved, Machine.CurrentRuntime, heat.Scenario.Kernel, heat.Length, t.Contender, t.Best, t.Median)));
            IEnumerable<Goal> here = goals.Where(g => g.Kernel == heat.Scenario.Kernel && g.Length == heat.Length);
            ratios.AddRange(here.SelectMany(g => Compare(g, timings)));
            GC.Collect();
        }

        return new(Machine.Current(), [.. absent], [.. ratios], [.. measurements]);
    }

    private static IEnumerable<RatioResult> Compare(Goal goal, IReadOnlyList<Timing> timings)
    {
        Timing? contender = timings.FirstOrDefault(t => t.Contender == goal.Contender);
        Timing? against = timings.FirstOrDefault(t => t.Contender == goal.Against);
        if (contender is not null && against is not null)
        {
            yield return new(Machine.CurrentRuntime, goal, contender.Best / against.Best, contender.MedianRatio(against));
        }
    }

    private static Heat WithoutAbsent(Heat heat, HashSet<string> absent)
    {
        List<Entrant> present = [];
        foreach (Entrant entrant in heat.Entrants)
        {
            if (entrant.Absence() is { } reason)
            {
                absent.Add($"{entrant.Name}: {reason}");
            }
            else
            {
                present.Add(entrant);
            }
        }

        return heat with { Entrants = [.. present] };
    }
}
