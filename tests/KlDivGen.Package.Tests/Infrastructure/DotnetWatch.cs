using System.Text;
using System.Threading.Channels;

namespace KlDivGen.Package.Tests;

/// <summary>Runs <c>dotnet watch</c> in a consumer's folder. Disposing kills it and the program that it runs.</summary>
internal sealed class DotnetWatch : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    private readonly Channel<string> lines = Channel.CreateUnbounded<string>();
    private readonly StringBuilder output = new();
    private readonly CancellationTokenSource stop =
        CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    private readonly Task<ProcessResult> process;

    private DotnetWatch(Consumer consumer)
    {
        ProcessOptions options = new()
        {
            WorkingDirectory = consumer.Combine(""),
            Environment = consumer.Environment,
            LineReceived = line => this.lines.Writer.TryWrite(line),
        };
        this.process = ProcessRunner.RunDotnetAsync(["watch", "--non-interactive"], options, this.stop.Token);
        this.process.ContinueWith(
            _ => this.lines.Writer.Complete(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>Starts the program and waits until edits of its files are applied.</summary>
    public static async Task<DotnetWatch> StartAsync(Consumer consumer)
    {
        DotnetWatch watch = new(consumer);
        await watch.WaitForLineAsync(line => line.Contains("Waiting for changes", StringComparison.Ordinal));
        return watch;
    }

    /// <summary>Returns the next line that satisfies a condition, of the program or of <c>dotnet watch</c>.</summary>
    /// <exception cref="TimeoutException">There was no such line. The message contains the output since the start.</exception>
    public async Task<string> WaitForLineAsync(Func<string, bool> condition)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(this.stop.Token);
        limit.CancelAfter(Timeout);
        try
        {
            await foreach (string line in this.lines.Reader.ReadAllAsync(limit.Token))
            {
                this.output.Append(line).Append('\n');
                if (condition(line))
                {
                    return line;
                }
            }
        }
        catch (OperationCanceledException) when (!this.stop.IsCancellationRequested)
        {
            throw new TimeoutException($"dotnet watch did not print the expected line within {Timeout}\n{this.output}");
        }

        throw new TimeoutException($"dotnet watch ended without the expected line\n{this.output}");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await this.stop.CancelAsync();

        // Cancellation is the only way to end dotnet watch, so the task is expected to be cancelled.
        await this.process.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        this.stop.Dispose();
    }
}
