using System.Globalization;
using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json.Serialization;
using KlDivGen.Benchmarks.Contenders;

namespace KlDivGen.Benchmarks.Reports;

/// <summary>Where figures come from.</summary>
/// <param name="Cpu">The processor.</param>
/// <param name="Cores">The number of processors that the system has.</param>
/// <param name="OperatingSystem">The operating system.</param>
/// <param name="Runtime">The runtime, and how wide its vectors are.</param>
/// <param name="Versions">What else took part, with versions.</param>
/// <param name="Date">The day.</param>
internal sealed record Machine(
    string Cpu,
    int Cores,
    string OperatingSystem,
    string Runtime,
    string[] Versions,
    string Date)
{
    /// <summary>This process's runtime: <c>.NET 10.0.12, JIT, 256-bit</c>.</summary>
    public static string CurrentRuntime { get; } = string.Join(
        ", ",
        RuntimeInformation.FrameworkDescription,
        RuntimeFeature.IsDynamicCodeSupported ? "JIT" : "Native AOT",
        string.Create(CultureInfo.InvariantCulture, $"{Vector<byte>.Count * 8}-bit"));

    /// <summary>In short.</summary>
    [JsonIgnore]
    public string Summary => $"{this.Cpu} · {this.Runtime} · {this.Date}";

    /// <summary>This machine, now.</summary>
    public static Machine Current() => new(
        FindCpu(),
        Environment.ProcessorCount,
        RuntimeInformation.OSDescription,
        CurrentRuntime,
        [
            $"System.Numerics.Tensors {VersionOf(typeof(System.Numerics.Tensors.TensorPrimitives))}",
            $"C++: {NativeLibraryBuild.Compiler}",
            $"PyTorch {PyTorch.Version ?? "not installed"}",
        ],
        DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    private static string VersionOf(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static string FindCpu()
    {
        const string LinuxCpuInfo = "/proc/cpuinfo";
        if (File.Exists(LinuxCpuInfo))
        {
            // Virtual machines often hide the model's name; family and model still tell the microarchitecture.
            ILookup<string, string> values = File.ReadLines(LinuxCpuInfo)
                .Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries))
                .Where(pair => pair.Length == 2)
                .ToLookup(pair => pair[0], pair => pair[1]);
            string name = values["model name"].FirstOrDefault() ?? RuntimeInformation.ProcessArchitecture.ToString();
            return values["cpu family"].Any() ? $"{name} (family {values["cpu family"].First()}, model {values["model"].First()})" : name;
        }

        return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER")
            ?? CommandLineTool.TryRun("sysctl", "-n", "machdep.cpu.brand_string")
            ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
