using System.Diagnostics;
using System.Numerics;
using KlDivGen.Conformance.Checks;
using KlDivGen.Conformance.Exhaustive;
using KlDivGen.Conformance.Matrix;

namespace KlDivGen.Conformance;

/// <summary>
/// Proves kernels right, wherever it runs: jitted at any vector width, or compiled ahead of time. Prints what is wrong, then
/// "N passed, N failed", and exits with 1 where anything failed, with 2 where it was asked for something it has not.
/// </summary>
internal static class Program
{
    private const string Usage =
        """
        KlDivGen.Conformance [CHECK…] [--family FAMILY] [--verbose]   the checks named, or all of them, on every method of the matrix
        KlDivGen.Conformance hash [--print]                           the deterministic methods' bits against those kept, or printed
        KlDivGen.Conformance exhaustive [PROOF…] [--count N]          the long proofs: every float32 value, N doubles, long sums
        KlDivGen.Conformance matrix [FOLDER]                          writes the matrix's source files
        KlDivGen.Conformance list                                     the checks and families
        """;

    private static int Main(string[] arguments)
    {
        try
        {
            return arguments switch
            {
                ["matrix", .. var rest] => WriteMatrix(rest is [var folder] ? folder : "tests/KlDivGen.Conformance/Matrix/Written"),
                ["hash", "--print"] => PrintHashes(),
                ["exhaustive", .. var rest] => Report(Proofs.Run(rest)),
                ["list"] => List(),
                ["--help" or "-h", ..] => Say(Usage, 0),
                _ => Report(Check(arguments)),
            };
        }
        catch (UsageException e)
        {
            return Say($"{e.Message}\n\n{Usage}", 2);
        }
    }

    /// <summary>Runs checks by name over the families asked for.</summary>
    private static IEnumerable<Finding> Check(string[] arguments)
    {
        var (names, families, verbose) = Parse(arguments);
        Console.WriteLine($"{Vector<byte>.Count * 8}-bit vectors, {(Vector.IsHardwareAccelerated ? "accelerated" : "in software")}");
        foreach (string name in names)
        {
            var watch = Stopwatch.StartNew();
            foreach (var finding in name switch
            {
                "oracle" => Alone("oracle", OracleCheck.Run()),
                "hash" => families.SelectMany(Hashes),
                _ => families.SelectMany(family => Suite.Run(name, family)),
            })
            {
                yield return finding;
            }

            if (verbose)
            {
                Console.WriteLine($"{name}: {watch.ElapsedMilliseconds} ms");
            }
        }
    }

    private static (string[] Names, string[] Families, bool Verbose) Parse(string[] arguments)
    {
        string[] known = ["oracle", .. Suite.Checks.Select(c => c.Name), "hash"];
        var (names, families) = (new List<string>(), new List<string>());
        for (int i = 0; i < arguments.Length; i++)
        {
            string argument = arguments[i];
            if (argument == "--family")
            {
                string wanted = ++i < arguments.Length ? arguments[i] : throw new UsageException("--family wants a name.");
                families.Add(Families.Names.Contains(wanted) ? wanted : throw new UsageException($"There is no family {wanted}."));
            }
            else if (argument != "--verbose")
            {
                names.Add(known.Contains(argument) ? argument : throw new UsageException($"There is no check {argument}."));
            }
        }

        return (names.Count > 0 ? [.. names] : known, families.Count > 0 ? [.. families] : Families.Names, arguments.Contains("--verbose"));
    }

    private static IEnumerable<Finding> Hashes(string family)
    {
        var kept = Hash.Kept();
        return Hash.Of(family).Select(line => new Finding("hash", line.Split(' ')[0], kept.Contains(line) ? 0 : 1, [$"{line} is not kept"]));
    }

    private static IEnumerable<Finding> Alone(string name, IEnumerable<string> problems)
    {
        string[] all = [.. problems];
        return [new(name, "all", all.Length, [.. all.Take(20)])];
    }

    private static int Report(IEnumerable<Finding> findings)
    {
        var (passed, failed) = (0, 0);
        foreach (var finding in findings)
        {
            if (finding.Count == 0)
            {
                passed++;
                continue;
            }

            failed++;
            Console.WriteLine(finding);
        }

        return Say($"{passed} passed, {failed} failed", failed == 0 && passed > 0 ? 0 : 1);
    }

    private static int PrintHashes()
    {
        foreach (string line in Families.Names.SelectMany(Hash.Of))
        {
            Console.WriteLine(line);
        }

        return 0;
    }

    private static int WriteMatrix(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new UsageException($"There is no folder {folder}.");
        }

        foreach (var (name, text) in Writer.Files())
        {
            File.WriteAllText(Path.Combine(folder, name), text);
        }

        return 0;
    }

    private static int List() => Say(
        $"checks: oracle, {string.Join(", ", Suite.Checks.Select(c => c.Name))}, hash\n"
        + $"proofs: {string.Join(", ", Proofs.Names)}\nfamilies: {string.Join(", ", Families.Names)}", 0);

    private static int Say(string text, int code)
    {
        Console.WriteLine(text);
        return code;
    }
}
