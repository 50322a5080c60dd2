using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using Orleans.Runtime.Placement;
using Orleans.Storage;

namespace ClusterEvaluation;

/// <summary>The coordinator of a run. Its key is the name of the run.</summary>
[Alias("ClusterEvaluation.IEvaluationGrain")]
internal interface IEvaluationGrain : IGrainWithStringKey
{
    /// <summary>
    /// Starts the run, or takes it up where an earlier coordinator has left it, and returns how far it is. Whoever waits for the result
    /// calls this again and again, so that the run goes on after the silo of its coordinator has failed.
    /// </summary>
    /// <param name="caller">Who asks. For a new caller, the files of a finished run are compared with those on disk.</param>
    /// <param name="request">The settings of the run.</param>
    // It answers at once. A caller outside of the cluster learns only by this limit that the silo has died.
    [ResponseTimeout("00:00:05")]
    [Alias("AdvanceAsync")]
    Task<EvaluationProgress> AdvanceAsync(Guid caller, EvaluationRequest request);

    /// <summary>Hands out no more pieces until <see cref="AdvanceAsync"/> is called again.</summary>
    [ResponseTimeout("00:00:05")]
    [Alias("StopAsync")]
    Task StopAsync();

    /// <summary>Stops the run and deletes what is saved of it.</summary>
    /// <returns><see langword="false"/> while pieces are in flight: the caller has to try again.</returns>
    [Alias("TryClearAsync")]
    Task<bool> TryClearAsync();
}

/// <summary>
/// Hands out the pieces of a run to all silos, merges their losses, and saves which are done together with the merged loss. Everything here
/// runs on the scheduler of the activation, so there are no locks. Pieces go on between two calls.
/// </summary>
internal sealed partial class EvaluationGrain(
    [PersistentState("run", EvaluationGrain.StorageName)] IPersistentState<EvaluationState> state,
    IClusterMembershipService membership,
    ILogger<EvaluationGrain> logger) : Grain, IEvaluationGrain
{
    /// <summary>The name of the grain storage.</summary>
    public const string StorageName = "evaluations";

    private const int MaximumSaveAttempts = 6;

    // How often silos that have joined, or that were suspended, are looked for.
    private static readonly TimeSpan HandOutPeriod = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan FirstSaveDelay = TimeSpan.FromMilliseconds(500);

    private EvaluationRun? run;
    private Guid lastCaller;
    private IGrainTimer? timer;
    private bool saving;

    private string Name => this.GetPrimaryKeyString();

    /// <inheritdoc/>
    public Task<EvaluationProgress> AdvanceAsync(Guid caller, EvaluationRequest request)
    {
        if (this.run is null || (this.run.IsOver && (this.run.Request != request || this.lastCaller != caller)))
        {
            this.run = new EvaluationRun(request);
            _ = this.TakeUpAsync(this.run);
        }

        this.lastCaller = caller;
        EvaluationRun current = this.run;
        if (current.Request != request)
        {
            return Task.FromResult(new EvaluationRun(request).GetProgress(0) with
            {
                Stage = EvaluationStage.Failed,
                Failure = $"--run: '{this.Name}' is being evaluated with other settings; take another name, or wait for its end",
            });
        }

        current.Stopped = false;
        this.StartHandingOut(current);
        EvaluationProgress progress = current.GetProgress(this.GetActiveSilos().Count());
        if (progress.Stage == EvaluationStage.Failed)
        {
            if (this.saving)
            {
                return Task.FromResult(progress with { Stage = EvaluationStage.Evaluating, Failure = null });
            }

            // The next call tries again.
            this.run = null;
        }

        return Task.FromResult(progress);
    }

    /// <inheritdoc/>
    public Task StopAsync()
    {
        this.run?.Stopped = true;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<bool> TryClearAsync()
    {
        this.run?.Stopped = true;
        if (this.run is { InFlight: > 0 } or { Stage: EvaluationStage.Scanning } || this.saving)
        {
            return false;
        }

        this.run = null;
        await state.ClearStateAsync();
        return true;
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (this.run is { DataSet: not null } current)
        {
            current.Stopped = true;
            await this.SaveAsync(current);
        }
    }

    private async Task TakeUpAsync(EvaluationRun current)
    {
        try
        {
            DataSet dataSet = await Task.Run(() => DataSet.Open(current.Request));
            await state.ReadStateAsync();
            if (this.FindConflict(dataSet, current.Request) is { } conflict)
            {
                current.Fail(conflict);
                return;
            }

            bool sameRun = state.RecordExists
                && state.State.Fingerprint == dataSet.Fingerprint && state.State.PieceSize == current.Request.PieceSize;
            current.TakeUp(dataSet, sameRun ? state.State : null);
            this.StartHandingOut(current);
        }
        catch (Exception exception) when (exception is InvalidInputException or IOException or UnauthorizedAccessException)
        {
            current.Fail(exception.Message);
        }
        catch (FormatException exception)
        {
            current.Fail($"--run: the saved state of '{this.Name}' is damaged ({exception.Message}); start over with --restart");
        }
        catch (Exception exception)
        {
            this.LogUnexpected(exception);
            current.Fail($"unexpected error: {exception.Message}");
        }
    }

    // A finished run may be replaced; one that is not finished is not thrown away unasked.
    private string? FindConflict(DataSet dataSet, EvaluationRequest request)
    {
        EvaluationState saved = state.State;
        if (!state.RecordExists || PieceSet.Read(saved.DonePieces, saved.PieceCount).Count == saved.PieceCount)
        {
            return null;
        }

        if (saved.PieceSize != request.PieceSize)
        {
            return $"--piece-size: the unfinished run '{this.Name}' has {saved.PieceSize}, not {request.PieceSize}; "
                + "use that, start over with --restart, or take another name with --run";
        }

        return saved.Fingerprint == dataSet.Fingerprint
            ? null
            : $"--teacher, --student: the files are not those of the unfinished run '{this.Name}'; "
                + "start over with --restart, or take another name with --run";
    }

    private IEnumerable<SiloAddress> GetActiveSilos() =>
        membership.CurrentSnapshot.Members.Values.Where(member => member.Status == SiloStatus.Active).Select(member => member.SiloAddress);

    private void StartHandingOut(EvaluationRun current)
    {
        if (current is { DataSet: not null, IsOver: false })
        {
            this.timer ??= this.RegisterGrainTimer(
                this.HandOutAsync, new GrainTimerCreationOptions(TimeSpan.Zero, HandOutPeriod) { KeepAlive = true });
        }
    }

    private Task HandOutAsync(CancellationToken cancellationToken)
    {
        if (this.run is not { IsOver: false, Stopped: false } current)
        {
            this.timer?.Dispose();
            this.timer = null;
            return Task.CompletedTask;
        }

        // One piece for each silo in turn, so that a few pieces do not all go to the first silos.
        SiloAddress[] silos = [.. this.GetActiveSilos()];
        for (bool any = true; any;)
        {
            any = false;
            foreach (SiloAddress silo in silos)
            {
                any |= this.TryHandOut(current, silo);
            }
        }

        return Task.CompletedTask;
    }

    private bool TryHandOut(EvaluationRun current, SiloAddress silo)
    {
        bool taken = current.TryTake(silo, out long piece);
        if (taken)
        {
            _ = this.EvaluatePieceAsync(current, silo, piece);
        }

        return taken;
    }

    private async Task EvaluatePieceAsync(EvaluationRun current, SiloAddress silo, long piece)
    {
        PieceRequest request = current.DataSet!.GetPiece(piece);
        try
        {
            RequestContext.Set(IPlacementDirector.PlacementHintKey, silo);
            PieceResult result = await this.GrainFactory.GetGrain<IPieceGrain>($"{this.Name}/{piece}").EvaluateAsync(request);
            if (result.Failure is null)
            {
                current.Complete(silo, piece, request.Bytes, result.Loss);
            }
            else
            {
                // The files of another machine may be the problem.
                current.Abandon(silo, this.GetActiveSilos().Count() == 1 ? result.Failure : $"{result.Failure} (silo {silo.Endpoint})");
            }
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException)
        {
            this.LogSiloFailure(exception, silo, piece);
            current.Return(silo, piece);
        }
        catch (Exception exception)
        {
            this.LogUnexpected(exception);
            current.Abandon(silo, $"unexpected error: {exception.Message}");
        }

        _ = this.SaveAsync(current);
        if (membership.CurrentSnapshot.GetSiloStatus(silo) == SiloStatus.Active)
        {
            this.TryHandOut(current, silo);
        }
    }

    // Pieces that are done while a write is under way are saved together by the next one.
    private async Task SaveAsync(EvaluationRun current)
    {
        if (this.saving)
        {
            return;
        }

        this.saving = true;
        try
        {
            while (current.SavedPieces < current.DonePieces)
            {
                long pieces = current.DonePieces;
                state.State = current.ToState();
                await this.WriteStateAsync();
                current.SavedPieces = pieces;
            }
        }
        catch (InconsistentStateException exception)
        {
            // Another activation has taken up the run, or an earlier write went through although it seemed to have failed. What is
            // stored counts: the next activation reads it.
            this.LogInconsistent(exception);
            current.Stopped = true;
            this.DeactivateOnIdle();
        }
        catch (Exception exception)
        {
            this.LogUnexpected(exception);
            current.Fail($"the run could not be saved: {exception.Message}");
        }
        finally
        {
            this.saving = false;
        }
    }

    // A storage that is away for a moment is not the end of a long run.
    private async Task WriteStateAsync()
    {
        TimeSpan delay = FirstSaveDelay;
        for (int attempt = 1; ; attempt++, delay *= 2)
        {
            try
            {
                await state.WriteStateAsync();
                return;
            }
            catch (Exception exception) when (exception is not InconsistentStateException && attempt < MaximumSaveAttempts)
            {
                this.LogSaveFailure(exception, attempt);
                await Task.Delay(delay);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Silo {Silo} has failed. Piece {Piece} will be handed out again.")]
    private partial void LogSiloFailure(Exception exception, SiloAddress silo, long piece);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Attempt {Attempt} to save the run has failed.")]
    private partial void LogSaveFailure(Exception exception, int attempt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The run was saved by another coordinator.")]
    private partial void LogInconsistent(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Unexpected error.")]
    private partial void LogUnexpected(Exception exception);
}
