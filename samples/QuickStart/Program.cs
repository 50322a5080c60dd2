using System.CommandLine;
using System.Runtime.InteropServices;
using Spectre.Console;

namespace QuickStart;

/// <summary>
/// The KL divergence loss of two NumPy arrays. The exit code is 0, or 2 where the command line or a file is unusable, with one
/// line on the standard error stream that says why.
/// </summary>
internal static class Program
{
    private const int Unusable = 2;

    // As a shell reports a program that SIGINT ended.
    private const int Cancelled = 130;

    private static int Main(string[] args) => Run(args, Console.Out, Console.Error);

    /// <summary>The whole program, over any writers.</summary>
    internal static int Run(string[] args, TextWriter output, TextWriter error)
    {
        ParseResult parsed = new CommandLine(request => Run(request, output, error)).Root.Parse(args);
        if (parsed.Errors is [var first, ..])
        {
            error.WriteLine(first.Message);
            return Unusable;
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (Exception exception) when (exception is UnusableException or IOException or UnauthorizedAccessException)
        {
            error.WriteLine(exception.Message);
            return Unusable;
        }
        catch (OperationCanceledException)
        {
            return Cancelled;
        }
    }

    private static void Run(ComparisonRequest? request, TextWriter output, TextWriter error)
    {
        IAnsiConsole console = ConsoleOn(output);
        if (request is null)
        {
            Report.Write(console, Demonstration.Load());
            return;
        }

        // Ctrl+C and a polite kill end the run between two pieces, so that nothing half-written stays behind.
        using CancellationTokenSource cancellation = new();
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
        using PosixSignalRegistration termination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
        using Comparison comparison = Comparison.Open(request);
        Report.Write(console, request, RunWithProgress(comparison, request, ConsoleOn(error), cancellation.Token));

        void Cancel(PosixSignalContext signal)
        {
            signal.Cancel = true;
            cancellation.Cancel();
        }
    }

    // A bar on the error stream, so that the standard output stays clean; none for a single piece, or where nobody sees it.
    private static ComparisonResult RunWithProgress(
        Comparison comparison, ComparisonRequest request, IAnsiConsole console, CancellationToken cancellation)
    {
        if (comparison.Count <= request.Piece || !console.Profile.Out.IsTerminal)
            return comparison.Run(_ => { }, cancellation);
        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                ProgressTask task = context.AddTask($"{comparison.Count:N0} elements", maxValue: comparison.Count);
                return comparison.Run(count => task.Increment(count), cancellation);
            });
    }

    // Colours for a terminal only: a file, a pipe and a build server's log get plain text.
    private static IAnsiConsole ConsoleOn(TextWriter writer)
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
