using ClusterEvaluation;

namespace KlDivGen.ClusterEvaluation.Tests;

/// <summary>Evaluates pieces slowly, and counts them. All silos of a test share it.</summary>
internal sealed class RecordingEvaluator : IPieceEvaluator
{
    /// <summary>How long a test waits: a piece that is lost would never be done.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly PieceEvaluator evaluator = new();
    private int started;

    /// <summary>How long each piece takes at least.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The number of evaluations that have started.</summary>
    public int Started => Volatile.Read(ref this.started);

    /// <summary>Waits until some evaluations have started.</summary>
    public async Task WaitForAsync(int count)
    {
        DateTime end = DateTime.UtcNow + Limit;
        while (this.Started < count)
        {
            Assert.True(DateTime.UtcNow < end, $"only {this.Started} of {count} pieces have been started");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    public PartialLoss Evaluate(PieceRequest piece)
    {
        Interlocked.Increment(ref this.started);
        Thread.Sleep(this.Delay);
        return this.evaluator.Evaluate(piece);
    }
}
