using KlDivGen.Benchmarks.Measuring;
using KlDivGen.Benchmarks.Reports;

namespace KlDivGen.Benchmarks.Suite;

/// <summary>The same measurements in the program compiled ahead of time, by default and with AVX2.</summary>
internal static class AheadOfTime
{
    private static readonly (string Folder, string? InstructionSet)[] Variants = [("default", null), ("avx2", "x86-64-v3")];

    /// <summary>Publishes and runs both programs.</summary>
    /// <returns>Their results; or why there are none.</returns>
    public static (Results[] Results, string? Absence) Run(bool quick)
    {
        List<Results> results = [];
        using ProgressLine progress = new();
        foreach ((string folder, string? instructionSet) in Variants)
        {
            progress.Show(results.Count + 1, Variants.Length, "Native AOT", $"publishing ({folder})");
            string output = Path.Combine(ProjectFolder.Intermediate, "aot-" + folder);
            if (!Publish(output, instructionSet))
            {
                return ([], "Native AOT: dotnet publish failed; it needs clang or gcc, and zlib (Debian: zlib1g-dev)");
            }

            string json = Path.Combine(output, "results.json");
            progress.Show(results.Count + 1, Variants.Length, "Native AOT", $"measuring ({folder})");
            string program = Path.Combine(output, OperatingSystem.IsWindows() ? "KlDivGen.Benchmarks.Aot.exe" : "KlDivGen.Benchmarks.Aot");
            List<string> arguments = ["ratios", "--json", json];
            if (quick)
            {
                arguments.Add("--quick");
            }

            int exitCode = Child.Run(program, arguments);
            if (exitCode != 0)
            {
                return ([], $"Native AOT: the program ended with {exitCode}");
            }

            results.Add(Results.Read(json));
            progress.Done(results.Count, Variants.Length, $"Native AOT, {folder}");
        }

        return ([.. results], null);
    }

    /// <summary>
    /// The AVX2 program's kernel against the jitted one. They are two processes, so this is the one ratio here that the machine's
    /// mood can change; both times are the best of many rounds.
    /// </summary>
    public static IEnumerable<RatioResult> AgainstJitted(Results jitted, Results avx2)
    {
        foreach (Goal goal in avx2.Ratios.Select(r => r.Goal))
        {
            if (jitted.Find(goal.Kernel, goal.Length, goal.Contender) is { } mine
                && avx2.Find(goal.Kernel, goal.Length, goal.Contender) is { } its)
            {
                Goal against = goal with { Against = $"{goal.Contender}, jitted", Allowed = 1.15 };
                yield return new(avx2.Machine.Runtime, against, its.Best / mine.Best, its.Median / mine.Median);
            }
        }
    }

    private static bool Publish(string output, string? instructionSet)
    {
        string project = Path.Combine(ProjectFolder.Path, "aot");
        string[] options = instructionSet is null ? [] : [$"-p:IlcInstructionSet={instructionSet}"];
        return Child.Run("dotnet", ["publish", project, "-c", "Release", "-o", output, "-v", "q", "-nologo", .. options]) == 0;
    }
}
