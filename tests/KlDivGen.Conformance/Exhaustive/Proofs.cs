using System.Diagnostics;
using System.Globalization;
using KlDivGen.Conformance.Checks;

namespace KlDivGen.Conformance.Exhaustive;

/// <summary>The long proofs, and the figures they find: a line each, whatever comes out.</summary>
internal static class Proofs
{
    /// <summary>Each proof, and how many values it looks at where nothing else is said; 0 where it looks at all there are.</summary>
    private static readonly Dictionary<string, (Func<long, IEnumerable<Worst>> Run, long Count)> All = new()
    {
        ["log"] = (_ => SingleProofs.Log(), 0),
        ["exp"] = (_ => SingleProofs.Exp(), 0),
        ["difference"] = (SingleProofs.Difference, 100_000_000),
        ["loss"] = (SingleProofs.Loss, 100_000_000),
        ["log-double"] = (DoubleProofs.Log, 1_000_000_000),
        ["exp-double"] = (DoubleProofs.Exp, 1_000_000_000),
        ["difference-double"] = (DoubleProofs.Difference, 1_000_000_000),
        ["half"] = (_ => HalfProofs.Products(), 0),
        ["sums"] = (_ => SumProofs.Run(), 0),
    };

    public static IEnumerable<string> Names => All.Keys;

    /// <summary>Runs the proofs named, or all; "--count N" is the number of values of those that cannot have them all.</summary>
    public static IEnumerable<Finding> Run(string[] arguments)
    {
        int option = Array.IndexOf(arguments, "--count");
        long asked = 0;
        if (option >= 0 && (option + 1 >= arguments.Length
            || !long.TryParse(arguments[option + 1], NumberStyles.None, CultureInfo.InvariantCulture, out asked)))
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
            var (run, count) = All[name];
            foreach (var worst in run(option >= 0 ? asked : count))
            {
                Console.WriteLine(worst);
                yield return new($"exhaustive {name}", "kernels", worst.Wrong, [$"{worst}"]);
            }

            Console.WriteLine($"{name}: {watch.Elapsed.TotalSeconds:F0} s");
        }
    }
}
