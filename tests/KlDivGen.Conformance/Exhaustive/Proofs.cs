using System.Diagnostics;
using System.Globalization;
using KlDivGen.Conformance.Checks;

namespace KlDivGen.Conformance.Exhaustive;

/// <summary>The long proofs, and the figures they find: a line each, whatever comes out.</summary>
internal static class Proofs
{
    private const long DefaultCount = 100_000_000;

    private static readonly Dictionary<string, Func<long, IEnumerable<Worst>>> All = new()
    {
        ["log"] = _ => SingleProofs.Log(),
        ["exp"] = _ => SingleProofs.Exp(),
        ["difference"] = SingleProofs.Difference,
        ["loss"] = SingleProofs.Loss,
        ["log-double"] = DoubleProofs.Log,
        ["exp-double"] = DoubleProofs.Exp,
        ["difference-double"] = DoubleProofs.Difference,
        ["sums"] = _ => SumProofs.Run(),
    };

    public static IEnumerable<string> Names => All.Keys;

    /// <summary>Runs the proofs named, or all; "--count N" is the number of values of those that cannot have them all.</summary>
    public static IEnumerable<Finding> Run(string[] arguments)
    {
        int option = Array.IndexOf(arguments, "--count");
        long count = DefaultCount;
        if (option >= 0 && (option + 1 >= arguments.Length
            || !long.TryParse(arguments[option + 1], NumberStyles.None, CultureInfo.InvariantCulture, out count)))
        {
            throw new UsageException("--count wants a number.");
        }

        string[] names = [.. arguments.Where((_, i) => option < 0 || (i != option && i != option + 1))];
        if (Array.Find(names, n => !All.ContainsKey(n)) is { } unknown)
        {
            throw new UsageException($"There is no proof {unknown}.");
        }

        foreach (string name in names.Length > 0 ? names : [.. All.Keys])
        {
            var watch = Stopwatch.StartNew();
            foreach (var worst in All[name](count))
            {
                Console.WriteLine(worst);
                yield return new($"exhaustive {name}", "kernels", worst.Wrong, [$"{worst}"]);
            }

            Console.WriteLine($"{name}: {watch.Elapsed.TotalSeconds:F0} s");
        }
    }
}
