using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using KlDivGen.Benchmarks.Contenders;
using KlDivGen.Benchmarks.Reports;

namespace KlDivGen.Benchmarks.Suite;

/// <summary>
/// The errors of everyone on the same float32 data: of each element's loss, as multiples of what KlDivGen promises (4 ULP and
/// |y| · 2⁻²⁶), and of sums, as multiples of 2⁻²² · Σ|lᵢ|. The judge computes in double.
/// </summary>
internal static partial class Accuracy
{
    private const float SmallestNormal = 1.17549435E-38f;

    private delegate double Losses(float[] input, float[] target, float[] output);

    /// <summary>What everyone is asked: the data, and whether targets are logarithms.</summary>
    private static readonly (string Name, bool LogTarget, Func<Random, (double X, double Y)> Pair)[] Questions =
    [
        ("element, x = log y ± 0.1, y in (0, 1)", false, r => Near(r, 0.1)),
        ("element, x = log y ± 0.001, y in (0, 1)", false, r => Near(r, 0.001)),
        ("element, x in (−12, 0), y in (0, 1)", false, r => (-12 * r.NextDouble(), r.NextDouble())),
        ("element, x in (−100, 0), y from 10⁻⁴⁴ to 1", false, r => (-100 * r.NextDouble(), Math.Pow(10, -44 * r.NextDouble()))),
        ("element, log target, x and y in (−12, 0)", true, r => (-12 * r.NextDouble(), -12 * r.NextDouble())),
    ];

    /// <summary>Measures, and writes the table.</summary>
    public static MarkdownTable Measure()
    {
        (string Name, Func<bool, Losses> Of)[] everyone =
        [
            ("KlDivGen", logTarget => logTarget ? OfKernels : OfKernelsForProbabilities),
            ("TensorPrimitives", logTarget => (x, y, output) => OfTensorPrimitives(x, y, output, logTarget)),
            ("MathF loop", logTarget => (x, y, output) => OfLoop(x, y, output, logTarget)),
            .. PyTorch.Version is null ? [] : new (string, Func<bool, Losses>)[] { ("PyTorch", logTarget => (x, y, output) => OfPyTorch(x, y, output, logTarget)) },
        ];
        MarkdownTable table = new(1, ["worst error, as a multiple of the bound", .. everyone.Select(e => e.Name)]);
        foreach (var (name, logTarget, pair) in Questions)
        {
            var (x, y) = Data(1 << 20, pair);
            table.Add([name, .. everyone.Select(e => Format(Element(x, y, logTarget, e.Of(logTarget))))]);
        }

        foreach (int exponent in (int[])[10, 16, 24])
        {
            var (x, y) = Data(1 << exponent, Questions[2].Pair);
            table.Add([$"sum of {1 << exponent:N0}, x in (−12, 0), y in (0, 1)", .. everyone.Select(e => Format(Sum(x, y, e.Of(false))))]);
        }

        return table;
    }

    [KLDivLoss(Reduction = Reductions.None)]
    private static partial void None(ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> output);

    [KLDivLoss(Reduction = Reductions.None, LogTarget = true)]
    private static partial void NoneLogTarget(ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> output);

    [KLDivLoss(Reduction = Reductions.Sum)]
    private static partial float KernelSum(ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    private static (double X, double Y) Near(Random random, double distance)
    {
        double y = 1 - random.NextDouble();
        return (Math.Log(y) + (random.Next(2) == 0 ? distance : -distance), y);
    }

    private static (float[] X, float[] Y) Data(int length, Func<Random, (double X, double Y)> pair)
    {
        Random random = new(20_261_122);
        var (x, y) = (new float[length], new float[length]);
        for (int i = 0; i < length; i++)
        {
            var (a, b) = pair(random);
            (x[i], y[i]) = ((float)a, (float)b);
        }

        return (x, y);
    }

    private static double Exact(double x, double y, bool logTarget) => logTarget ? Math.Exp(y) * (y - x) : y > 0 ? y * (Math.Log(y) - x) : 0;

    private static double Element(float[] x, float[] y, bool logTarget, Losses losses)
    {
        float[] output = new float[x.Length];
        losses(x, y, output);
        double worst = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double exact = Exact(x[i], y[i], logTarget), weight = logTarget ? Math.Exp(y[i]) : y[i];
            float magnitude = Math.Max(Math.Abs((float)exact), SmallestNormal);
            double allowed = (4.0 * (float.BitIncrement(magnitude) - magnitude)) + (weight / (1 << 26));
            worst = Math.Max(worst, Math.Abs(output[i] - exact) / allowed);
        }

        return worst;
    }

    private static double Sum(float[] x, float[] y, Losses losses)
    {
        double sum = 0, size = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double loss = Exact(x[i], y[i], logTarget: false);
            sum += loss;
            size += Math.Abs(loss);
        }

        return Math.Abs(losses(x, y, new float[x.Length]) - sum) / (size / (1 << 22));
    }

    private static double OfKernels(float[] x, float[] y, float[] output)
    {
        NoneLogTarget(x, y, output);
        return double.NaN;
    }

    private static double OfKernelsForProbabilities(float[] x, float[] y, float[] output)
    {
        None(x, y, output);
        return KernelSum(x, y);
    }

    private static double OfTensorPrimitives(float[] x, float[] y, float[] output, bool logTarget)
    {
        float[] difference = new float[x.Length], weight = y;
        if (logTarget)
        {
            weight = new float[x.Length];
            TensorPrimitives.Exp(y, weight);
            TensorPrimitives.Subtract(y, x, difference);
        }
        else
        {
            TensorPrimitives.Log(y, difference);
            TensorPrimitives.Subtract(difference, x, difference);
        }

        TensorPrimitives.Multiply(difference, weight, output);
        return TensorPrimitives.Dot<float>(difference, weight);
    }

    private static double OfLoop(float[] x, float[] y, float[] output, bool logTarget)
    {
        float sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            output[i] = logTarget ? MathF.Exp(y[i]) * (y[i] - x[i]) : y[i] > 0 ? y[i] * (MathF.Log(y[i]) - x[i]) : 0;
            sum += output[i];
        }

        return sum;
    }

    private static double OfPyTorch(float[] x, float[] y, float[] output, bool logTarget)
    {
        string folder = Directory.CreateTempSubdirectory("kldivgen-").FullName;
        try
        {
            string script = Path.Combine(folder, "losses.py");
            File.WriteAllText(script, CommandLineTool.Embedded("losses.py"));
            File.WriteAllBytes(Path.Combine(folder, "input.bin"), MemoryMarshal.AsBytes<float>(x));
            File.WriteAllBytes(Path.Combine(folder, "target.bin"), MemoryMarshal.AsBytes<float>(y));
            string sum = CommandLineTool.TryRun(PyTorch.Python!, script, folder, logTarget ? "true" : "false")
                ?? throw new InvalidOperationException("PyTorch did not compute the losses.");
            MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(folder, "output.bin"))).CopyTo(output);
            return double.Parse(sum, CultureInfo.InvariantCulture);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Format(double share) => share.ToString(share < 10 ? "0.00" : "N0", CultureInfo.InvariantCulture);
}
