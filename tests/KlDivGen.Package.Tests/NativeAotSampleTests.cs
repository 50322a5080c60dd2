using System.Text.Json;

namespace KlDivGen.Package.Tests;

/// <summary>The NativeAot sample, jitted and, if the machine has a linker, compiled ahead of time.</summary>
[Collection(nameof(NativeProgram))]
public class NativeAotSampleTests
{
    private const string Project = "samples/NativeAot";

    [Fact]
    public Task Every_batch_is_answered_with_its_loss() => AssertEveryBatchIsAnsweredAsync(native: false);

    [Fact(Explicit = true)]
    public Task Every_batch_is_answered_with_its_loss_by_a_native_program() => AssertEveryBatchIsAnsweredAsync(native: true);

    [Theory]
    [InlineData("nonsense", "invalid batch: at $, near byte 2")]
    [InlineData("null", "invalid batch: null")]
    [InlineData("""{"student":[[1]]}""", "teacher is missing")]
    [InlineData("""{"student":[[1]],"teacher":[[1],[2]]}""", "student has 1 rows, teacher has 2")]
    [InlineData("""{"student":[[1,2],[1]],"teacher":[[1,2],[1,2]]}""", "row 2 of student does not have 2 scores, as row 1 of student")]
    [InlineData("""{"student":[],"teacher":[]}""", "the batch has no scores")]
    [InlineData("""{"student":[[1e39]],"teacher":[[1]]}""", "row 1 of student has a score outside the range of float32")]
    [InlineData("""{"student":[["a"]],"teacher":[[1]]}""", "invalid batch: at $.student[0][0], near byte 17")]
    [InlineData("""{"students":[[1]],"teacher":[[1]]}""", "invalid batch: at $.students, near byte 13")]
    public async Task An_invalid_line_is_answered_with_the_cause_and_the_next_line_with_its_loss(string line, string error)
    {
        ProcessResult run = (await RunAsync(native: false, line + "\n\n" + """{"student":[[1,2]],"teacher":[[1,2]]}""")).EnsureExitCode(1);

        Assert.Equal(2, run.Lines.Length);
        using JsonDocument answer = JsonDocument.Parse(run.Lines[0]);
        Assert.Equal(error, answer.RootElement.GetProperty("error").GetString());
        Assert.Equal("""{"line":3,"rows":1,"loss":0}""", run.Lines[1]);
    }

    [Fact]
    public async Task A_missing_file_prints_one_line_and_exits_with_2()
    {
        ProcessResult run = (await RunAsync(native: false, "", "no such file")).EnsureExitCode(2);
        Assert.Contains("no such file", Assert.Single(run.Lines), StringComparison.Ordinal);
    }

    private static async Task AssertEveryBatchIsAnsweredAsync(bool native)
    {
        (double[][] Student, double[][] Teacher)[] batches = [Random(1, 3, 4), Random(2, 1, 1000), Random(3, 17, 7)];
        string input = string.Concat(batches.Select((batch, i) =>
            JsonSerializer.Serialize(new { id = $"b{i}", student = batch.Student, teacher = batch.Teacher }) + "\n"));

        ProcessResult run = (await RunAsync(native, input)).EnsureSuccess();

        Assert.Equal(batches.Length, run.Lines.Length);
        for (int i = 0; i < batches.Length; i++)
        {
            using JsonDocument answer = JsonDocument.Parse(run.Lines[i]);
            Assert.Equal(i + 1, answer.RootElement.GetProperty("line").GetInt32());
            Assert.Equal($"b{i}", answer.RootElement.GetProperty("id").GetString());
            Assert.Equal(batches[i].Student.Length, answer.RootElement.GetProperty("rows").GetInt32());

            // The service rounds log-probabilities of magnitudes around 10 to float32, by 2⁻²⁴ of each.
            double expected = Divergence(batches[i].Student, batches[i].Teacher);
            Assert.Equal(expected, answer.RootElement.GetProperty("loss").GetDouble(), 2e-6);
        }
    }

    private static async Task<ProcessResult> RunAsync(bool native, string input, params string[] arguments)
    {
        ProcessOptions options = new() { Input = input };
        if (!native)
        {
            string jitted = Path.Combine(AppContext.BaseDirectory, "NativeAot.dll");
            return await ProcessRunner.RunDotnetAsync([jitted, .. arguments], options, TestContext.Current.CancellationToken);
        }

        NativeToolchain.Require();
        string program = await NativeProgram.PublishAsync(Project);
        return await ProcessRunner.RunAsync(program, arguments, options, TestContext.Current.CancellationToken);
    }

    private static (double[][] Student, double[][] Teacher) Random(int seed, int rows, int columns)
    {
        Random random = new(seed);
        double[][] Table() => [.. Enumerable.Range(0, rows).Select(_ =>
            Enumerable.Range(0, columns).Select(_ => (double)(float)(random.NextDouble() * 10 - 5)).ToArray())];
        return (Table(), Table());
    }

    private static double Divergence(double[][] student, double[][] teacher) =>
        student.Zip(teacher, (s, t) => LogSoftmax(s).Zip(LogSoftmax(t), (x, y) => Math.Exp(y) * (y - x)).Sum()).Average();

    private static double[] LogSoftmax(double[] scores)
    {
        double shift = Math.Log(scores.Sum(Math.Exp));
        return [.. scores.Select(score => score - shift)];
    }
}
