using System.Text.Json;

namespace QuantizationCheck;

/// <summary>
/// Compares the logits of a quantized model with those of the original. <see cref="CommandLineProgram"/> defines the exit codes.
/// </summary>
internal static class Program
{
    private static int Main(string[] args) => Run(args, Console.Out, Console.Error);

    /// <summary>Runs the program with the given output streams.</summary>
    internal static int Run(string[] args, TextWriter output, TextWriter error) =>
        CommandLineProgram.Run(new CommandLine(request => Run(request, output, error)).Root, args, output, error);

    private static void Run(CheckRequest request, TextWriter output, TextWriter error)
    {
        // Validated before the run, which may take long.
        if (request.Histogram is { } histogram)
        {
            OutputPath.RequireFolder(histogram);
        }

        using StopSignals signals = new();
        using LogitSources sources = LogitSources.Open(request);
        StreamingCheck check = new(request, sources);
        TokenStatistics statistics = ProgressBar.Run(
            PlainConsole.Create(error),
            "tokens",
            sources.Tokens,
            chunkSize: check.ChunkTokens,
            onProgress => check.Run(onProgress, signals.Token));

        CheckResult result = statistics.Summarize(request, sources);
        if (request.Histogram is not null)
        {
            File.WriteAllText(request.Histogram, DivergenceHistogram.Draw(statistics.GetSortedDivergences(), result));
        }

        if (request.Json)
        {
            output.WriteLine(JsonSerializer.Serialize(result, CheckJsonContext.Default.CheckResult));
        }
        else
        {
            Report.Write(PlainConsole.Create(output), result);
        }
    }
}
