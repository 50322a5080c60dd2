using KlDivGen.Benchmarks.Measuring;
using KlDivGen.Benchmarks.Reports;

namespace KlDivGen.Benchmarks.Suite;

/// <summary>What the depth of the stack makes of times that are otherwise the same.</summary>
internal static class StackDepths
{
    /// <summary>Each depth three times, of which the best counts: what disturbs the machine is not meant.</summary>
    private const int Turns = 3;

    private static readonly Effort Effort =
        new(Rounds: Turns * StackDepth.Places, FewestRounds: Turns * StackDepth.Places, Slice: 0.3e6, Budget: 1);

    private static readonly string[] Names = [Measuring.Names.KlDivGen, Measuring.Names.TensorPrimitives];

    /// <summary>Measures the kernels whose name contains a part.</summary>
    public static MarkdownTable Measure(string part)
    {
        MarkdownTable table = new(2, "kernel, n = 32,768", "contender", "best", "median", "worst", "of 64 depths slower by a third");
        Heat[] heats = [.. Scenarios.All
            .Where(s => s.Kernel.Contains(part, StringComparison.OrdinalIgnoreCase))
            .Select(s => s.At(32_768, Names))];
        using ProgressLine progress = new();
        for (int k = 0; k < heats.Length; k++)
        {
            (int step, string kernel) = (k + 1, heats[k].Scenario.Kernel);
            foreach (Timing timing in Interleaved.Run(heats[k], Effort, detail => progress.Show(step, heats.Length, kernel, detail)))
            {
                double[] depths = [.. timing.Rounds.Index().GroupBy(r => r.Index % StackDepth.Places, r => r.Item).Select(g => g.Min()).Order()];
                double median = depths[depths.Length / 2];
                table.Add(
                    kernel, timing.Contender, $"{depths[0]:0.000}", $"{median:0.000}", $"{depths[^1]:0.000}", $"{depths.Count(d => d > median * 4 / 3)}");
            }

            progress.Done(step, heats.Length, kernel);
        }

        return table;
    }
}
