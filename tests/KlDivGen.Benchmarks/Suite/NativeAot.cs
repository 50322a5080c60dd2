using System.Runtime.Intrinsics;
using KlDivGen.Benchmarks.Measuring;
using KlDivGen.Benchmarks.Reports;

namespace KlDivGen.Benchmarks.Suite;

/// <summary>Measures the target ratios in this program compiled ahead of time, for several instruction sets.</summary>
internal static class NativeAot
{
    /// <summary>Publishes this program for each instruction set and runs it.</summary>
    /// <returns>The runs; and what could not be measured.</returns>
    public static async Task<(List<RunResult> Runs, List<string> Absent)> MeasureAsync(bool quick)
    {
        string?[] instructionSets = Vector512.IsHardwareAccelerated ? [null, "x86-64-v3", "x86-64-v4"] : [null, "x86-64-v3"];
        List<RunResult> runs = [];
        List<string> absent = [];
        using ProgressLine progress = new();
        for (int i = 0; i < instructionSets.Length; i++)
        {
            string name = instructionSets[i] ?? "default instruction set";
            string output = Path.Combine(ProjectFolder.Builds, $"aot-{instructionSets[i] ?? "default"}");
            progress.Show(i + 1, instructionSets.Length, "Native AOT", $"publishing, {name}");
            if (await PublishAsync(output, instructionSets[i]) is { } failure)
            {
                absent.Add($"Native AOT, {name}: {failure}");
                break;
            }

            progress.Show(i + 1, instructionSets.Length, "Native AOT", $"measuring, {name}");
            string program = Path.Combine(output, OperatingSystem.IsWindows() ? "KlDivGen.Benchmarks.exe" : "KlDivGen.Benchmarks");
            (RunResult[] measured, string? error) = await MeasuringProcess.RatiosAsync(program, [], name, quick);
            runs.AddRange(measured);
            absent.AddRange(error is null ? [] : [error]);
            progress.Done(i + 1, instructionSets.Length, $"Native AOT, {name}");
        }

        return (runs, absent);
    }

    /// <summary>Returns why the program cannot be published, or <see langword="null"/> if it was.</summary>
    private static async Task<string?> PublishAsync(string output, string? instructionSet)
    {
        string[] options = instructionSet is null ? [] : [$"-p:IlcInstructionSet={instructionSet}"];
        ProcessResult result = await ProcessRunner.RunDotnetAsync(
            ["publish", ProjectFolder.Combine("KlDivGen.Benchmarks.csproj"), "-c", "Release", "-p:NativeAot=true", "-o", output, .. options]);
        return result.ExitCode == 0 ? null
            : result.Lines.FirstOrDefault(line => line.Contains("error", StringComparison.Ordinal)) ?? "dotnet publish failed";
    }
}
