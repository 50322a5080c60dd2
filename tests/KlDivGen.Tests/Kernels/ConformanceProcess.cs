namespace KlDivGen.Tests.Kernels;

/// <summary>Runs the conformance program in its own process, under given settings of the runtime.</summary>
internal static class ConformanceProcess
{
    /// <param name="settings">Environment variables, as NAME=VALUE, separated by semicolons.</param>
    /// <param name="arguments">The program's arguments.</param>
    public static Task<ProcessResult> RunAsync(string settings, params string[] arguments) => ProcessRunner.RunDotnetAsync(
        [Path.Combine(AppContext.BaseDirectory, "KlDivGen.Conformance.Runner.dll"), .. arguments],
        new() { Environment = settings.Split(';').Select(setting => setting.Split('=')).ToDictionary(pair => pair[0], string? (pair) => pair[1]) },
        TestContext.Current.CancellationToken);
}
