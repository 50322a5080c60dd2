using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace ClusterEvaluation;

/// <summary>Shows the progress of a run on the error stream: pieces, rate, silos.</summary>
internal sealed class EvaluationMonitor
{
    private static readonly TimeSpan LinePeriod = TimeSpan.FromSeconds(0.5);

    private readonly Stopwatch clock = Stopwatch.StartNew();
    private TimeSpan lastLine = -LinePeriod;
    private (TimeSpan Time, long Bytes, long Pieces)? first;

    /// <summary>Runs an evaluation with a progress bar, or with lines of progress.</summary>
    /// <param name="error">The error stream.</param>
    /// <param name="verbose">Whether to write lines. Otherwise there is a progress bar, on a terminal only.</param>
    /// <param name="run">The evaluation. It calls its argument with each progress.</param>
    public Task<EvaluationProgress> RunAsync(TextWriter error, bool verbose, Func<Action<EvaluationProgress>, Task<EvaluationProgress>> run)
    {
        if (verbose)
        {
            return run(progress => this.WriteLine(error, progress));
        }

        IAnsiConsole console = PlainConsole.Create(error);
        return !console.Profile.Out.IsTerminal
            ? run(_ => { })
            : console.Progress()
                .AutoClear(true)
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
                .StartAsync(context =>
                {
                    ProgressTask task = context.AddTask("scanning");
                    return run(progress => this.Show(task, progress));
                });
    }

    private void Show(ProgressTask task, EvaluationProgress progress)
    {
        task.Description = this.Describe(progress);
        task.MaxValue = long.Max(1, progress.Pieces);
        task.Value = progress.DonePieces;
    }

    private void WriteLine(TextWriter error, EvaluationProgress progress)
    {
        TimeSpan now = this.clock.Elapsed;
        if (now - this.lastLine >= LinePeriod || progress.Stage == EvaluationStage.Finished)
        {
            this.lastLine = now;
            error.WriteLine(this.Describe(progress));
        }
    }

    private string Describe(EvaluationProgress progress)
    {
        if (progress.Stage == EvaluationStage.Scanning)
        {
            return "scanning";
        }

        // A coordinator that has taken up the run counts from 0.
        if (this.first is not { } start || start.Bytes > progress.EvaluatedBytes)
        {
            this.first = start = (this.clock.Elapsed, progress.EvaluatedBytes, progress.DonePieces);
        }

        double seconds = (this.clock.Elapsed - start.Time).TotalSeconds;
        double bytesPerSecond = seconds > 0 ? (progress.EvaluatedBytes - start.Bytes) / seconds : 0;
        double piecesPerSecond = seconds > 0 ? (progress.DonePieces - start.Pieces) / seconds : 0;
        string silos = progress.Silos == 1 ? "1 silo" : $"{progress.Silos} silos";
        string repeated = progress.RepeatedPieces == 0 ? string.Empty : $", {progress.RepeatedPieces} repeated";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{progress.DonePieces:N0} of {progress.Pieces:N0} pieces, {piecesPerSecond:N1} pieces/s, "
            + $"{bytesPerSecond / 1e9:0.000} GB/s, {silos}{repeated}");
    }
}
