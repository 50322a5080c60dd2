using ClusterEvaluation;
using Orleans.Runtime;
using Orleans.Storage;

namespace KlDivGen.ClusterEvaluation.Tests;

/// <summary>A grain storage that survives the silos of a test, as Redis does.</summary>
internal sealed class TestStorage : IGrainStorage
{
    private readonly Lock gate = new();
    private int version;

    /// <summary>What is saved.</summary>
    public EvaluationState? State { get; set; }

    /// <summary>The number of pieces that each write has added.</summary>
    public List<long> Writes { get; } = [];

    /// <summary>The number of the next writes that fail.</summary>
    public int FailingWrites { get; set; }

    /// <summary>The number of pieces that are saved.</summary>
    public long SavedPieces
    {
        get
        {
            lock (this.gate)
            {
                return this.State is { } saved ? PieceSet.Read(saved.DonePieces, saved.PieceCount).Count : 0;
            }
        }
    }

    /// <summary>Changes the version, as another coordinator would that has saved the same run.</summary>
    public void Touch()
    {
        lock (this.gate)
        {
            this.version++;
        }
    }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        lock (this.gate)
        {
            grainState.RecordExists = this.State is not null;
            grainState.ETag = this.State is null ? null : $"{this.version}";
            grainState.State = (T)(object)(this.State ?? new EvaluationState());
            return Task.CompletedTask;
        }
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        lock (this.gate)
        {
            if (this.FailingWrites > 0)
            {
                this.FailingWrites--;
                throw new IOException("the storage is away");
            }

            if (grainState.ETag != (this.State is null ? null : $"{this.version}"))
            {
                throw new InconsistentStateException("saved by another");
            }

            long before = this.SavedPieces;
            this.State = (EvaluationState)(object)grainState.State!;
            this.Writes.Add(this.SavedPieces - before);
            grainState.ETag = $"{++this.version}";
            grainState.RecordExists = true;
            return Task.CompletedTask;
        }
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        lock (this.gate)
        {
            this.State = null;
            grainState.ETag = null;
            grainState.RecordExists = false;
            grainState.State = (T)(object)new EvaluationState();
            return Task.CompletedTask;
        }
    }
}
