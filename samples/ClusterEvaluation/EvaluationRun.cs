using KlDivGen;
using Orleans.Runtime;

namespace ClusterEvaluation;

/// <summary>
/// The bookkeeping of a coordinator: which pieces are done, in flight, or to be handed out, and the merged loss. All calls come from the
/// coordinator's scheduler, one at a time.
/// </summary>
internal sealed class EvaluationRun(EvaluationRequest request)
{
    // A silo whose call has failed gets no piece for this time: membership needs some seconds to tell whether it is dead.
    private static readonly TimeSpan SuspensionTime = TimeSpan.FromSeconds(1);

    private readonly Dictionary<SiloAddress, int> inFlight = [];
    private readonly Dictionary<SiloAddress, DateTime> suspendedUntil = [];
    private readonly SortedSet<long> returned = [];
    private PieceSet done = new();
    private PartialLoss loss = PartialLoss.Zero;
    private long next;
    private long resumedPieces;
    private long repeatedPieces;
    private long evaluatedBytes;

    /// <summary>The settings of the run.</summary>
    public EvaluationRequest Request { get; } = request;

    /// <summary>The files, when they have been listed.</summary>
    public DataSet? DataSet { get; private set; }

    /// <summary>Why the run cannot go on.</summary>
    public string? Failure { get; private set; }

    /// <summary>Whether the user has stopped the run. No more pieces are handed out.</summary>
    public bool Stopped { get; set; }

    /// <summary>The number of pieces in flight.</summary>
    public int InFlight { get; private set; }

    /// <summary>The number of pieces that are done and merged.</summary>
    public long DonePieces => this.done.Count;

    /// <summary>The number of these that the saved state has.</summary>
    public long SavedPieces { get; set; }

    /// <summary>Whether all pieces are done and saved, or the run has failed and nothing is in flight.</summary>
    public bool IsOver => this.Stage is EvaluationStage.Finished or EvaluationStage.Failed;

    /// <summary>What the coordinator is doing.</summary>
    public EvaluationStage Stage
    {
        get
        {
            if (this.Failure is not null && this.InFlight == 0)
            {
                return EvaluationStage.Failed;
            }

            if (this.DataSet is null)
            {
                return EvaluationStage.Scanning;
            }

            return this.SavedPieces == this.DataSet.PieceCount ? EvaluationStage.Finished : EvaluationStage.Evaluating;
        }
    }

    /// <summary>Begins with the files, and with what an earlier coordinator has saved.</summary>
    /// <exception cref="FormatException">The saved state is damaged.</exception>
    public void TakeUp(DataSet dataSet, EvaluationState? saved)
    {
        if (saved is not null)
        {
            this.done = PieceSet.Read(saved.DonePieces, dataSet.PieceCount);
            this.loss = PartialLoss.Read(saved.Loss);
        }

        this.SavedPieces = this.resumedPieces = this.done.Count;
        this.DataSet = dataSet;
    }

    /// <summary>Records why the run cannot go on. The first reason counts.</summary>
    public void Fail(string reason) => this.Failure ??= reason;

    /// <summary>Takes the next piece for a silo, if there is one and the silo is not busy.</summary>
    public bool TryTake(SiloAddress silo, out long piece)
    {
        piece = -1;
        int busy = this.inFlight.GetValueOrDefault(silo);
        if (this.DataSet is null || this.Stopped || this.Failure is not null
            || busy >= this.Request.PiecesPerSilo || this.IsSuspended(silo))
        {
            return false;
        }

        if (this.returned.Count > 0)
        {
            piece = this.returned.Min;
            this.returned.Remove(piece);
        }
        else
        {
            piece = this.done.GetFirstMissing(this.next);
            if (piece >= this.DataSet.PieceCount)
            {
                return false;
            }

            this.next = piece + 1;
        }

        this.inFlight[silo] = busy + 1;
        this.InFlight++;
        return true;
    }

    /// <summary>Merges the loss of a piece that was taken.</summary>
    public void Complete(SiloAddress silo, long piece, long bytes, in PartialLoss pieceLoss)
    {
        this.Release(silo);
        if (this.done.Add(piece))
        {
            this.loss += pieceLoss;
            this.evaluatedBytes += bytes;
        }
    }

    /// <summary>Gives back a piece that was taken, because its silo has failed. It will be taken again, for another silo.</summary>
    public void Return(SiloAddress silo, long piece)
    {
        this.Release(silo);
        this.returned.Add(piece);
        this.repeatedPieces++;
        this.suspendedUntil[silo] = DateTime.UtcNow + SuspensionTime;
    }

    /// <summary>Gives up a piece that was taken, because the run cannot go on.</summary>
    public void Abandon(SiloAddress silo, string reason)
    {
        this.Release(silo);
        this.Fail(reason);
    }

    /// <summary>Returns what is to be saved.</summary>
    public EvaluationState ToState() => new()
    {
        Fingerprint = this.DataSet!.Fingerprint,
        PieceSize = this.Request.PieceSize,
        PieceCount = this.DataSet.PieceCount,
        DonePieces = this.done.ToBytes(),
        Loss = PartialLossConverter.GetBytes(in this.loss),
    };

    /// <summary>Returns how far the run is.</summary>
    public EvaluationProgress GetProgress(int silos) => new(
        this.Stage,
        this.Stage == EvaluationStage.Failed ? this.Failure : null,
        this.DataSet?.PairCount ?? 0,
        this.DataSet?.PieceCount ?? 0,
        this.DonePieces,
        this.resumedPieces,
        this.repeatedPieces,
        this.evaluatedBytes,
        silos,
        this.loss);

    private bool IsSuspended(SiloAddress silo) =>
        this.suspendedUntil.TryGetValue(silo, out DateTime time) && DateTime.UtcNow < time;

    private void Release(SiloAddress silo)
    {
        this.InFlight--;
        int busy = this.inFlight[silo] - 1;
        if (busy > 0)
        {
            this.inFlight[silo] = busy;
        }
        else
        {
            // Silos come and go: without this, the dictionary would keep all that have ever been there.
            this.inFlight.Remove(silo);
        }
    }
}
