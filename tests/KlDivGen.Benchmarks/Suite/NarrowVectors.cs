using System.Runtime.Intrinsics;
using KlDivGen.Benchmarks.Reports;

namespace KlDivGen.Benchmarks.Suite;

/// <summary>Measures the target ratios with 256-bit vectors on processors with AVX-512, as if they had AVX2 only.</summary>
internal static class NarrowVectors
{
    private const string Setting = "DOTNET_EnableAVX512", Value = "0";

    /// <summary>Runs this program with the setting that turns AVX-512 off. Without AVX-512 there is nothing to measure.</summary>
    /// <returns>The runs; and what could not be measured.</returns>
    public static async Task<(List<RunResult> Runs, List<string> Absent)> MeasureAsync()
    {
        List<RunResult> runs = [];
        List<string> absent = [];
        if (Vector512.IsHardwareAccelerated)
        {
            (RunResult[] measured, string? error) =
                await MeasuringProcess.RatiosAsync(null, new() { [Setting] = Value }, $"{Setting}={Value}", quick: false);
            runs.AddRange(measured);
            absent.AddRange(error is null ? [] : [error]);
        }

        return (runs, absent);
    }
}
