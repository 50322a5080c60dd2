using System.Globalization;
using KlDivGen.Benchmarks.Data;
using KlDivGen.Benchmarks.Implementations;
using KlDivGen.Benchmarks.Reports;
using static KlDivGen.Benchmarks.Implementations.TensorPrimitivesChains;

namespace KlDivGen.Benchmarks.Suite;

/// <summary>
/// The errors of the implementations on the same float32 data, relative to the bounds of KlDivGen: 4 ULP + |y| · 2⁻²⁶ for the loss of an
/// element, and 2⁻²² · Σ|lᵢ| + 2⁻²⁶ · Σ|yᵢ| for a sum. For log targets, y is exp(y). The references are computed in double.
/// </summary>
internal static class Accuracy
{
    private const float SmallestNormal = 1.17549435E-38f;

    private static readonly (string Name, TargetKind TargetKind, Func<Random, (double X, double Y)> Pair)[] Cases =
    [
        ("element, x = log y ± 0.1, y in (0, 1)", TargetKind.Probability, r => Near(r, 0.1)),
        ("element, x = log y ± 0.001, y in (0, 1)", TargetKind.Probability, r => Near(r, 0.001)),
        ("element, x in (−12, 0), y in (0, 1)", TargetKind.Probability, Typical),
        ("element, x in (−100, 0), y from 10⁻⁴⁴ to 1", TargetKind.Probability, r => (-100 * r.NextDouble(), Math.Pow(10, -44 * r.NextDouble()))),
        ("element, log target, x and y in (−12, 0)", TargetKind.LogTarget, r => (-12 * r.NextDouble(), -12 * r.NextDouble())),
    ];

    private static readonly Entry[] Entries =
    [
        new("KlDivGen", Fill<GeneratedKernels.NoneSingle, GeneratedKernels.NoneLogTargetSingle>, GeneratedKernels.SumSingle.Run),
        new("TensorPrimitives", Fill<Whole<float, None<float>>, Whole<float, NoneLogTarget<float>>>, Whole<float, Sum<float>>.Run),
        new("MathF loop, sums in double", Fill<NaiveLoop.None<float>, NaiveLoop.NoneLogTarget<float>>, NaiveLoop.Sum<float>.Run),
        .. PyTorch.Absence is null ? [new Entry("PyTorch", PyTorchLosses, PyTorchSum)] : Array.Empty<Entry>(),
    ];

    /// <summary>Measures the errors: one row per kind of data, one column per implementation.</summary>
    public static MarkdownTable Measure()
    {
        MarkdownTable table = new(1, ["worst error, as a multiple of the bound", .. Entries.Select(e => e.Name)]);
        foreach ((string name, TargetKind targetKind, Func<Random, (double X, double Y)> pair) in Cases)
        {
            Operands<float> data = Generate(targetKind, 1 << 20, pair);
            table.Add([name, .. Entries.Select(e => Format(WorstElement(data, e.Losses(data))))]);
        }

        Operands<float> near = Generate(TargetKind.Probability, 100, r => Near(r, 1e-6));
        table.Add([$"sum of {near.Length}, x = log y ± 10⁻⁶, y in (0, 1)", .. Entries.Select(e => Format(SumError(near, e.Sum(near))))]);
        foreach (int exponent in (int[])[10, 16, 24])
        {
            Operands<float> data = Generate(TargetKind.Probability, 1 << exponent, Typical);
            table.Add([$"sum of {data.Length:N0}, x in (−12, 0), y in (0, 1)", .. Entries.Select(e => Format(SumError(data, e.Sum(data))))]);
        }

        return table;
    }

    private static (double X, double Y) Typical(Random random) => (-12 * random.NextDouble(), random.NextDouble());

    private static (double X, double Y) Near(Random random, double distance)
    {
        double y = 1 - random.NextDouble();
        return (Math.Log(y) + (random.Next(2) == 0 ? distance : -distance), y);
    }

    private static Operands<float> Generate(TargetKind targetKind, int length, Func<Random, (double X, double Y)> pair)
    {
        Random random = new(20_261_122);
        (double X, double Y)[] pairs = [.. Enumerable.Range(0, length).Select(_ => pair(random))];
        return new(targetKind, Array.ConvertAll(pairs, p => (float)p.X), Array.ConvertAll(pairs, p => (float)p.Y));
    }

    private static double WorstElement(Operands<float> data, float[] losses) => Enumerable.Range(0, data.Length).Max(i =>
    {
        double expected = data.Expected(i), weight = data.TargetKind == TargetKind.LogTarget ? Math.Exp(data.Target[i]) : data.Target[i];
        float magnitude = Math.Max(Math.Abs((float)expected), SmallestNormal);
        double allowed = (4.0 * (float.BitIncrement(magnitude) - magnitude)) + (weight / (1 << 26));
        return Math.Abs(losses[i] - expected) / allowed;
    });

    private static double SumError(Operands<float> data, double sum)
    {
        double losses = Enumerable.Range(0, data.Length).Sum(i => Math.Abs(data.Expected(i)));
        double targets = data.Target.Sum(y => Math.Abs((double)y));
        return Math.Abs(sum - data.ExpectedSum) / ((losses / (1 << 22)) + (targets / (1 << 26)));
    }

    private static float[] Fill<TProbability, TLogTarget>(Operands<float> data)
        where TProbability : struct, IKernel<float>
        where TLogTarget : struct, IKernel<float>
    {
        _ = data.TargetKind == TargetKind.LogTarget ? TLogTarget.Run(data) : TProbability.Run(data);
        return data.Output;
    }

    private static float[] PyTorchLosses(Operands<float> data)
    {
        using PyTorch implementation = new(data, Reductions.None, keepMemory: false);
        return implementation.Losses();
    }

    private static double PyTorchSum(Operands<float> data)
    {
        using PyTorch implementation = new(data, Reductions.Sum, keepMemory: false);
        implementation.Time(1);
        return implementation.Result;
    }

    private static string Format(double share) => share.ToString(share < 10 ? "0.00" : "N0", CultureInfo.InvariantCulture);

    /// <summary>An implementation.</summary>
    /// <param name="Name">The name in the table.</param>
    /// <param name="Losses">Computes the loss of each element.</param>
    /// <param name="Sum">Computes the sum of the losses of a probability target.</param>
    private sealed record Entry(string Name, Func<Operands<float>, float[]> Losses, Func<Operands<float>, double> Sum);
}
