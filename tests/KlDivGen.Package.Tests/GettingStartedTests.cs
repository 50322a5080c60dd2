using System.Globalization;

namespace KlDivGen.Package.Tests;

/// <summary>The first steps of a new user, from an empty folder, as the README describes them.</summary>
public class GettingStartedTests(PackedPackage package)
{
    [Fact]
    public async Task Three_commands_and_one_method_compute_a_loss()
    {
        using Consumer consumer = new(package);
        (await consumer.DotnetAsync("new", "console", "-n", "App", "-o", ".")).EnsureSuccess();
        (await consumer.DotnetAsync("add", "package", "KlDivGen")).EnsureSuccess();

        consumer.Write("Program.cs", """
            using System.Globalization;
            using KlDivGen;

            float[] input = [MathF.Log(0.25f), MathF.Log(0.75f)];
            float[] target = [0.5f, 0.5f];
            Console.WriteLine(Losses.Distill(input, target, batchSize: 1).ToString("F6", CultureInfo.InvariantCulture));

            static partial class Losses
            {
                [KLDivLoss(Reduction = "batchmean")]
                public static partial float Distill(ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize);
            }
            """);
        ProcessResult run = (await consumer.DotnetAsync("run")).EnsureSuccess();

        // ½ · ln(½ / ¼) + ½ · ln(½ / ¾) is the only line: there is no warning either.
        double expected = 0.5 * Math.Log(2) + 0.5 * Math.Log(2.0 / 3);
        Assert.Equal([expected.ToString("F6", CultureInfo.InvariantCulture)], run.Lines);
    }

    [Fact]
    public async Task Errors_are_reported_at_their_token_with_their_cause()
    {
        using Consumer consumer = new(package, "<ImplicitUsings>enable</ImplicitUsings>");
        consumer.Write("Program.cs", """
            using KlDivGen;

            Console.WriteLine(Losses.Mean([0f], [0f]));

            static partial class Losses
            {
                [KLDivLoss(Reduction = "batchmaen")]
                public static partial float Mean(ReadOnlySpan<float> input, ReadOnlySpan<float> target);

                [KLDivLoss(Dialect = "torch")]
                public static partial float Sum(ReadOnlySpan<float> input, ReadOnlySpan<float> target);

                [KLDivLoss(Reduction = "none")]
                public static partial void Each(ReadOnlySpan<float> input, ReadOnlySpan<float> target);
            }
            """);
        ProcessResult build = (await consumer.DotnetAsync("build")).EnsureExitCode(1);

        Assert.Contains("Program.cs(7,28): error KLDIV008: \"batchmaen\" is not a reduction. Did you mean \"batchmean\"?", build.Output, StringComparison.Ordinal);
        Assert.Contains("Program.cs(10,26): error KLDIV009: \"torch\" is not a dialect. Did you mean \"pytorch\"?", build.Output, StringComparison.Ordinal);
        Assert.Contains("Program.cs(14,32): error KLDIV017:", build.Output, StringComparison.Ordinal);
    }
}
