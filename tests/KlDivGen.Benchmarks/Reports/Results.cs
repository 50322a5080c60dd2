using System.Text.Json.Serialization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace KlDivGen.Benchmarks.Reports;

/// <summary>Everything that was measured on one machine.</summary>
/// <param name="Machine">The machine.</param>
/// <param name="Absent">The implementations that could not be measured, each with the reason.</param>
/// <param name="Runs">The measured times.</param>
internal sealed record Results(Machine Machine, string[] Absent, RunResult[] Runs)
{
    /// <summary>Reads a results file.</summary>
    public static Results Read(string path) =>
        JsonSerializer.Deserialize(File.ReadAllText(path), ResultsJson.Readable.Results)
            ?? throw new InvalidDataException($"{path} contains no results.");

    /// <summary>Writes a results file: one run per line, so that the file is short and differences are easy to read.</summary>
    public void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        IEnumerable<string> runs = this.Runs.Select(run => JsonSerializer.Serialize(run, ResultsJson.Readable.RunResult));
        File.WriteAllText(
            path,
            $$"""
            {
            "machine": {{JsonSerializer.Serialize(this.Machine, ResultsJson.Readable.Machine)}},
            "absent": {{JsonSerializer.Serialize(this.Absent, ResultsJson.Readable.StringArray)}},
            "runs": [
            {{string.Join(",\n", runs)}}
            ]}

            """);
    }

    /// <summary>The time of an implementation, or <see langword="null"/> if it was not measured.</summary>
    public Time? Find(string kernel, int length, string implementation) => this.Runs
        .FirstOrDefault(r => r.Kernel == kernel && r.Length == length && r.Runtime == this.Machine.Runtime)
        ?.Find(implementation);

    /// <summary>Adds the runs of other processes on the same machine.</summary>
    public Results With(IEnumerable<RunResult> runs, IEnumerable<string> absent) =>
        this with { Runs = [.. this.Runs, .. runs], Absent = [.. this.Absent, .. absent] };
}

/// <summary>The times of the implementations that took turns.</summary>
/// <param name="Runtime">The runtime, and settings that are not the default.</param>
/// <param name="Kernel">The kernel.</param>
/// <param name="Length">The number of elements.</param>
/// <param name="Times">The times.</param>
internal sealed record RunResult(string Runtime, string Kernel, int Length, Time[] Times)
{
    /// <summary>The time of an implementation, or <see langword="null"/> if it was not measured.</summary>
    public Time? Find(string implementation) => this.Times.FirstOrDefault(t => t.Implementation == implementation);
}

/// <summary>The time of one implementation, in nanoseconds per element.</summary>
/// <param name="Implementation">The implementation.</param>
/// <param name="Best">The time of the fastest round.</param>
/// <param name="Median">The median of all rounds.</param>
/// <param name="VectorBits">The width of the vectors, or <see langword="null"/> if it is not known or there are none.</param>
internal sealed record Time(string Implementation, double Best, double Median, int? VectorBits);

[JsonSerializable(typeof(Results))]
internal sealed partial class ResultsJson : JsonSerializerContext
{
    /// <summary>Writes signs such as + and − as they are. The files are not embedded in HTML.</summary>
    public static ResultsJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
