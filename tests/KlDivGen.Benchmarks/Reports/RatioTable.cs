using System.Globalization;

namespace KlDivGen.Benchmarks.Reports;

/// <summary>The targets and the ratios that were measured.</summary>
internal static class RatioTable
{
    /// <summary>The largest accepted time of a program compiled ahead of time, divided by that of the jitted program.</summary>
    private const double NativeAotAtMost = 1.15;

    /// <summary>Writes one table per runtime, each with a heading.</summary>
    public static string Write(Results results) => string.Join(
        "\n", results.Runs.GroupBy(run => run.Runtime).Select(runs => Write(results, runs.Key, [.. runs])).Where(text => text.Length > 0));

    private static string Write(Results results, string runtime, RunResult[] runs)
    {
        MarkdownTable table = new(4, "kernel", "time of", "divided by that of", "vectors, bits", "n", "ratio", "median", "at most", "aim", "");
        bool nativeAot = IsNativeAot(runtime);
        int widestVector = runs.SelectMany(run => run.Times).Max(time => time.VectorBits) ?? 0;
        foreach (Target target in Targets.For(nativeAot, widestVector))
        {
            RunResult? run = runs.FirstOrDefault(r => r.Kernel == target.Kernel && r.Length == target.Length);
            if (run?.Find(target.Implementation) is not { } time)
            {
                continue;
            }

            if (run.Find(target.Against) is { } against)
            {
                Add(table, target, time, against);
            }

            // Two processes: unlike the other ratios, this one changes if the machine is slower for a while.
            if (nativeAot && Jitted(results, target, time.VectorBits) is { } jitted)
            {
                Add(table, target with { Against = $"{target.Implementation}, jitted", AtMost = NativeAotAtMost, Aim = null }, time, jitted);
            }
        }

        return table.IsEmpty ? "" : $"## Ratios, {runtime}\n\n{table}";
    }

    /// <summary>The time of the jitted program with vectors of the same width, or <see langword="null"/> if it was not measured.</summary>
    private static Time? Jitted(Results results, Target target, int? vectorBits) => results.Runs
        .Where(run => run.Kernel == target.Kernel && run.Length == target.Length && !IsNativeAot(run.Runtime))
        .Select(run => run.Find(target.Implementation))
        .FirstOrDefault(time => time?.VectorBits == vectorBits);

    private static bool IsNativeAot(string runtime) => runtime.Contains("Native AOT", StringComparison.Ordinal);

    private static void Add(MarkdownTable table, Target target, Time time, Time against)
    {
        double ratio = time.Best / against.Best;
        table.Add(
            target.Kernel,
            target.Implementation,
            target.Against,
            $"{Bits(time)} / {Bits(against)}",
            target.Length.ToString("N0", CultureInfo.InvariantCulture),
            Number(ratio),
            Number(time.Median / against.Median),
            Number(target.AtMost),
            Number(target.Aim),
            ratio > target.AtMost ? "missed" : ratio <= target.Aim ? "✓✓" : target.AtMost is not null ? "✓" : "");
    }

    private static string Bits(Time time) => time.VectorBits?.ToString(CultureInfo.InvariantCulture) ?? "–";

    private static string Number(double? value) => value?.ToString("0.00", CultureInfo.InvariantCulture) ?? "";
}
