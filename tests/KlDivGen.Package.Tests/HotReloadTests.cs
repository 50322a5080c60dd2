namespace KlDivGen.Package.Tests;

/// <summary>Settings can be changed while a program runs under <c>dotnet watch</c>.</summary>
public class HotReloadTests(PackedPackage package)
{
    /// <summary>
    /// An edit that hot reload cannot apply ("rude edit") restarts the program, and its process ID changes. Constants of generated code
    /// are properties, because a changed constant field is such an edit.
    /// </summary>
    [Fact(Explicit = true)]
    public async Task A_changed_setting_takes_effect_without_a_restart()
    {
        using Consumer consumer = new(package, "<ImplicitUsings>enable</ImplicitUsings>");
        consumer.Write("Losses.cs", Losses(""));
        consumer.Write("Program.cs", """
            using System.Globalization;
            using System.Numerics.Tensors;

            float[] input = [-1, float.NegativeInfinity];
            float[] target = [0.5f, 0];
            double[] wideInput = [-1, double.NegativeInfinity];
            double[] wideTarget = [0.5, 0];
            Half[] halfInput = [(Half)(-1), Half.NegativeInfinity];
            Half[] halfTarget = [(Half)0.5, (Half)0];
            float[] output = new float[2];
            float[] gradInput = new float[2];
            float[] gradTarget = new float[2];
            while (true)
            {
                Losses.Each(input, target, output);
                double[] sums =
                [
                    Losses.Sum(input, target),
                    Losses.Wide(wideInput, wideTarget),
                    Losses.Narrow(halfInput, halfTarget),
                    Losses.Deterministic(input, target),
                    Losses.Shaped(new(input, [2, 1]), new(target, [2, 1])),
                    Losses.Train(input, target, gradInput, gradTarget),
                    output[0] + output[1],
                ];

                // One number if all methods agree.
                IEnumerable<string> distinct = sums.Select(sum => sum.ToString("F3", CultureInfo.InvariantCulture)).Distinct();
                Console.WriteLine($"process {Environment.ProcessId}: {string.Join(' ', distinct)}");
                Thread.Sleep(200);
            }
            """);

        await using DotnetWatch watch = await DotnetWatch.StartAsync(consumer);
        string first = await watch.WaitForLineAsync(line => line.EndsWith(": 0.153", StringComparison.Ordinal)); // ½ · (log ½ + 1)
        string process = first[..first.IndexOf(':', StringComparison.Ordinal)];

        await ChangeAsync("LogTarget = true", "Infinity"); // exp(0) · (0 + ∞)
        await ChangeAsync("Dialect = Dialects.PyTorch", "NaN"); // 0 · ∞
        await ChangeAsync("Dialect = Dialects.Strict", "0.153");

        async Task ChangeAsync(string setting, string expected)
        {
            consumer.Write("Losses.cs", Losses(", " + setting));
            string changed = await watch.WaitForLineAsync(line => line.EndsWith(": " + expected, StringComparison.Ordinal));
            Assert.Equal($"{process}: {expected}", changed);
        }
    }

    private static string Losses(string settings) => $$"""
        using System.Numerics.Tensors;
        using KlDivGen;

        internal static partial class Losses
        {
            [KLDivLoss(Reduction = Reductions.Sum{{settings}})]
            public static partial float Sum(ReadOnlySpan<float> input, ReadOnlySpan<float> target);

            [KLDivLoss(Reduction = Reductions.Sum{{settings}})]
            public static partial double Wide(ReadOnlySpan<double> input, ReadOnlySpan<double> target);

            [KLDivLoss(Reduction = Reductions.Sum{{settings}})]
            public static partial double Narrow(ReadOnlySpan<Half> input, ReadOnlySpan<Half> target);

            [KLDivLoss(Reduction = Reductions.Sum, Deterministic = true{{settings}})]
            public static partial float Deterministic(ReadOnlySpan<float> input, ReadOnlySpan<float> target);

            [KLDivLoss(Reduction = Reductions.Sum{{settings}})]
            public static partial float Shaped(ReadOnlyTensorSpan<float> input, ReadOnlyTensorSpan<float> target);

            [KLDivLoss(Reduction = Reductions.Sum{{settings}})]
            public static partial float Train(
                ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> gradInput, Span<float> gradTarget);

            [KLDivLoss(Reduction = Reductions.None{{settings}})]
            public static partial void Each(ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> output);
        }
        """;
}
