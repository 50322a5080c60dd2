using System.Globalization;

namespace KlDivGen.Benchmarks.Reports;

/// <summary>The goals as a table: kernel, against what, the ratio found, allowed and aimed at.</summary>
internal static class RatioTable
{
    /// <summary>Writes the table.</summary>
    public static string Write(IEnumerable<RatioResult> ratios)
    {
        MarkdownTable table = new(3, "kernel", "time of", "against", "n", "ratio", "median", "allowed", "aim", "");
        foreach (RatioResult ratio in ratios)
        {
            Goal goal = ratio.Goal;
            table.Add(
                goal.Kernel,
                goal.Contender,
                goal.Against,
                goal.Length.ToString("N0", CultureInfo.InvariantCulture),
                Number(ratio.Best),
                Number(ratio.Median),
                Number(goal.Allowed),
                Number(goal.Aim),
                ratio.Reached is false ? "missed" : ratio.Best <= goal.Aim ? "✓✓" : ratio.Reached is true ? "✓" : "");
        }

        return table.ToString();
    }

    private static string Number(double? value) => value?.ToString("0.00", CultureInfo.InvariantCulture) ?? "";
}
