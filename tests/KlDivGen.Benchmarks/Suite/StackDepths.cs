using KlDivGen.Benchmarks.Measuring;
using KlDivGen.Benchmarks.Reports;

namespace KlDivGen.Benchmarks.Suite;

/// <summary>Shows how the depth of the stack changes the times of the same code.</summary>
internal static class StackDepths
{
    /// <summary>The number of measurements at each depth. The best one counts, because the others were disturbed.</summary>
    private const int Repetitions = 3;

    private static readonly MeasurementOptions Options =
        new(Rounds: Repetitions * StackDepth.Count, MinimumRounds: Repetitions * StackDepth.Count, MinimumDuration: 0.3e6, Budget: 1);

    /// <summary>Measures the kernels whose name contains a text.</summary>
    public static MarkdownTable Measure(string only)
    {
        MarkdownTable table = new(
            2, $"kernel, n = {TimeTable.Length:N0}", "implementation", "best", "median", "worst", $"of {StackDepth.Count} depths slower by a third");
        BenchmarkRun[] runs = [.. Scenarios.All
            .Where(s => s.Kernel.Contains(only, StringComparison.OrdinalIgnoreCase))
            .Select(s => s.At(TimeTable.Length, [Names.KlDivGen, Names.TensorPrimitives]))];
        using ProgressLine progress = new();
        for (int k = 0; k < runs.Length; k++)
        {
            (int step, string kernel) = (k + 1, runs[k].Scenario.Kernel);
            foreach (Timing timing in Interleaved.Measure(runs[k], Options, detail => progress.Show(step, runs.Length, kernel, detail)))
            {
                double[] depths = [.. timing.Rounds.Index().GroupBy(r => r.Index % StackDepth.Count, r => r.Item).Select(g => g.Min()).Order()];
                double median = depths[depths.Length / 2];
                int slow = depths.Count(d => d > median * 4 / 3);
                table.Add(kernel, timing.Candidate.Name, $"{depths[0]:0.000}", $"{median:0.000}", $"{depths[^1]:0.000}", $"{slow}");
            }

            progress.Done(step, runs.Length, kernel);
        }

        return table;
    }
}
