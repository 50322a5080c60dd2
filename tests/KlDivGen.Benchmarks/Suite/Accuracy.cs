using System.Globalization;
using KlDivGen.Benchmarks.Contenders;
using KlDivGen.Benchmarks.Data;
using KlDivGen.Benchmarks.Reports;
using static KlDivGen.Benchmarks.Contenders.TensorPrimitivesChains;

namespace KlDivGen.Benchmarks.Suite;

/// <summary>
/// The errors of the contenders on the same float32 data: of each element's loss, as multiples of what KlDivGen promises (4 ULP and
/// |y| · 2⁻²⁶, exp(y) in y's place for log targets), and of sums, as multiples of 2⁻²² · Σ|lᵢ|. The judge computes in double.
/// </summary>
internal static class Accuracy
{
    private const float SmallestNormal = 1.17549435E-38f;

    private static readonly (string Name, Form Form, Func<Random, (double X, double Y)> Pair)[] Questions =
    [
        ("element, x = log y ± 0.1, y in (0, 1)", Form.Probability, r => Near(r, 0.1)),
        ("element, x = log y ± 0.001, y in (0, 1)", Form.Probability, r => Near(r, 0.001)),
        ("element, x in (−12, 0), y in (0, 1)", Form.Probability, Ordinary),
        ("element, x in (−100, 0), y from 10⁻⁴⁴ to 1", Form.Probability, r => (-100 * r.NextDouble(), Math.Pow(10, -44 * r.NextDouble()))),
        ("element, log target, x and y in (−12, 0)", Form.LogTarget, r => (-12 * r.NextDouble(), -12 * r.NextDouble())),
    ];

    private static readonly Entry[] Entries =
    [
        new("KlDivGen", Fill<GeneratedKernels.NoneSingle, GeneratedKernels.NoneLogTargetSingle>, GeneratedKernels.SumSingle.Run),
        new("TensorPrimitives", Fill<Whole<float, None<float>>, Whole<float, NoneLogTarget<float>>>, Whole<float, Sum<float>>.Run),
        new("MathF loop, sums in double", Fill<ScalarLoop.None<float>, ScalarLoop.NoneLogTarget<float>>, ScalarLoop.Sum<float>.Run),
        .. PyTorch.Absence is null ? [new Entry("PyTorch", PyTorchLosses, PyTorchSum)] : Array.Empty<Entry>(),
    ];

    /// <summary>Measures: a row for each question, a column for each contender.</summary>
    public static MarkdownTable Measure()
    {
        MarkdownTable table = new(1, ["worst error, as a multiple of the bound", .. Entries.Select(e => e.Name)]);
        foreach (var (name, form, pair) in Questions)
        {
            Operands<float> data = Draw(form, 1 << 20, pair);
            table.Add([name, .. Entries.Select(e => Format(WorstElement(data, e.Losses(data))))]);
        }

        foreach (int exponent in (int[])[10, 16, 24])
        {
            Operands<float> data = Draw(Form.Probability, 1 << exponent, Ordinary);
            double size = Enumerable.Range(0, data.Length).Sum(i => Math.Abs(data.Expected(i))), expected = data.ExpectedSum;
            string name = $"sum of {data.Length:N0}, x in (−12, 0), y in (0, 1)";
            table.Add([name, .. Entries.Select(e => Format(Math.Abs(e.Sum(data) - expected) / (size / (1 << 22))))]);
        }

        return table;
    }

    private static (double X, double Y) Ordinary(Random random) => (-12 * random.NextDouble(), random.NextDouble());

    private static (double X, double Y) Near(Random random, double distance)
    {
        double y = 1 - random.NextDouble();
        return (Math.Log(y) + (random.Next(2) == 0 ? distance : -distance), y);
    }

    private static Operands<float> Draw(Form form, int length, Func<Random, (double X, double Y)> pair)
    {
        Random random = new(20_261_122);
        (double X, double Y)[] pairs = [.. Enumerable.Range(0, length).Select(_ => pair(random))];
        return new(form, Array.ConvertAll(pairs, p => (float)p.X), Array.ConvertAll(pairs, p => (float)p.Y));
    }

    private static double WorstElement(Operands<float> data, float[] losses) => Enumerable.Range(0, data.Length).Max(i =>
    {
        double expected = data.Expected(i), weight = data.Form == Form.LogTarget ? Math.Exp(data.Target[i]) : data.Target[i];
        float magnitude = Math.Max(Math.Abs((float)expected), SmallestNormal);
        double allowed = (4.0 * (float.BitIncrement(magnitude) - magnitude)) + (weight / (1 << 26));
        return Math.Abs(losses[i] - expected) / allowed;
    });

    private static float[] Fill<TProbability, TLogTarget>(Operands<float> data)
        where TProbability : struct, IKernel<float>
        where TLogTarget : struct, IKernel<float>
    {
        _ = data.Form == Form.LogTarget ? TLogTarget.Run(data) : TProbability.Run(data);
        return data.Output;
    }

    private static float[] PyTorchLosses(Operands<float> data)
    {
        using PyTorch contender = new(data, Reductions.None);
        return contender.Losses();
    }

    private static double PyTorchSum(Operands<float> data)
    {
        using PyTorch contender = new(data, Reductions.Sum);
        contender.Run();
        return contender.Result;
    }

    private static string Format(double share) => share.ToString(share < 10 ? "0.00" : "N0", CultureInfo.InvariantCulture);

    /// <summary>A contender: how it gives each element's loss, and how the sum of losses of probabilities.</summary>
    private sealed record Entry(string Name, Func<Operands<float>, float[]> Losses, Func<Operands<float>, double> Sum);
}
