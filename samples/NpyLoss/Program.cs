namespace NpyLoss;

/// <summary>
/// Computes the KL divergence loss of two NumPy files. <see cref="CommandLineProgram"/> defines the exit codes.
/// </summary>
internal static class Program
{
    private static int Main(string[] args) => Run(args, Console.Out, Console.Error);

    /// <summary>Runs the program with the given output streams.</summary>
    internal static int Run(string[] args, TextWriter output, TextWriter error) =>
        CommandLineProgram.Run(new CommandLine(request => Run(request, output, error)).Root, args, output, error);

    private static void Run(LossRequest request, TextWriter output, TextWriter error)
    {
        using StopSignals signals = new();
        using StreamingLoss loss = StreamingLoss.Open(request);
        LossResult result = ProgressBar.Run(
            PlainConsole.Create(error),
            "elements",
            loss.Count,
            request.ChunkSize,
            onProgress => loss.Run(onProgress, signals.Token));
        Report.Write(PlainConsole.Create(output), request, result);
    }
}
