using Spectre.Console;

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
        LossResult result = RunWithProgress(loss, request, PlainConsole.Create(error), signals.Token);
        Report.Write(PlainConsole.Create(output), request, result);
    }

    // The progress bar goes to the error stream, so that the standard output holds the result alone. There is none for a single chunk
    // or a redirected error stream.
    private static LossResult RunWithProgress(
        StreamingLoss loss, LossRequest request, IAnsiConsole console, CancellationToken cancellationToken)
    {
        if (loss.Count <= request.ChunkSize || !console.Profile.Out.IsTerminal)
        {
            return loss.Run(_ => { }, cancellationToken);
        }

        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                ProgressTask task = context.AddTask($"{loss.Count:N0} elements", maxValue: loss.Count);
                return loss.Run(count => task.Increment(count), cancellationToken);
            });
    }
}
