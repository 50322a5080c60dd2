using System.CommandLine;
using System.Runtime.InteropServices;
using Spectre.Console;

namespace NpyLoss;

/// <summary>
/// Computes the KL divergence loss of two NumPy files. The exit code is 0 on success, 2 if the command line or a file is invalid
/// (one line on the standard error stream says why), and 130 if the run was interrupted.
/// </summary>
internal static class Program
{
    private const int InvalidInput = 2;

    // The exit code that shells report for a program ended by SIGINT.
    private const int Cancelled = 130;

    private static int Main(string[] args) => Run(args, Console.Out, Console.Error);

    /// <summary>Runs the program with the given output streams.</summary>
    internal static int Run(string[] args, TextWriter output, TextWriter error)
    {
        ParseResult parsed = new CommandLine(request => Run(request, output, error)).Root.Parse(args);
        if (parsed.Errors is [var first, ..])
        {
            error.WriteLine(first.Message);
            return InvalidInput;
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (Exception exception) when (exception is InvalidInputException or IOException or UnauthorizedAccessException)
        {
            error.WriteLine(exception.Message);
            return InvalidInput;
        }
        catch (OperationCanceledException)
        {
            return Cancelled;
        }
    }

    private static void Run(LossRequest request, TextWriter output, TextWriter error)
    {
        // SIGINT (Ctrl+C) and SIGTERM stop the run between two chunks, so that the temporary output file is deleted.
        using CancellationTokenSource cancellation = new();
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
        using PosixSignalRegistration termination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
        using StreamingLoss loss = StreamingLoss.Open(request);
        LossResult result = RunWithProgress(loss, request, CreateConsole(error), cancellation.Token);
        Report.Write(CreateConsole(output), request, result);

        void Cancel(PosixSignalContext signal)
        {
            signal.Cancel = true;
            cancellation.Cancel();
        }
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

    // Escape codes are written to a terminal only. Files, pipes and build logs get plain text.
    private static IAnsiConsole CreateConsole(TextWriter writer)
    {
        AnsiConsoleOutput output = new(writer);
        return AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = output.IsTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            Out = output,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
    }
}
