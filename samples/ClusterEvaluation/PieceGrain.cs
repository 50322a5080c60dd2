using KlDivGen;
using Orleans;
using Orleans.Placement;

namespace ClusterEvaluation;

/// <summary>A piece of a run.</summary>
[Alias("ClusterEvaluation.IPieceGrain")]
internal interface IPieceGrain : IGrainWithStringKey
{
    /// <summary>Computes the loss of the piece.</summary>
    // Only a silo that hangs needs longer. One that has died is noticed by its missing answers to probes.
    [ResponseTimeout("00:30:00")]
    [Alias("EvaluateAsync")]
    Task<PieceResult> EvaluateAsync(PieceRequest piece);
}

/// <summary>Computes the loss of a piece on the silo that the coordinator has chosen, and is then gone.</summary>
[RandomPlacement]
internal sealed class PieceGrain(IPieceEvaluator evaluator) : Grain, IPieceGrain
{
    /// <inheritdoc/>
    public async Task<PieceResult> EvaluateAsync(PieceRequest piece)
    {
        try
        {
            // On a thread of its own: reading blocks, and Orleans must always find a thread of the pool that answers a probe.
            PartialLoss loss = await Task.Factory.StartNew(
                () => evaluator.Evaluate(piece), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            return new PieceResult(loss, Failure: null);
        }
        catch (Exception exception) when (exception is InvalidInputException or IOException or UnauthorizedAccessException)
        {
            return new PieceResult(PartialLoss.Zero, exception.Message);
        }
        finally
        {
            this.DeactivateOnIdle();
        }
    }
}
