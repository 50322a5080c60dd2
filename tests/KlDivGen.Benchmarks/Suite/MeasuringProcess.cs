using KlDivGen.Benchmarks.Reports;

namespace KlDivGen.Benchmarks.Suite;

/// <summary>Runs this program in another process.</summary>
internal static class MeasuringProcess
{
    private static readonly TimeSpan Timeout = TimeSpan.FromHours(1);

    /// <summary>Measures the target ratios with a program.</summary>
    /// <param name="program">The program's file, or <see langword="null"/> for this program.</param>
    /// <param name="environment">Environment variables.</param>
    /// <param name="setting">The name of the setting in the reports.</param>
    /// <param name="quick">Whether to measure quickly.</param>
    /// <returns>The runs; or why there are none.</returns>
    public static async Task<(RunResult[] Runs, string? Error)> RatiosAsync(
        string? program, Dictionary<string, string?> environment, string setting, bool quick)
    {
        string json = Path.Combine(ProjectFolder.Builds, "child.json");
        string[] arguments = ["ratios", "--json", json, .. quick ? ["--quick"] : Array.Empty<string>()];
        ProcessOptions options = new() { Environment = environment, Timeout = Timeout };
        ProcessResult result = program is null
            ? await RunSelfAsync(arguments, options)
            : await ProcessRunner.RunAsync(program, arguments, options);
        if (result.ExitCode != 0)
        {
            return ([], $"{setting}: the program ended with exit code {result.ExitCode}: {result.Lines.LastOrDefault()}");
        }

        return ([.. Results.Read(json).Runs.Select(run => run with { Runtime = $"{run.Runtime}, {setting}" })], null);
    }

    /// <summary>Runs this program with other arguments.</summary>
    public static Task<ProcessResult> RunSelfAsync(string[] arguments, ProcessOptions options) =>
        ProcessRunner.RunDotnetAsync([Path.Combine(AppContext.BaseDirectory, "KlDivGen.Benchmarks.dll"), .. arguments], options);
}
