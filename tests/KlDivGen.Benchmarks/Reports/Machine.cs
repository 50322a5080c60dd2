using System.Globalization;
using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json.Serialization;
using KlDivGen.Benchmarks.Implementations;

namespace KlDivGen.Benchmarks.Reports;

/// <summary>The machine and the software that figures were measured with.</summary>
/// <param name="Cpu">The processor.</param>
/// <param name="Cores">The number of cores that the system has.</param>
/// <param name="OperatingSystem">The operating system.</param>
/// <param name="Runtime">The runtime, and the width of its vectors.</param>
/// <param name="Versions">The other software that was measured, with versions.</param>
/// <param name="Date">The day.</param>
internal sealed record Machine(
    string Cpu,
    int Cores,
    string OperatingSystem,
    string Runtime,
    string[] Versions,
    string Date)
{
    /// <summary>The runtime of this process, such as <c>.NET 10.0.12, JIT, 256-bit</c>.</summary>
    public static string CurrentRuntime { get; } = string.Join(
        ", ",
        RuntimeInformation.FrameworkDescription,
        RuntimeFeature.IsDynamicCodeSupported ? "JIT" : "Native AOT",
        string.Create(CultureInfo.InvariantCulture, $"{Vector<byte>.Count * 8}-bit"));

    /// <summary>The name of the processor as people know it.</summary>
    [JsonIgnore]
    public string ProcessorName => Processor.Microarchitecture(this.Cpu) ?? this.Cpu;

    /// <summary>One line for charts.</summary>
    [JsonIgnore]
    public string Summary => $"{this.ProcessorName} · {this.Runtime} · {this.Date}";

    /// <summary>One line for pages.</summary>
    [JsonIgnore]
    public string Description =>
        $"{this.Date}, {this.Cpu}, {this.Cores} cores, {this.OperatingSystem}, {this.Runtime}; {string.Join("; ", this.Versions)}.";

    /// <summary>Describes this machine. The versions are those of the implementations that were used so far.</summary>
    public static Machine Current() => new(
        Processor.Name,
        Environment.ProcessorCount,
        RuntimeInformation.OSDescription,
        CurrentRuntime,
        [
            $"System.Numerics.Tensors {VersionOf(typeof(System.Numerics.Tensors.TensorPrimitives))}",
            .. NativeLibraryBuild.UsedCompilers.Select(compiler => $"C++: {compiler}"),
            .. PyTorch.UsedVersion is { } version ? [$"PyTorch {version}"] : Array.Empty<string>(),
        ],
        DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    private static string VersionOf(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
