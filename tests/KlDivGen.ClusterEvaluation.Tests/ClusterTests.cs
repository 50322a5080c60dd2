using ClusterEvaluation;
using KlDivGen.Samples;

namespace KlDivGen.ClusterEvaluation.Tests;

/// <summary>Tests of runs on several silos in this process: the same bits on any cluster, and no piece twice.</summary>
public sealed class ClusterTests : IDisposable
{
    private const int Rows = 80;
    private const int Pieces = LogitFolders.Files * Rows / 2;

    private readonly LogitFolders folders = new(Rows);
    private readonly TestStorage storage = new();

    public void Dispose() => this.folders.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task Any_number_of_silos_computes_the_same_bits(int silos)
    {
        RecordingEvaluator evaluator = new();
        await using EvaluationCluster cluster = await EvaluationCluster.StartAsync(silos, this.storage, evaluator);

        EvaluationProgress progress = await cluster.EvaluateAsync(this.folders.CreateRequest());

        this.AssertResult(progress);
        Assert.Equal(silos, progress.Silos);
        Assert.Equal(Pieces, evaluator.Started);
        Assert.Equal(Pieces, this.storage.Writes.Sum());
    }

    [Fact]
    public async Task Killed_silos_cost_their_unfinished_pieces_only()
    {
        const int PiecesPerSilo = 2, Silos = 5;
        RecordingEvaluator evaluator = new() { Delay = TimeSpan.FromMilliseconds(50) };
        await using EvaluationCluster cluster = await EvaluationCluster.StartAsync(Silos, this.storage, evaluator);

        Task<EvaluationProgress> run = cluster.EvaluateAsync(this.folders.CreateRequest(piecesPerSilo: PiecesPerSilo));
        await evaluator.WaitForAsync(Pieces / 4);
        await cluster.KillOtherAsync();
        await evaluator.WaitForAsync(Pieces / 2);
        await cluster.KillCoordinatorAsync();
        EvaluationProgress progress = await run;

        this.AssertResult(progress);
        Assert.Equal(Silos - 2, cluster.SiloCount);

        // The first silo costs the pieces that it had. With the coordinator, those of all silos are lost that were in flight or being
        // saved.
        const int AtMost = Pieces + PiecesPerSilo + (2 * Silos * PiecesPerSilo);
        Assert.InRange(evaluator.Started, Pieces + 1, AtMost);
    }

    [Fact]
    public async Task Run_is_resumed_after_all_silos_have_died()
    {
        RecordingEvaluator first = new() { Delay = TimeSpan.FromMilliseconds(20) };
        await using (EvaluationCluster cluster = await EvaluationCluster.StartAsync(2, this.storage, first))
        {
            using CancellationTokenSource watching = new();
            Task<EvaluationProgress> run = cluster.EvaluateAsync(
                this.folders.CreateRequest(), onProgress: _ => watching.Token.ThrowIfCancellationRequested());
            await first.WaitForAsync(Pieces / 2);
            await watching.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
            await cluster.KillAllAsync();
        }

        long saved = this.storage.SavedPieces;
        Assert.InRange(saved, 1, Pieces - 1);

        RecordingEvaluator second = new();
        await using EvaluationCluster next = await EvaluationCluster.StartAsync(1, this.storage, second);
        EvaluationProgress progress = await next.EvaluateAsync(this.folders.CreateRequest(piecesPerSilo: 1));

        this.AssertResult(progress);
        Assert.Equal(saved, progress.ResumedPieces);
        Assert.Equal(Pieces - saved, second.Started);
    }

    [Fact]
    public async Task Unfinished_run_is_kept_from_other_settings_and_other_data()
    {
        RecordingEvaluator evaluator = new();
        await using EvaluationCluster cluster = await EvaluationCluster.StartAsync(1, this.storage, evaluator);
        await cluster.EvaluateAsync(this.folders.CreateRequest());
        EvaluationState finished = this.storage.State!;
        EvaluationState unfinished = new()
        {
            Fingerprint = finished.Fingerprint,
            PieceSize = finished.PieceSize,
            PieceCount = finished.PieceCount,
        };

        // A finished run is not computed again, and makes way for one with other settings.
        await cluster.EvaluateAsync(this.folders.CreateRequest());
        Assert.Equal(Pieces, evaluator.Started);
        this.AssertResult(await cluster.EvaluateAsync(this.folders.CreateRequest(pieceRows: 5)));
        Assert.Equal(Pieces + (LogitFolders.Files * Rows / 5), evaluator.Started);

        // Neither does it answer for files that have changed since then.
        File.SetLastWriteTimeUtc(this.folders["teacher/part-0.npy"], DateTime.UtcNow.AddHours(1));
        int before = evaluator.Started;
        this.AssertResult(await cluster.EvaluateAsync(this.folders.CreateRequest(pieceRows: 5)));
        Assert.Equal(before + (LogitFolders.Files * Rows / 5), evaluator.Started);

        this.storage.State = unfinished;
        await AssertFailsAsync(cluster, this.folders.CreateRequest(pieceRows: 3), "--piece-size: the unfinished run 'test' has 32, not 48");

        File.SetLastWriteTimeUtc(this.folders["student/part-2.npy"], DateTime.UtcNow.AddHours(1));
        await AssertFailsAsync(cluster, this.folders.CreateRequest(), "--teacher, --student: the files are not those of the");

        unfinished.DonePieces = [0x80];
        await AssertFailsAsync(cluster, this.folders.CreateRequest(), "--run: the saved state of 'test' is damaged");

        this.AssertResult(await cluster.EvaluateAsync(this.folders.CreateRequest(), restart: true));
    }

    [Fact]
    public async Task Storage_that_is_away_or_changed_by_another_coordinator_costs_no_piece()
    {
        RecordingEvaluator evaluator = new() { Delay = TimeSpan.FromMilliseconds(10) };
        await using EvaluationCluster cluster = await EvaluationCluster.StartAsync(2, this.storage, evaluator);
        this.storage.FailingWrites = 2;

        Task<EvaluationProgress> run = cluster.EvaluateAsync(this.folders.CreateRequest());
        await evaluator.WaitForAsync(Pieces / 2);
        this.storage.Touch();

        this.AssertResult(await run);
        Assert.Equal(0, this.storage.FailingWrites);
        Assert.Equal(Pieces, this.storage.Writes.Sum());
    }

    [Fact]
    public async Task File_that_changes_during_the_run_ends_it()
    {
        RecordingEvaluator evaluator = new() { Delay = TimeSpan.FromMilliseconds(20) };
        await using EvaluationCluster cluster = await EvaluationCluster.StartAsync(1, this.storage, evaluator);
        string last = this.folders["student/part-2.npy"];

        Task<EvaluationProgress> run = cluster.EvaluateAsync(this.folders.CreateRequest());
        await evaluator.WaitForAsync(4);
        File.Delete(last);

        InvalidInputException exception = await Assert.ThrowsAsync<InvalidInputException>(() => run);
        Assert.Contains(last, exception.Message, StringComparison.Ordinal);
        Assert.InRange(this.storage.SavedPieces, 2 * Pieces / 3, Pieces - 1);
    }

    private static async Task AssertFailsAsync(EvaluationCluster cluster, EvaluationRequest request, string message)
    {
        InvalidInputException exception = await Assert.ThrowsAsync<InvalidInputException>(() => cluster.EvaluateAsync(request));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    private void AssertResult(EvaluationProgress progress)
    {
        Assert.Equal(EvaluationStage.Finished, progress.Stage);
        Assert.Equal(progress.Pieces, progress.DonePieces);
        Assert.Equal(LogitFolders.Files * this.folders.Rows, progress.Loss.Rows);
        Assert.Equal(this.folders.Loss, progress.Loss);
    }
}
