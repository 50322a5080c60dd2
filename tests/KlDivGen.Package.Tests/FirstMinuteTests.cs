namespace KlDivGen.Package.Tests;

/// <summary>A consumer's first minute, from an empty folder, typed as the README says.</summary>
public class FirstMinuteTests(PackedPackage package)
{
    [Fact]
    public async Task Three_commands_and_one_method_give_a_loss()
    {
        using Consumer consumer = new(package);
        (await consumer.Dotnet("new", "console", "-n", "App", "-o", ".")).Succeeded();
        (await consumer.Dotnet("add", "package", "KlDivGen")).Succeeded();

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
        Finished run = (await consumer.Dotnet("run")).Succeeded();

        // ½ · ln(½ / ¼) + ½ · ln(½ / ¾), and nothing else on the screen: no warning either.
        Assert.Equal([(0.5 * Math.Log(2) + 0.5 * Math.Log(2.0 / 3)).ToString("F6", System.Globalization.CultureInfo.InvariantCulture)], run.Lines);
    }

    [Fact]
    public async Task A_wrong_program_is_told_where_and_why()
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
        Finished build = (await consumer.Dotnet("build")).ExitedWith(1);

        Assert.Contains("Program.cs(7,28): error KLDIV008: \"batchmaen\" is not a reduction. Did you mean \"batchmean\"?", build.Output, StringComparison.Ordinal);
        Assert.Contains("Program.cs(10,26): error KLDIV009: \"torch\" is not a dialect. Did you mean \"pytorch\"?", build.Output, StringComparison.Ordinal);
        Assert.Contains("Program.cs(14,32): error KLDIV017:", build.Output, StringComparison.Ordinal);
    }
}
