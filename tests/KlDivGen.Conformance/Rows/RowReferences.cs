using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Data;
using KlDivGen.Conformance.Memory;
using KlDivGen.Conformance.Oracle;

namespace KlDivGen.Conformance.Rows;

/// <summary>
/// Rows of two logits whose divergence and gradients other programs computed: 50-digit arithmetic (mpmath), and PyTorch's autograd through
/// log_softmax in double. Their tables have the seeds of the logits, which are drawn again here.
/// </summary>
internal static partial class RowReferences
{
    private const int FirstResult = 9;
    private const int Samples = 8;
    private const double Far = -30_000;

    /// <summary>Draws the logits of a row of a table, and computes its expected values.</summary>
    public static (RowOracle Oracle, double[] X, double[] Y) CreateOracle(double[] row)
    {
        (double[] x, double[] y) = Draw(row);
        ElementType type = (ElementType)(int)row[0];
        RowSettings settings = new(
            RowForm.Pair, (Divergence)(int)row[1], Reduction.Sum, Dialect.Paddle, false, false, type, type, false, Outputs.Loss, null,
            TemperatureSource.Double, false, false, false);
        return (RowOracle.Create(settings, row[6], x, y), x, y);
    }

    /// <summary>Compares the oracle with both tables, and describes every difference.</summary>
    public static IEnumerable<string> VerifyOracle()
    {
        foreach (double[] row in Npy.Read("rows"))
        {
            (RowOracle oracle, double[] x, _) = CreateOracle(row);
            if (!IsNear(oracle.Loss, new(row[FirstResult], row[FirstResult + 1])))
            {
                yield return $"{Describe(row)}: the oracle's loss is {oracle.Loss.Value.Hi:R}, not {row[FirstResult]:R}";
            }

            for (int i = 0; i < Math.Min(x.Length, Samples); i++)
            {
                int column = FirstResult + 2 + (2 * i);
                if (!IsNear(oracle.GradInput[i], new(row[column], row[column + 1])))
                {
                    yield return $"{Describe(row)}: the oracle's gradInput[{i}] is {oracle.GradInput[i].Value.Hi:R}, not {row[column]:R}";
                }

                column += 2 * Samples;
                if (!IsNear(oracle.GradTarget[i], new(row[column], row[column + 1])))
                {
                    yield return $"{Describe(row)}: the oracle's gradTarget[{i}] is {oracle.GradTarget[i].Value.Hi:R}, not {row[column]:R}";
                }
            }
        }

        // PyTorch subtracts log-softmaxes, which cancel: the tolerance is its error.
        foreach (double[] row in Npy.Read("rows-pytorch-float64"))
        {
            (RowOracle oracle, double[] x, _) = CreateOracle(row);
            double tolerance = 1e-13 * (1 + Math.Abs(row[4])) / Math.Min(row[6], 1);
            bool isNear = Math.Abs(oracle.Loss.Value.Hi - row[FirstResult]) <= tolerance;
            for (int i = 0; i < Math.Min(x.Length, Samples); i++)
            {
                isNear &= Math.Abs(oracle.GradInput[i].Value.Hi - row[FirstResult + 1 + i]) <= tolerance / Math.Min(row[6], 1)
                    && Math.Abs(oracle.GradTarget[i].Value.Hi - row[FirstResult + 1 + Samples + i]) <= tolerance / Math.Min(row[6], 1);
            }

            if (!isNear)
            {
                yield return $"{Describe(row)}: the oracle has not PyTorch's values";
            }
        }
    }

    /// <summary>Compares a method with the oracle on the rows of the table of 50-digit arithmetic.</summary>
    public static IEnumerable<string> Run(RowCase kernel, OperandMemory memory) =>
        kernel.Settings.Form == RowForm.Pair ? RunPair(kernel, memory) : RunOneSide(kernel, memory);

    private static IEnumerable<string> RunPair(RowCase kernel, OperandMemory memory)
    {
        foreach (double[] row in Npy.Read("rows").Where(row => row[0] == (int)kernel.Settings.Input && row[1] == (int)kernel.Settings.Divergence))
        {
            (double[] x, double[] y) = Draw(row);
            RowData data = new(x.Length, x, y, [], [], new double[x.Length]) { Temperature = row[6] };
            foreach (string error in RowVerifier.FindErrors(kernel, memory, data))
            {
                yield return $"{Describe(row)}: {error}";
            }
        }
    }

    /// <summary>Whether a method can be called with the rows of the tables.</summary>
    public static bool Applies(RowSettings settings) =>
        settings is { HasMask: false, HasWeights: false, HasGradOutputs: false, Temperature: TemperatureSource.Double or TemperatureSource.None }
        && settings.Input == settings.Target
        && (settings.Form == RowForm.Pair
            ? settings.Divergence != Divergence.JensenShannon
            : settings.InputLogits != settings.TargetLogits && settings.Divergence != Divergence.Forward);

    /// <summary>The error of the oracle must be small in comparison with the bound that it gives.</summary>
    private static bool IsNear(Expected expected, DoubleDouble exact) =>
        DoubleDouble.Abs(expected.Value - exact).Hi <= (expected.AbsoluteError / 256) + 1e-300;

    /// <summary>The logits of a row of a table, as <c>rows.py</c> draws them.</summary>
    private static (double[] X, double[] Y) Draw(double[] row)
    {
        FloatFormat format = FloatFormat.Of((ElementType)(int)row[0]);
        int classes = (int)row[2], special = (int)row[7];
        RandomSource random = new((ulong)row[8]);
        (double[] x, double[] y) = (new double[classes], new double[classes]);
        for (int i = 0; i < classes; i++)
        {
            double target = (random.Uniform(0, 1) - 0.5) * row[5];
            double noise = (random.Uniform(0, 1) - 0.5) * row[3];
            (x[i], y[i]) = (format.Round(target + noise + row[4]), format.Round(target));
        }

        if (special is 1 or 2)
        {
            y[classes / 2] = double.NegativeInfinity;
        }

        if (special == 2)
        {
            x[classes / 2] = double.NegativeInfinity;
        }

        if (special == 3)
        {
            x[classes / 3] = format.Round(Far);
        }

        return (x, y);
    }

    private static string Describe(double[] row) =>
        $"type {row[0]}, divergence {row[1]}, {row[2]} classes, noise {row[3]}, offset {row[4]}, spread {row[5]}, T = {row[6]}, special {row[7]}";
}
