using System.ComponentModel;
using System.Diagnostics;

namespace KlDivGen.Benchmarks.Contenders;

/// <summary>Runs other programs: compilers, Python.</summary>
internal static class CommandLineTool
{
    /// <summary>The program's output, or <see langword="null"/> where it does not exist or fails.</summary>
    public static string? TryRun(string program, params ReadOnlySpan<string> arguments)
    {
        ProcessStartInfo start = new(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            errors.GetAwaiter().GetResult();
            return process.ExitCode == 0 ? output.Trim() : null;
        }
        catch (Win32Exception)
        {
            // The documented way to learn that there is no such program.
            return null;
        }
    }

    /// <summary>The text of a file that is embedded in this program.</summary>
    public static string Embedded(string name)
    {
        using StreamReader reader = new(typeof(CommandLineTool).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
