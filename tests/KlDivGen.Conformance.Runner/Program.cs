using System.CommandLine;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.Intrinsics;
using KlDivGen.Conformance.Checks;
using KlDivGen.Conformance.Exhaustive;
using KlDivGen.Conformance.Fuzzing;
using KlDivGen.Conformance.Matrix;
using KlDivGen.Conformance.Rows;

namespace KlDivGen.Conformance;

/// <summary>
/// Checks kernels wherever it runs: compiled just in time for any vector width, or ahead of time. Prints the errors and then "N passed,
/// N failed". The exit code is 1 if anything failed or nothing was checked, and 2 if the arguments are wrong.
/// </summary>
internal static class Program
{
    private static readonly string[] CheckNames = ["oracle", .. CheckSuite.Checks.Select(c => c.Name), .. RowChecks.Checks.Select(c => c.Name), "hash"];

    private static readonly string[] GroupNames = [.. KernelGroups.Names, .. RowGroups.Names];

    private static int Main(string[] arguments)
    {
        Argument<string[]> checks = new("check")
        {
            Description = $"The checks to run; all by default: {string.Join(", ", CheckNames)}.",
            HelpName = "check",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<string[]> groups = CreateGroupOption();
        Option<bool> verbose = new("--verbose") { Description = "Print how long each check takes." };
        Option<bool> print = new("--print") { Description = "Print the hashes of the deterministic methods instead of running checks." };
        checks.AcceptOnlyFromAmong(CheckNames);
        RootCommand root = new("Checks generated kernels against the contract: values, bits, memory, exceptions.")
        {
            checks, groups, verbose, print, CreateExhaustiveCommand(), CreateFuzzCommand(), CreateMatrixCommand(), CreateAccuracyCommand(),
        };
        root.SetAction(result => result.GetValue(print)
            ? PrintHashes()
            : Report(Check(
                result.GetValue(checks) is { Length: > 0 } names ? names : CheckNames,
                result.GetValue(groups) is { Length: > 0 } chosen ? chosen : GroupNames,
                result.GetValue(verbose))));
        ParseResult parsed = root.Parse(arguments);
        int exitCode = parsed.Invoke();
        return parsed.Errors.Count > 0 ? 2 : exitCode;
    }

    private static Option<string[]> CreateGroupOption()
    {
        Option<string[]> groups = new("--group")
        {
            Description = $"The groups of methods to check; all by default: {string.Join(", ", GroupNames)}.",
            HelpName = "group",
            AllowMultipleArgumentsPerToken = true,
        };
        return groups.AcceptOnlyFromAmong(GroupNames);
    }

    private static Command CreateExhaustiveCommand()
    {
        Argument<string[]> names = new("test")
        {
            Description = $"The tests to run; all by default: {string.Join(", ", ExhaustiveTests.Names)}.",
            HelpName = "test",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<long?> count = new("--count") { Description = "The number of values of the tests that cannot cover all values." };
        names.AcceptOnlyFromAmong([.. ExhaustiveTests.Names]);
        Command command = new("exhaustive", "Runs the long tests: all float values, many double values, long sums.") { names, count };
        command.SetAction(result => Report(ExhaustiveTests.Run(result.GetValue(names) ?? [], result.GetValue(count))));
        return command;
    }

    private static Command CreateFuzzCommand()
    {
        Option<string[]> groups = CreateGroupOption();
        Option<int> seconds = new("--seconds") { Description = "How long to run.", DefaultValueFactory = _ => 60 };
        Option<ulong?> seed = new("--seed") { Description = "The seed of the first case; the others count up from it. By default it is the time." };
        Option<long?> count = new("--count") { Description = "The number of cases to run, however long it takes." };
        Option<bool> verbose = new("--verbose") { Description = "Print each case before it runs." };
        Command command = new("fuzz", "Compares random calls of all methods with the oracle.") { groups, seconds, seed, count, verbose };
        command.SetAction(result => Report(
            new Fuzzer(
                result.GetValue(groups) is { Length: > 0 } chosen ? chosen : GroupNames,
                result.GetValue(seed) ?? (ulong)DateTime.UtcNow.Ticks,
                result.GetValue(verbose))
            .Run(TimeSpan.FromSeconds(result.GetValue(seconds)), result.GetValue(count))));
        return command;
    }

    private static Command CreateAccuracyCommand()
    {
        Command command = new("accuracy", "Prints the worst errors of losses from logits, beside those of other implementations.");
        command.SetAction(_ =>
        {
            foreach (string line in RowAccuracy.Table().Append(string.Empty).Concat(RowAccuracy.TableByDivergence()))
            {
                Console.WriteLine(line);
            }
        });
        return command;
    }

    private static Command CreateMatrixCommand()
    {
        Argument<DirectoryInfo> folder = new("folder")
        {
            Description = "The folder of the files.",
            DefaultValueFactory = _ => new("tests/KlDivGen.Conformance/Matrix/Generated"),
        };
        folder.AcceptExistingOnly();
        Command command = new("matrix", "Writes the source files of the matrix.") { folder };
        command.SetAction(result =>
        {
            foreach ((string name, string text) in MatrixWriter.Files())
            {
                File.WriteAllText(Path.Combine(result.GetRequiredValue(folder).FullName, name), text);
            }
        });
        return command;
    }

    private static IEnumerable<string> FindOracleErrors() =>
        OracleCheck.Run().Concat(RowReferences.VerifyOracle()).Concat(RowReferences.VerifyOneSideOracle());

    private static IEnumerable<CheckResult> Check(string[] names, string[] groups, bool verbose)
    {
        string mainLoops = Vector512.IsHardwareAccelerated && Vector<byte>.Count < Vector512<byte>.Count ? ", main loops 512-bit" : string.Empty;
        Console.WriteLine($"{Vector<byte>.Count * 8}-bit vectors, {(Vector.IsHardwareAccelerated ? "accelerated" : "in software")}{mainLoops}");
        foreach (string name in names)
        {
            Stopwatch watch = Stopwatch.StartNew();
            IEnumerable<CheckResult> results = name switch
            {
                "oracle" => [CheckResult.Create("oracle", "all", FindOracleErrors())],
                "hash" => groups.SelectMany(CompareHashes),
                _ when RowChecks.Checks.Any(check => check.Name == name) =>
                    groups.Intersect(RowGroups.Names).SelectMany(group => RowChecks.Run(name, group)),
                _ => groups.Intersect(KernelGroups.Names).SelectMany(group => CheckSuite.Run(name, group)),
            };
            foreach (CheckResult result in results)
            {
                yield return result;
            }

            if (verbose)
            {
                Console.WriteLine($"{name}: {watch.ElapsedMilliseconds} ms");
            }
        }
    }

    private static IEnumerable<CheckResult> CompareHashes(string group)
    {
        HashSet<string> expected = Hash.ReadExpected();
        return Hashes(group).Select(line => CheckResult.Create(
            "hash", line.Split(' ')[0], expected.Contains(line) ? [] : [$"{line} is not the expected hash"]));
    }

    private static IEnumerable<string> Hashes(string group) => RowGroups.Names.Contains(group) ? RowHash.Compute(group) : Hash.Compute(group);

    private static int Report(IEnumerable<CheckResult> results)
    {
        (int passed, int failed) = (0, 0);
        foreach (CheckResult result in results)
        {
            if (result.HasPassed)
            {
                passed++;
                continue;
            }

            failed++;
            Console.WriteLine(result);
        }

        Console.WriteLine($"{passed} passed, {failed} failed");
        return failed == 0 && passed > 0 ? 0 : 1;
    }

    private static int PrintHashes()
    {
        foreach (string line in GroupNames.SelectMany(Hashes))
        {
            Console.WriteLine(line);
        }

        return 0;
    }
}
