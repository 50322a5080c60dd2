using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using QuickStart;

namespace KlDivGen.Samples.Tests;

/// <summary>QuickStart over arrays it can use.</summary>
public sealed class QuickStartTests : IDisposable
{
    // The contract's bound for reductions of float32, for data whose losses have one sign: 2⁻²² of the result.
    private const double ReductionTolerance = 2.4e-7;

    private readonly Folder folder = new();

    public void Dispose() => this.folder.Dispose();

    [Fact]
    public void Without_arguments_every_reduction_stands_beside_its_exact_value()
    {
        Run run = Run.QuickStart();

        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        AssertRow("sum", "458.35689183821003", "458.35689177582487");
        AssertRow("mean", "0.10185708707515778", "0.10185708706129442");
        AssertRow("batchmean", "1.0185708707515778", "1.0185708706129442");
        Assert.Equal(2, run.Rows("none").Length);
        Assert.All(run.Output.Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, 80));

        void AssertRow(string reduction, params string[] exact)
        {
            string[][] rows = run.Rows(reduction);
            Assert.Equal(exact, rows.Select(row => row[2]));
            Assert.All(rows, row =>
            {
                double ours = double.Parse(row[1], CultureInfo.InvariantCulture);
                double truth = double.Parse(row[2], CultureInfo.InvariantCulture);
                Assert.InRange(ours / truth, 1 - ReductionTolerance, 1 + ReductionTolerance);
                Assert.Matches("^[0-9.]+$", row[4]);
                Assert.Contains(row[5], (string[])["ns", "µs", "ms"]);
            });
        }
    }

    [Fact]
    public async Task Redirected_output_has_no_escape_codes()
    {
        Run run = await Run.Process("QuickStart.dll");

        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        Assert.Contains("458.35689183821003", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Output);
    }

    [Theory]
    [InlineData("<f4", "<f4", false)]
    [InlineData("<f4", "<f4", true)]
    [InlineData("<f8", "<f8", false)]
    [InlineData("<f8", "<f8", true)]
    [InlineData("<f4", "<f8", false)]
    [InlineData("<f8", "<f4", true)]
    public void Own_arrays_of_both_types_give_the_same_as_a_plain_loop(string inputType, string targetType, bool logTarget)
    {
        (double[] x, double[] y) = this.WritePair(inputType, targetType, logTarget, "(3, 5, 7)");
        string[] options = logTarget ? ["--log-target"] : [];

        Run run = Run.QuickStart(
            ["--input", this.folder["x.npy"], "--target", this.folder["y.npy"], "--output", this.folder["out.npy"], .. options]);

        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        double[] losses = [.. x.Zip(y, (x, y) => logTarget ? Math.Exp(y) * (y - x) : y * (Math.Log(y) - x))];
        double tolerance = inputType == "<f4" && targetType == "<f4" ? 1e-6 : 1e-14;
        double size = losses.Sum(Math.Abs);
        Assert.Equal(losses.Sum(), run.Value("sum"), size * tolerance);
        Assert.Equal(losses.Sum() / 105, run.Value("mean"), size * tolerance / 105);
        Assert.Equal(losses.Sum() / 3, run.Value("batchmean"), size * tolerance / 3);
        Assert.Equal("105", run.Row("none")[1]);

        string type = inputType == "<f4" && targetType == "<f4" ? "<f4" : "<f8";
        byte[] written = File.ReadAllBytes(this.folder["out.npy"]);
        Assert.Equal(Folder.Npy(Folder.Header(type, "(3, 5, 7)"), []), written[..128]);
        double[] each = type == "<f4"
            ? [.. MemoryMarshal.Cast<byte, float>(written.AsSpan(128)).ToArray().Select(value => (double)value)]
            : MemoryMarshal.Cast<byte, double>(written.AsSpan(128)).ToArray();
        Assert.Equal(losses.Length, each.Length);
        for (int i = 0; i < losses.Length; i++)
            Assert.Equal(losses[i], each[i], Math.Max(Math.Abs(losses[i]), Math.Abs(y[i])) * tolerance);
        Assert.Equal(["out.npy", "x.npy", "y.npy"], this.folder.Names);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(1000)]
    public void Pieces_add_up_to_the_whole(int piece)
    {
        this.WritePair("<f4", "<f4", logTarget: false, "(3, 5, 7)");
        string[] files = ["--input", this.folder["x.npy"], "--target", this.folder["y.npy"]];

        Run whole = Run.QuickStart([.. files, "--output", this.folder["whole.npy"]]);
        Run pieces = Run.QuickStart([.. files, "--output", this.folder["pieces.npy"], "--piece", $"{piece}"]);

        Assert.Equal((0, 0), (whole.ExitCode, pieces.ExitCode));
        Assert.InRange(pieces.Value("sum") / whole.Value("sum"), 1 - 1e-6, 1 + 1e-6);
        Assert.Equal(whole.Row("none")[..^2], pieces.Row("none")[..^2]);
        Assert.Equal(File.ReadAllBytes(this.folder["whole.npy"]), File.ReadAllBytes(this.folder["pieces.npy"]));
    }

    [Theory]
    [InlineData("paddle", "0", "0")]
    [InlineData("pytorch", "0", "NaN")]
    [InlineData("strict", "0", "NaN")]
    public void Dialects_differ_at_targets_that_are_not_positive(string dialect, string atZero, string belowZero)
    {
        string input = this.folder.Write("x.npy", "(1,)", (float[])[-1]);
        string zero = this.folder.Write("zero.npy", "(1,)", (float[])[0]);
        string negative = this.folder.Write("negative.npy", "(1,)", (float[])[-1]);

        Run atZeroRun = Run.QuickStart("--input", input, "--target", zero, "--reduction", "sum", "--dialect", dialect);
        Run belowRun = Run.QuickStart("--input", input, "--target", negative, "--reduction", "sum", "--dialect", dialect);

        Assert.Equal(atZero, atZeroRun.Row("sum")[1]);
        Assert.Equal(belowZero, belowRun.Row("sum")[1]);
    }

    [Theory]
    [InlineData("(0,)", "0", "NaN", "NaN")]
    [InlineData("(0, 4611686018427387904)", "0", "NaN", "NaN")]
    [InlineData("(5, 0)", "0", "NaN", "0")]
    public void Empty_arrays_have_sum_0_and_mean_NaN(string shape, string sum, string mean, string batchMean)
    {
        string input = this.folder.Write("x.npy", shape, (float[])[]), target = this.folder.Write("y.npy", shape, (double[])[]);

        Run run = Run.QuickStart("--input", input, "--target", target, "--output", this.folder["out.npy"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal([sum, mean, batchMean], ((string[])["sum", "mean", "batchmean"]).Select(reduction => run.Row(reduction)[1]));
        Assert.Equal(Folder.Npy(Folder.Header("<f8", shape), []), File.ReadAllBytes(this.folder["out.npy"]));
    }

    [Fact]
    public void A_single_number_is_not_divided()
    {
        string input = this.folder.Write("x.npy", "()", (double[])[-2]), target = this.folder.Write("y.npy", "()", (double[])[1]);

        Run run = Run.QuickStart("--input", input, "--target", target);

        Assert.Equal(["2", "2", "2"], ((string[])["sum", "mean", "batchmean"]).Select(reduction => run.Row(reduction)[1]));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("mean")]
    [InlineData("sum")]
    [InlineData("batchmean")]
    public void One_reduction_alone_is_printed_alone(string reduction)
    {
        this.WritePair("<f4", "<f4", logTarget: false, "(3, 5, 7)");

        Run run = Run.QuickStart("--input", this.folder["x.npy"], "--target", this.folder["y.npy"], "--reduction", reduction);

        string[] printed = [.. ((string[])["none", "mean", "sum", "batchmean"]).Where(name => run.Rows(name).Length > 0)];
        Assert.Equal([reduction], printed);
    }

    [Theory]
    [InlineData(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }")]
    [InlineData(2, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }")]
    [InlineData(3, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }")]
    [InlineData(1, """{"shape":(2,3),"fortran_order":False,"descr":"<f4"}""")]
    [InlineData(1, "{ 'shape' : ( 2L , 3L ) ,\t'descr':'<f4','fortran_order' :False }")]
    public void Headers_of_every_version_and_spelling_are_read(int major, string header)
    {
        float[] values = [1, 1, 1, 1, 1, 1];
        string input = this.folder.Write("x.npy", "(2, 3)", (float[])[-1, -2, -3, -4, -5, -6]);
        string target = this.folder.Write("y.npy", Folder.Npy(header, MemoryMarshal.AsBytes<float>(values), major));

        Run run = Run.QuickStart("--input", input, "--target", target);

        Assert.Equal((0, "21"), (run.ExitCode, run.Row("sum")[1]));
    }

    [Fact]
    public void The_output_may_take_the_place_of_an_input()
    {
        string input = this.folder.Write("x.npy", "(3,)", (float[])[-1, -2, -3]);
        string target = this.folder.Write("y.npy", "(3,)", (float[])[1, 1, 1]);

        Run run = Run.QuickStart("--input", input, "--target", target, "--output", input, "--piece", "1");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(Folder.Npy(Folder.Header("<f4", "(3,)"), MemoryMarshal.AsBytes<float>((float[])[1, 2, 3])), File.ReadAllBytes(input));
    }

    [Fact]
    public void A_cancelled_run_leaves_nothing_behind()
    {
        this.WritePair("<f4", "<f4", logTarget: false, "(3, 5, 7)");
        ComparisonRequest request = new(
            this.folder["x.npy"], this.folder["y.npy"], null, LogTarget: false, "paddle", this.folder["out.npy"], Piece: 10);
        using CancellationTokenSource source = new();
        using Comparison comparison = Comparison.Open(request);

        Assert.Throws<OperationCanceledException>(() => comparison.Run(_ => source.Cancel(), source.Token));

        Assert.Equal(["x.npy", "y.npy"], this.folder.Names);
    }

    [Fact]
    public async Task An_interrupted_process_leaves_nothing_behind()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no kill.");
        string file = this.folder.Write("x.npy", "(8000000,)", new float[8_000_000]);
        CancellationToken cancellation = TestContext.Current.CancellationToken;

        // Pieces of one element make it last for half a minute, if nobody interrupts it.
        using Process process = Process.Start(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "QuickStart.dll"),
                "--input", file, "--target", file, "--output", this.folder["out.npy"], "--piece", "1",
            ]);
        while (this.folder.Names.Count() == 1 && !process.HasExited)
            await Task.Delay(10, cancellation);
        using Process kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        await process.WaitForExitAsync(cancellation);

        Assert.Equal(130, process.ExitCode);
        Assert.Equal(["x.npy"], this.folder.Names);
    }

    // Log-probabilities and probabilities that float32 holds, so that both types hold the same numbers.
    private (double[] X, double[] Y) WritePair(string inputType, string targetType, bool logTarget, string shape)
    {
        Random random = new(20260102);
        float[] x = new float[105], y = new float[105];
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = -6 * random.NextSingle();
            y[i] = logTarget ? -6 * random.NextSingle() : random.NextSingle();
        }

        this.Write("x.npy", inputType, shape, x);
        this.Write("y.npy", targetType, shape, y);
        return ([.. x.Select(value => (double)value)], [.. y.Select(value => (double)value)]);
    }

    private void Write(string name, string type, string shape, float[] values)
    {
        if (type == "<f4")
            this.folder.Write(name, shape, values);
        else
            this.folder.Write(name, shape, [.. values.Select(value => (double)value)]);
    }
}
