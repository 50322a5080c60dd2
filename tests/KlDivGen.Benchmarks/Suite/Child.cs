using System.Diagnostics;

namespace KlDivGen.Benchmarks.Suite;

/// <summary>Another process that measures, or prepares to.</summary>
internal static class Child
{
    /// <summary>Starts a program, without its output, and waits for its end.</summary>
    /// <param name="program">The program's file.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="variable">An environment variable to set, or <see langword="null"/>.</param>
    /// <returns>Its exit code.</returns>
    public static int Run(string program, IEnumerable<string> arguments, (string Name, string Value)? variable = null)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true };
        if (variable is (string name, string value))
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
