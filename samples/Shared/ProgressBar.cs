using Spectre.Console;

namespace KlDivGen.Samples;

/// <summary>A progress bar on the error stream, so that the standard output holds the result alone.</summary>
internal static class ProgressBar
{
    /// <summary>Runs work with a progress bar. There is none for a single chunk or a redirected error stream.</summary>
    /// <param name="console">The console of the error stream.</param>
    /// <param name="unit">What is counted.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="chunkSize">How many are done at a time.</param>
    /// <param name="run">The work. It calls its argument after each chunk, with the number done.</param>
    public static T Run<T>(IAnsiConsole console, string unit, long count, long chunkSize, Func<Action<long>, T> run)
    {
        if (count <= chunkSize || !console.Profile.Out.IsTerminal)
        {
            return run(_ => { });
        }

        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                ProgressTask task = context.AddTask($"{count:N0} {unit}", maxValue: count);
                return run(done => task.Increment(done));
            });
    }
}
