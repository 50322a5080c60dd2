using System.Numerics;
using System.Runtime.Intrinsics;
using KlDivGen.Benchmarks.Reports;

namespace KlDivGen.Benchmarks.Suite;

/// <summary>
/// The promised ratios where everyone's vectors are equally wide. With AVX-512 they are not: <c>TensorPrimitives</c> takes 512 bits, and
/// <c>Vector&lt;T&gt;</c> 256, unless the runtime is told otherwise before it starts.
/// </summary>
internal static class EqualWidths
{
    private static readonly (string Name, string Value)[] Settings = [("DOTNET_EnableAVX512", "0"), ("DOTNET_MaxVectorTBitWidth", "512")];

    /// <summary>Runs this program again with each of the settings; with none where widths are equal anyway.</summary>
    /// <returns>The results; and what could not be measured.</returns>
    public static (List<Results> Results, List<string> Absent) Run()
    {
        List<Results> results = [];
        List<string> absent = [];
        if (!Vector512.IsHardwareAccelerated || Vector<byte>.Count == Vector512<byte>.Count)
        {
            return (results, absent);
        }

        // Started by dotnet, this process is dotnet, and the program its first argument.
        string program = typeof(EqualWidths).Assembly.Location;
        bool hosted = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";
        string json = Path.Combine(ProjectFolder.Intermediate, "equal-widths.json");
        string[] arguments = [.. hosted ? [program] : Array.Empty<string>(), "ratios", "--json", json];
        foreach ((string Name, string Value) setting in Settings)
        {
            string name = $"{setting.Name}={setting.Value}";
            int exitCode = Child.Run(Environment.ProcessPath!, arguments, setting);
            if (exitCode == 0)
            {
                results.Add(Labelled(Results.Read(json), name));
            }
            else
            {
                absent.Add($"{name}: the program ended with {exitCode}");
            }
        }

        return (results, absent);
    }

    private static Results Labelled(Results results, string setting)
    {
        string runtime = $"{results.Machine.Runtime}, {setting}";
        return results with
        {
            Ratios = [.. results.Ratios.Select(r => r with { Runtime = runtime })],
            Measurements = [.. results.Measurements.Select(m => m with { Runtime = runtime })],
        };
    }
}
