using System.Numerics;
using System.Runtime.Intrinsics.X86;
using KlDivGen.Benchmarks.Reports;

namespace KlDivGen.Benchmarks.Suite;

/// <summary>
/// The promised ratios where everyone's vectors are equally wide. With AVX-512 they are not: <c>TensorPrimitives</c> takes 512 bits, and
/// <c>Vector&lt;T&gt;</c> 256, unless the runtime is told otherwise before it starts.
/// </summary>
internal static class EqualWidths
{
    private static readonly string[] Settings = ["DOTNET_EnableAVX512=0", "DOTNET_MaxVectorTBitWidth=512"];

    /// <summary>Runs this program again with each of the settings; with none where widths are equal anyway.</summary>
    public static IEnumerable<Results> Run()
    {
        if (!Avx512F.IsSupported || Vector<byte>.Count != 32)
        {
            yield break;
        }

        foreach (string setting in Settings)
        {
            string json = Path.Combine(ProjectFolder.Intermediate, "equal-widths.json");
            int exitCode = Child.Run("dotnet", [typeof(EqualWidths).Assembly.Location, "ratios", "--json", json], setting);
            if (exitCode != 0)
            {
                throw new InvalidOperationException($"The benchmark with {setting} ended with {exitCode}.");
            }

            Results results = Results.Read(json);
            string runtime = $"{results.Machine.Runtime}, {setting}";
            yield return results with
            {
                Ratios = [.. results.Ratios.Select(r => r with { Runtime = runtime })],
                Measurements = [.. results.Measurements.Select(m => m with { Runtime = runtime })],
            };
        }
    }
}
