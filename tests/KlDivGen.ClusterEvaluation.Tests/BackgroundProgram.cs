using System.Threading.Channels;

namespace KlDivGen.ClusterEvaluation.Tests;

/// <summary>A program that runs beside the test, which reads its lines as they arrive. It is killed at the end.</summary>
internal sealed class BackgroundProgram : IAsyncDisposable
{
    private static readonly TimeSpan LineTimeout = TimeSpan.FromMinutes(2);

    private readonly CancellationTokenSource cancellation = new();
    private readonly Channel<string> lines = Channel.CreateUnbounded<string>();
    private readonly TaskCompletionSource<int> processId = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task<ProcessResult> result;

    private BackgroundProgram(string program, string[] arguments)
    {
        ProcessOptions options = new()
        {
            Started = this.processId.SetResult,
            LineReceived = line => this.lines.Writer.TryWrite(line),
        };
        this.result = ProcessRunner.RunAsync(program, arguments, options, this.cancellation.Token);
    }

    /// <summary>Starts a program.</summary>
    public static BackgroundProgram Start(string program, string[] arguments) => new(program, arguments);

    /// <summary>Starts the sample.</summary>
    public static BackgroundProgram StartSample(params string[] arguments) =>
        Start(ProcessRunner.DotnetPath, [Path.Combine(AppContext.BaseDirectory, "ClusterEvaluation.dll"), .. arguments]);

    /// <summary>Reads lines until one fulfils a condition, and returns it.</summary>
    public async Task<string> WaitForLineAsync(Predicate<string> condition)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(LineTimeout);
        while (true)
        {
            Task<string> next = this.lines.Reader.ReadAsync(limit.Token).AsTask();
            if (await Task.WhenAny(next, this.result) == this.result && !next.IsCompleted)
            {
                throw new InvalidOperationException($"the program has ended\n{(await this.result).Output}");
            }

            string line = await next;
            if (condition(line))
            {
                return line;
            }
        }
    }

    /// <summary>Ends the program at once, as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        await this.cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => this.result);
    }

    /// <summary>Sends a signal and waits for the end.</summary>
    public async Task<ProcessResult> SignalAsync(string signal)
    {
        (await ProcessRunner.RunAsync("kill", [$"-{signal}", $"{await this.processId.Task}"])).EnsureSuccess();
        return await this.result;
    }

    /// <summary>Waits for the end.</summary>
    public Task<ProcessResult> WaitAsync() => this.result;

    public async ValueTask DisposeAsync()
    {
        await this.cancellation.CancelAsync();
        await this.result.ContinueWith(_ => { }, TaskScheduler.Default);
        this.cancellation.Dispose();
    }
}
