using System.Diagnostics;
using System.Runtime.InteropServices;
using KlDivGen.Conformance.Checks;

namespace KlDivGen.Tests.Kernels;

/// <summary>The conformance program in a process of its own, under settings of the runtime.</summary>
internal static class ConformanceProcess
{
    /// <param name="settings">Environment variables, as NAME=VALUE, with semicolons between them.</param>
    /// <param name="arguments">What the program is asked for.</param>
    public static async Task<(int Code, string Output)> Run(string settings, params string[] arguments)
    {
        string shared = RuntimeEnvironment.GetRuntimeDirectory();
        var start = new ProcessStartInfo(Path.GetFullPath(Path.Combine(shared, "../../../dotnet")), [typeof(Suite).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
        };
        foreach (string setting in settings.Split(';'))
        {
            start.Environment[setting.Split('=')[0]] = setting.Split('=')[1];
        }

        using var process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }
}
