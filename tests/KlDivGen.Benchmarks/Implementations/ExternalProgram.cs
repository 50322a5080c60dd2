namespace KlDivGen.Benchmarks.Implementations;

/// <summary>Runs compilers and interpreters that may not be installed.</summary>
internal static class ExternalProgram
{
    /// <summary>Returns the standard output of a program, or <see langword="null"/> if it does not exist or fails.</summary>
    public static string? TryRun(string program, params string[] arguments) =>
        ProcessRunner.TryRunAsync(program, arguments).GetAwaiter().GetResult() is { ExitCode: 0 } result
            ? result.StandardOutput.Trim()
            : null;
}
