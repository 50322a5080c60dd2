using System.Globalization;
using System.Text.RegularExpressions;

namespace KlDivGen.Package.Tests;

/// <summary>The README's first program as a single file without a project, as <c>dotnet run loss.cs</c> runs it.</summary>
public class FileBasedAppTests(PackedPackage package)
{
    [Fact]
    public async Task A_single_file_runs_and_runs_again_after_an_edit()
    {
        using Consumer consumer = new(package);
        string source = this.ReadSource();
        consumer.Write("loss.cs", source);
        Assert.Equal(["0.0920"], await RunAsync(consumer));

        // The input is q = (0.7, 0.2, 0.1). As a probability target, q itself has the loss 0.
        consumer.Write("loss.cs", Replace(source, "[0.5f, 0.3f, 0.2f]", "[0.7f, 0.2f, 0.1f]"));
        Assert.Equal(["0.0000"], await RunAsync(consumer));

        // With an edit of the attribute, the same numbers are log-probabilities: sum of exp(y) (y - x).
        consumer.Write("loss.cs", Replace(source, "\"batchmean\")", "\"batchmean\", LogTarget = true)"));
        double[] q = [0.7, 0.2, 0.1];
        double[] y = [0.5, 0.3, 0.2];
        double expected = q.Zip(y, (q, y) => Math.Exp(y) * (y - Math.Log(q))).Sum();
        Assert.Equal([expected.ToString("F4", CultureInfo.InvariantCulture)], await RunAsync(consumer));

        // A misspelled word is an error at its line of the file.
        consumer.Write("loss.cs", Replace(source, "\"batchmean\"", "\"batchmeen\""));
        ProcessResult build = (await consumer.DotnetAsync("run", "loss.cs")).EnsureExitCode(1);
        int line = 1 + Array.FindIndex(source.Split('\n'), text => text.Contains("[KLDivLoss", StringComparison.Ordinal));
        Assert.Contains($"loss.cs({line},", build.Output, StringComparison.Ordinal);
        Assert.Contains("error KLDIV", build.Output, StringComparison.Ordinal);
    }

    /// <summary><c>dotnet publish</c> compiles a file-based app with Native AOT by default.</summary>
    [Fact(Explicit = true)]
    public async Task A_single_file_is_published_as_a_native_program()
    {
        NativeToolchain.Require();
        using Consumer consumer = new(package);
        consumer.Write("loss.cs", this.ReadSource());
        ProcessResult published = (await consumer.DotnetAsync("publish", "loss.cs", "-o", "published")).EnsureSuccess();
        Assert.DoesNotContain("warning", published.Output, StringComparison.OrdinalIgnoreCase);

        Assert.Empty(Directory.EnumerateFiles(consumer.Combine("published"), "*.dll"));
        ProcessResult run = await ProcessRunner.RunAsync(
            consumer.Combine("published/loss"), [], cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(["0.0920"], run.EnsureSuccess().Lines);
    }

    private static async Task<string[]> RunAsync(Consumer consumer) => (await consumer.DotnetAsync("run", "loss.cs")).EnsureSuccess().Lines;

    /// <summary>Returns the README's first block with the version of the tested package.</summary>
    private string ReadSource()
    {
        string source = ReadmeBlock.ReadAll()[0].Source;
        Assert.Matches(@"\A#:package KlDivGen@.+\n", source);
        return new Regex("@.+").Replace(source, $"@{package.Version}", count: 1);
    }

    private static string Replace(string source, string text, string replacement)
    {
        Assert.Contains(text, source, StringComparison.Ordinal);
        return source.Replace(text, replacement, StringComparison.Ordinal);
    }
}
