using System.Runtime.InteropServices;
using NpyLoss;

namespace KlDivGen.Samples.Tests;

/// <summary>Tests of the NpyLoss sample with valid files.</summary>
public sealed class NpyLossTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => this.folder.Dispose();

    [Theory]
    [InlineData("<f4", "<f4", false)]
    [InlineData("<f4", "<f4", true)]
    [InlineData("<f8", "<f8", false)]
    [InlineData("<f8", "<f8", true)]
    [InlineData("<f4", "<f8", false)]
    [InlineData("<f8", "<f4", true)]
    [InlineData("<f2", "<f2", false)]
    [InlineData("<f2", "<f4", true)]
    [InlineData("<f8", "<f2", false)]
    public void Losses_equal_those_of_a_naive_loop(string inputType, string targetType, bool logTarget)
    {
        (double[] x, double[] y) = this.WritePair(inputType, targetType, logTarget, "(3, 5, 7)");
        string[] options = logTarget ? ["--log-target"] : [];

        ProgramResult result = ProgramResult.RunNpyLoss(
            ["--input", this.folder["x.npy"], "--target", this.folder["y.npy"], "--output", this.folder["out.npy"], .. options]);

        result.AssertSuccess();
        double[] losses = [.. x.Zip(y, (x, y) => logTarget ? Math.Exp(y) * (y - x) : y * (Math.Log(y) - x))];
        string type = inputType == "<f8" || targetType == "<f8" ? "<f8" : "<f4";
        double tolerance = type == "<f4" ? 1e-6 : 1e-14;
        double magnitude = losses.Sum(Math.Abs);
        Assert.Equal(losses.Sum(), result.GetValue("sum"), magnitude * tolerance);
        Assert.Equal(losses.Sum() / 105, result.GetValue("mean"), magnitude * tolerance / 105);
        Assert.Equal(losses.Sum() / 3, result.GetValue("batchmean"), magnitude * tolerance / 3);
        Assert.Equal("105", result.GetRow("none")[1]);

        byte[] written = File.ReadAllBytes(this.folder["out.npy"]);
        Assert.Equal(TemporaryFolder.FormatFile(TemporaryFolder.FormatHeader(type, "(3, 5, 7)"), []), written[..128]);
        double[] outputs = type == "<f4"
            ? [.. MemoryMarshal.Cast<byte, float>(written.AsSpan(128)).ToArray().Select(value => (double)value)]
            : MemoryMarshal.Cast<byte, double>(written.AsSpan(128)).ToArray();
        Assert.Equal(losses.Length, outputs.Length);
        for (int i = 0; i < losses.Length; i++)
        {
            Assert.Equal(losses[i], outputs[i], Math.Max(Math.Abs(losses[i]), Math.Abs(y[i])) * tolerance);
        }

        Assert.Equal(["out.npy", "x.npy", "y.npy"], this.folder.Names);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(1000)]
    public void Chunk_size_does_not_change_the_result(int chunkSize)
    {
        this.WritePair("<f4", "<f4", logTarget: false, "(3, 5, 7)");
        string[] files = ["--input", this.folder["x.npy"], "--target", this.folder["y.npy"]];

        ProgramResult oneChunk = ProgramResult.RunNpyLoss([.. files, "--output", this.folder["one.npy"]]);
        ProgramResult manyChunks = ProgramResult.RunNpyLoss(
            [.. files, "--output", this.folder["many.npy"], "--chunk-size", $"{chunkSize}"]);

        Assert.Equal((0, 0), (oneChunk.ExitCode, manyChunks.ExitCode));
        Assert.InRange(manyChunks.GetValue("sum") / oneChunk.GetValue("sum"), 1 - 1e-6, 1 + 1e-6);
        Assert.Equal(oneChunk.GetRow("none")[..^2], manyChunks.GetRow("none")[..^2]);
        Assert.Equal(File.ReadAllBytes(this.folder["one.npy"]), File.ReadAllBytes(this.folder["many.npy"]));
    }

    [Theory]
    [InlineData("paddle", "0", "0")]
    [InlineData("pytorch", "0", "NaN")]
    [InlineData("strict", "0", "NaN")]
    public void Dialect_decides_the_loss_of_targets_that_are_not_positive(string dialect, string zeroLoss, string negativeLoss)
    {
        string input = this.folder.Write("x.npy", "(1,)", (float[])[-1]);
        string zero = this.folder.Write("zero.npy", "(1,)", (float[])[0]);
        string negative = this.folder.Write("negative.npy", "(1,)", (float[])[-1]);

        string[] options = ["--input", input, "--reduction", "sum", "--dialect", dialect];
        ProgramResult zeroResult = ProgramResult.RunNpyLoss([.. options, "--target", zero]);
        ProgramResult negativeResult = ProgramResult.RunNpyLoss([.. options, "--target", negative]);

        Assert.Equal(zeroLoss, zeroResult.GetRow("sum")[1]);
        Assert.Equal(negativeLoss, negativeResult.GetRow("sum")[1]);
    }

    [Theory]
    [InlineData("(0,)", "0", "NaN", "NaN")]
    [InlineData("(0, 4611686018427387904)", "0", "NaN", "NaN")]
    [InlineData("(5, 0)", "0", "NaN", "0")]
    public void Sum_of_an_empty_array_is_0_and_its_mean_is_NaN(string shape, string sum, string mean, string batchMean)
    {
        string input = this.folder.Write("x.npy", shape, (float[])[]), target = this.folder.Write("y.npy", shape, (double[])[]);

        ProgramResult result = ProgramResult.RunNpyLoss("--input", input, "--target", target, "--output", this.folder["out.npy"]);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal([sum, mean, batchMean], ((string[])["sum", "mean", "batchmean"]).Select(reduction => result.GetRow(reduction)[1]));
        byte[] expected = TemporaryFolder.FormatFile(TemporaryFolder.FormatHeader("<f8", shape), []);
        Assert.Equal(expected, File.ReadAllBytes(this.folder["out.npy"]));
    }

    [Fact]
    public void Sum_of_a_scalar_is_not_divided()
    {
        string input = this.folder.Write("x.npy", "()", (double[])[-2]), target = this.folder.Write("y.npy", "()", (double[])[1]);

        ProgramResult result = ProgramResult.RunNpyLoss("--input", input, "--target", target);

        Assert.Equal(["2", "2", "2"], ((string[])["sum", "mean", "batchmean"]).Select(reduction => result.GetRow(reduction)[1]));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("mean")]
    [InlineData("sum")]
    [InlineData("batchmean")]
    public void Prints_only_the_requested_reduction(string reduction)
    {
        this.WritePair("<f4", "<f4", logTarget: false, "(3, 5, 7)");

        ProgramResult result = ProgramResult.RunNpyLoss(
            "--input", this.folder["x.npy"], "--target", this.folder["y.npy"], "--reduction", reduction);

        string[] printed = [.. ((string[])["none", "mean", "sum", "batchmean"]).Where(name => result.GetRows(name).Length > 0)];
        Assert.Equal([reduction], printed);
    }

    [Theory]
    [InlineData(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }")]
    [InlineData(2, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }")]
    [InlineData(3, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }")]
    [InlineData(1, """{"shape":(2,3),"fortran_order":False,"descr":"<f4"}""")]
    [InlineData(1, "{ 'shape' : ( 2L , 3L ) ,\t'descr':'<f4','fortran_order' :False }")]
    public void Reads_headers_of_every_version_and_syntax(int major, string header)
    {
        float[] values = [1, 1, 1, 1, 1, 1];
        string input = this.folder.Write("x.npy", "(2, 3)", (float[])[-1, -2, -3, -4, -5, -6]);
        string target = this.folder.Write("y.npy", TemporaryFolder.FormatFile(header, MemoryMarshal.AsBytes<float>(values), major));

        ProgramResult result = ProgramResult.RunNpyLoss("--input", input, "--target", target);

        Assert.Equal((0, "21"), (result.ExitCode, result.GetRow("sum")[1]));
    }

    [Fact]
    public void Output_may_replace_an_input()
    {
        string input = this.folder.Write("x.npy", "(3,)", (float[])[-1, -2, -3]);
        string target = this.folder.Write("y.npy", "(3,)", (float[])[1, 1, 1]);

        ProgramResult result = ProgramResult.RunNpyLoss("--input", input, "--target", target, "--output", input, "--chunk-size", "1");

        Assert.Equal(0, result.ExitCode);
        byte[] expected = TemporaryFolder.FormatFile(
            TemporaryFolder.FormatHeader("<f4", "(3,)"), MemoryMarshal.AsBytes<float>((float[])[1, 2, 3]));
        Assert.Equal(expected, File.ReadAllBytes(input));
    }

    [Fact]
    public void Canceled_run_deletes_its_temporary_file()
    {
        this.WritePair("<f4", "<f4", logTarget: false, "(3, 5, 7)");
        LossRequest request = new(
            this.folder["x.npy"], this.folder["y.npy"], null, LogTarget: false, "paddle", this.folder["out.npy"], ChunkSize: 10);
        using CancellationTokenSource source = new();
        using StreamingLoss loss = StreamingLoss.Open(request);

        Assert.Throws<OperationCanceledException>(() => loss.Run(_ => source.Cancel(), source.Token));

        Assert.Equal(["x.npy", "y.npy"], this.folder.Names);
    }

    [Fact]
    public async Task Interrupted_process_deletes_its_temporary_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGINT.");
        string file = this.folder.Write("x.npy", "(8000000,)", new float[8_000_000]);
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        TaskCompletionSource<int> started = new();

        // With one element per chunk, the run takes half a minute if it is not interrupted.
        string[] args = ["--input", file, "--target", file, "--output", this.folder["out.npy"], "--chunk-size", "1"];
        Task<ProcessResult> run = ProcessRunner.RunDotnetAsync(
            [ProgramResult.GetAssemblyPath("NpyLoss"), .. args], new ProcessOptions { Started = started.SetResult }, cancellation);
        int processId = await started.Task;
        while (this.folder.Names.Count() == 1 && !run.IsCompleted)
        {
            await Task.Delay(10, cancellation);
        }

        (await ProcessRunner.RunAsync("kill", ["-INT", $"{processId}"], cancellationToken: cancellation)).EnsureSuccess();

        ProcessResult result = await run;
        Assert.Equal(130, result.ExitCode);
        Assert.Equal(["x.npy"], this.folder.Names);
    }

    // All values are float16 numbers, so that files of all types hold the same values.
    private (double[] X, double[] Y) WritePair(string inputType, string targetType, bool logTarget, string shape)
    {
        Random random = new(20260102);
        float[] x = new float[105], y = new float[105];
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = (float)(Half)(-6 * random.NextSingle());
            y[i] = (float)(Half)(logTarget ? -6 * random.NextSingle() : random.NextSingle());
        }

        this.Write("x.npy", inputType, shape, x);
        this.Write("y.npy", targetType, shape, y);
        return ([.. x.Select(value => (double)value)], [.. y.Select(value => (double)value)]);
    }

    private void Write(string name, string type, string shape, float[] values)
    {
        switch (type)
        {
            case "<f2":
                Half[] halves = [.. values.Select(value => (Half)value)];
                this.folder.Write(name, TemporaryFolder.FormatFile(
                    TemporaryFolder.FormatHeader(type, shape), MemoryMarshal.AsBytes<Half>(halves)));
                break;
            case "<f4":
                this.folder.Write(name, shape, values);
                break;
            default:
                this.folder.Write(name, shape, [.. values.Select(value => (double)value)]);
                break;
        }
    }
}
