using System.Text.Json;
using System.Text.Json.Serialization;

namespace KlDivGen.Benchmarks.Reports;

/// <summary>Everything that a run found, and where.</summary>
/// <param name="Machine">Where it ran.</param>
/// <param name="Absent">Who could not take part, and why.</param>
/// <param name="Ratios">The goals and what was found.</param>
/// <param name="Measurements">The times.</param>
internal sealed record Results(Machine Machine, string[] Absent, RatioResult[] Ratios, Measurement[] Measurements)
{
    /// <summary>Reads a results file.</summary>
    public static Results Read(string path) =>
        JsonSerializer.Deserialize(File.ReadAllText(path), ResultsJson.Default.Results)
            ?? throw new InvalidDataException($"{path} holds no results.");

    /// <summary>Writes a results file.</summary>
    public void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(path, JsonSerializer.Serialize(this, ResultsJson.Default.Results) + "\n");
    }

    /// <summary>What was measured of a contender, or <see langword="null"/>.</summary>
    public Measurement? Find(string kernel, int length, string contender, string? runtime = null, string harness = Harnesses.Interleaved) =>
        this.Measurements.FirstOrDefault(m =>
            m.Kernel == kernel && m.Length == length && m.Contender == contender && m.Harness == harness
            && m.Runtime == (runtime ?? this.Machine.Runtime));
}

/// <summary>The ways of measuring.</summary>
internal static class Harnesses
{
    public const string Interleaved = "interleaved";
    public const string BenchmarkDotNet = "BenchmarkDotNet";
}

/// <summary>The time of one contender, in nanoseconds an element.</summary>
internal sealed record Measurement(
    string Harness,
    string Runtime,
    string Kernel,
    int Length,
    string Contender,
    double Best,
    double Median);

/// <summary>One goal and what was found.</summary>
/// <param name="Runtime">Where: the JIT, or ahead of time.</param>
/// <param name="Goal">The goal.</param>
/// <param name="Best">The best time divided by the best time.</param>
/// <param name="Median">The middle of the ratios of all rounds.</param>
internal sealed record RatioResult(string Runtime, Goal Goal, double Best, double Median)
{
    /// <summary>Whether the goal is reached; <see langword="null"/> where it has only an aim.</summary>
    [JsonIgnore]
    public bool? Reached => this.Goal.Allowed is { } allowed ? this.Best <= allowed : null;
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Results))]
internal sealed partial class ResultsJson : JsonSerializerContext;
