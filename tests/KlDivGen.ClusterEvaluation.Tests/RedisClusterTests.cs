using System.Globalization;
using System.Text.Json.Nodes;

namespace KlDivGen.ClusterEvaluation.Tests;

/// <summary>Tests of silos in processes of their own that meet in a real Redis.</summary>
public sealed class RedisClusterTests : IDisposable
{
    private const int Rows = 1000;
    private const int Pieces = LogitFolders.Files * Rows;

    private readonly LogitFolders folders = new(Rows);

    public void Dispose() => this.folders.Dispose();

    [Fact]
    public async Task Killed_processes_cost_no_bit()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGINT.");
        await using RedisServer redis = await RedisServer.StartAsync();

        // Three silos that serve, and a process that evaluates.
        await using BackgroundProgram first = StartSilo(redis), second = StartSilo(redis), third = StartSilo(redis);
        foreach (BackgroundProgram silo in (BackgroundProgram[])[first, second, third])
        {
            await silo.WaitForLineAsync(line => line.StartsWith("serving", StringComparison.Ordinal));
        }

        // Interrupted by the user.
        await using BackgroundProgram interrupted = this.StartEvaluation(redis);
        await WaitForPiecesAsync(interrupted, Pieces / 20);
        Assert.Equal(130, (await interrupted.SignalAsync("INT")).ExitCode);

        // It goes on, also after one silo has died. Then everything dies.
        await using BackgroundProgram killed = this.StartEvaluation(redis);
        await WaitForPiecesAsync(killed, Pieces / 10);
        await first.KillAsync();
        long done = await WaitForPiecesAsync(killed, Pieces / 4);
        foreach (BackgroundProgram program in (BackgroundProgram[])[second, third, killed])
        {
            await program.KillAsync();
        }

        // New processes take it up. At most what was in flight or being saved is lost.
        await using BackgroundProgram last = this.StartEvaluation(redis);
        Assert.InRange(await WaitForPiecesAsync(last, 0), done - 100, Pieces);
        await using BackgroundProgram helper = StartSilo(redis);
        ProcessResult result = (await last.WaitAsync()).EnsureSuccess();

        JsonNode json = JsonNode.Parse(result.StandardOutput)!;
        Assert.Equal(this.folders.Loss, PartialLoss.Read(Convert.FromBase64String((string)json["partialLoss"]!)));
        Assert.Equal(Pieces, (long)json["rows"]!);
        Assert.Equal(Pieces, (long)json["pieces"]!);

        // The result stays, and a silo that serves ends as it should.
        await using BackgroundProgram again = this.StartEvaluation(redis);
        Assert.Equal(result.StandardOutput, (await again.WaitAsync()).EnsureSuccess().StandardOutput);
        await helper.WaitForLineAsync(line => line.StartsWith("serving", StringComparison.Ordinal));
        (await helper.SignalAsync("TERM")).EnsureSuccess();
    }

    private static BackgroundProgram StartSilo(RedisServer redis) => BackgroundProgram.StartSample("silo", "--redis", redis.Address);

    // Returns the number of pieces of the first line that has at least a given number.
    private static async Task<long> WaitForPiecesAsync(BackgroundProgram program, long atLeast)
    {
        long pieces = -1;
        await program.WaitForLineAsync(line =>
        {
            bool isProgress = line.Contains(" pieces, ", StringComparison.Ordinal);
            pieces = isProgress ? long.Parse(line.Split(' ')[0], NumberStyles.AllowThousands, CultureInfo.InvariantCulture) : -1;
            return isProgress && pieces >= atLeast;
        });
        return pieces;
    }

    // One row is one piece, so that there is time to kill something.
    private BackgroundProgram StartEvaluation(RedisServer redis) => BackgroundProgram.StartSample(
        "--redis", redis.Address, "--teacher", this.folders["teacher"], "--student", this.folders["student"],
        "--piece-size", $"{LogitFolders.Classes}", "--pieces-per-silo", "1", "--json", "--verbose");
}
