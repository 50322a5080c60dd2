using System.Numerics;
using System.Runtime.Intrinsics;
using KlDivGen.Benchmarks.Reports;

namespace KlDivGen.Benchmarks.Suite;

/// <summary>
/// Measures the target ratios with the same vector width for all of .NET. With AVX-512, <c>TensorPrimitives</c> uses 512 bits and
/// <c>Vector&lt;T&gt;</c> 256, unless a setting of the runtime changes that.
/// </summary>
internal static class EqualWidths
{
    private static readonly (string Name, string Value)[] Settings = [("DOTNET_EnableAVX512", "0"), ("DOTNET_MaxVectorTBitWidth", "512")];

    /// <summary>Runs this program with each setting. Without AVX-512 there is nothing to measure.</summary>
    /// <returns>The runs; and what could not be measured.</returns>
    public static async Task<(List<RunResult> Runs, List<string> Absent)> MeasureAsync()
    {
        List<RunResult> runs = [];
        List<string> absent = [];
        if (Vector512.IsHardwareAccelerated && Vector<byte>.Count < Vector512<byte>.Count)
        {
            foreach ((string name, string value) in Settings)
            {
                (RunResult[] measured, string? error) =
                    await MeasuringProcess.RatiosAsync(null, new() { [name] = value }, $"{name}={value}", quick: false);
                runs.AddRange(measured);
                absent.AddRange(error is null ? [] : [error]);
            }
        }

        return (runs, absent);
    }
}
