using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using KlDivGen.Benchmarks.Implementations;

namespace KlDivGen.Benchmarks.Reports;

/// <summary>The name of a processor and its microarchitecture.</summary>
internal static partial class Processor
{
    /// <summary>The processor of this machine, such as <c>AMD EPYC (family 26, model 2)</c>.</summary>
    public static string Name { get; } = FindName();

    /// <summary>The microarchitecture, or <see langword="null"/> if it is not known.</summary>
    /// <param name="name">The name of the processor.</param>
    public static string? Microarchitecture(string name)
    {
        Match match = FamilyAndModel.Match(name);
        return !match.Success ? null : (Number(match.Groups[1]), Number(match.Groups[2])) switch
        {
            (23, >= 48) => "AMD Zen 2",
            (25, < 16 or (>= 32 and < 96)) => "AMD Zen 3",
            (25, _) => "AMD Zen 4",
            (26, _) => "AMD Zen 5",
            (6, 85) => "Intel Skylake or Cascade Lake",
            (6, 106 or 108) => "Intel Ice Lake",
            (6, 143) => "Intel Sapphire Rapids",
            (6, 207) => "Intel Emerald Rapids",
            (6, 173 or 174) => "Intel Granite Rapids",
            _ => null,
        };

        static int Number(Group group) => int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);
    }

    /// <summary>The name of the folder with the results of a processor, such as <c>amd-zen-5</c>.</summary>
    /// <param name="name">The name of the processor.</param>
    public static string FolderName(string name) =>
        NotAlphanumeric.Replace((Microarchitecture(name) ?? name).ToLowerInvariant(), "-").Trim('-');

    [GeneratedRegex(@"\(family (\d+), model (\d+)\)$")]
    private static partial Regex FamilyAndModel { get; }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotAlphanumeric { get; }

    private static string FindName()
    {
        const string LinuxCpuInfo = "/proc/cpuinfo";
        if (File.Exists(LinuxCpuInfo))
        {
            // Virtual machines often hide the name of the model. Family and model still identify the microarchitecture.
            ILookup<string, string> values = File.ReadLines(LinuxCpuInfo)
                .Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries))
                .Where(pair => pair.Length == 2)
                .ToLookup(pair => pair[0], pair => pair[1]);
            string name = values["model name"].FirstOrDefault() ?? RuntimeInformation.ProcessArchitecture.ToString();
            return values["cpu family"].Any() ? $"{name} (family {values["cpu family"].First()}, model {values["model"].First()})" : name;
        }

        return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER")
            ?? ExternalProgram.TryRun("sysctl", "-n", "machdep.cpu.brand_string")
            ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
