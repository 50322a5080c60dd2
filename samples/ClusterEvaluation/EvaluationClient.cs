using Orleans;
using Orleans.Persistence.Redis;
using Orleans.Runtime;

namespace ClusterEvaluation;

/// <summary>Starts or resumes a run and waits for its result.</summary>
/// <param name="evaluation">The coordinator of the run.</param>
/// <param name="request">The settings of the run.</param>
internal sealed class EvaluationClient(IEvaluationGrain evaluation, EvaluationRequest request)
{
    // A silo that has died is replaced within seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan PollPeriod = TimeSpan.FromMilliseconds(100);

    private readonly Guid caller = Guid.NewGuid();

    /// <summary>Runs the evaluation to its end.</summary>
    /// <param name="restart">Whether to delete what is saved of an earlier run first.</param>
    /// <param name="onProgress">Called with the progress, some times each second.</param>
    /// <param name="cancellationToken">Stops the run. It can be resumed.</param>
    /// <exception cref="InvalidInputException">The run cannot go on.</exception>
    public async Task<EvaluationProgress> RunAsync(
        bool restart, Action<EvaluationProgress> onProgress, CancellationToken cancellationToken)
    {
        while (restart && !await CallAsync(evaluation.TryClearAsync, cancellationToken))
        {
            await Task.Delay(PollPeriod, cancellationToken);
        }

        try
        {
            while (true)
            {
                EvaluationProgress progress = await CallAsync(() => evaluation.AdvanceAsync(this.caller, request), cancellationToken);
                onProgress(progress);
                switch (progress.Stage)
                {
                    case EvaluationStage.Finished:
                        return progress;
                    case EvaluationStage.Failed:
                        throw new InvalidInputException(progress.Failure!);
                    default:
                        await Task.Delay(PollPeriod, cancellationToken);
                        break;
                }
            }
        }
        catch (OperationCanceledException)
        {
            await this.StopAsync();
            throw;
        }
    }

    private async Task StopAsync()
    {
        try
        {
            await evaluation.StopAsync();
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException)
        {
            // The silo of the coordinator has died. No other coordinator takes up the run before it is started again.
        }
    }

    // Repeats a call while silos fail. Every call of the coordinator may be repeated.
    private static async Task<T> CallAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        DateTime end = DateTime.UtcNow + Patience;
        while (true)
        {
            try
            {
                return await call();
            }
            catch (Exception exception) when (exception is OrleansException or TimeoutException or RedisStorageException)
            {
                if (DateTime.UtcNow > end)
                {
                    throw new InvalidInputException($"the cluster does not answer: {exception.Message}");
                }

                await Task.Delay(PollPeriod, cancellationToken);
            }
        }
    }
}
