using System.Diagnostics;
using KlDivGen.Conformance.Checks;

namespace KlDivGen.Conformance.Exhaustive;

/// <summary>The long tests. Each prints a line with the largest error that it found.</summary>
internal static class ExhaustiveTests
{
    /// <summary>The tests, with the number of values that they cover by default; 0 if they cover all values.</summary>
    private static readonly Dictionary<string, (Func<long, IEnumerable<ErrorStatistics>> Run, long Count)> All = new()
    {
        ["log"] = (_ => SingleTests.Log(), 0),
        ["exp"] = (_ => SingleTests.Exp(), 0),
        ["exp-in-sums"] = (_ => SingleTests.ExpInSums(), 0),
        ["difference"] = (SingleTests.Difference, 100_000_000),
        ["loss"] = (SingleTests.Loss, 100_000_000),
        ["log-double"] = (DoubleTests.Log, 1_000_000_000),
        ["exp-double"] = (DoubleTests.Exp, 1_000_000_000),
        ["exp-in-sums-double"] = (DoubleTests.ExpInSums, 1_000_000_000),
        ["difference-double"] = (DoubleTests.Difference, 1_000_000_000),
        ["divergences"] = (DivergenceTests.Single, 16_000_000),
        ["divergences-double"] = (DivergenceTests.Double, 16_000_000),
        ["half"] = (_ => HalfTests.Products(), 0),
        ["sums"] = (_ => SumTests.Run(), 0),
    };

    public static IEnumerable<string> Names => All.Keys;

    /// <summary>Runs tests by name.</summary>
    /// <param name="names">The names; all tests if empty.</param>
    /// <param name="count">The number of values of the tests that cannot cover all values.</param>
    public static IEnumerable<CheckResult> Run(string[] names, long? count)
    {
        foreach (string name in names.Length > 0 ? names : [.. All.Keys])
        {
            Stopwatch watch = Stopwatch.StartNew();
            (Func<long, IEnumerable<ErrorStatistics>> run, long defaultCount) = All[name];
            foreach (ErrorStatistics statistics in run(count ?? defaultCount))
            {
                Console.WriteLine(statistics);
                yield return new($"exhaustive {name}", "kernels", statistics.ErrorCount, [$"{statistics}"]);
            }

            Console.WriteLine($"{name}: {watch.Elapsed.TotalSeconds:F0} s");
        }
    }
}
