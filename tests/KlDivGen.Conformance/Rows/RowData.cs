using System.Numerics;
using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Data;

namespace KlDivGen.Conformance.Rows;

/// <summary>How the rows of a dataset are drawn.</summary>
/// <param name="Noise">How far the student's logits are from the teacher's.</param>
/// <param name="Offset">What is added to all of the student's logits.</param>
/// <param name="Spread">The range of the teacher's logits.</param>
/// <param name="Temperature">The temperature, where it is an argument.</param>
internal sealed record RowVariant(double Noise, double Offset, double Spread, double Temperature)
{
    /// <summary>
    /// Students far from and near the teacher, equal ones, offsets, temperatures, and rows whose exponentials leave the normal numbers.
    /// </summary>
    public static RowVariant[] All { get; } =
    [
        new(1, 0, 6, 1), new(1e-3, 0, 6, 2), new(1e-6, 0, 6, 0.5), new(0, 0, 6, 3), new(1, 1000, 6, 4), new(1e-3, -1000, 6, 1),
        new(200, 0, 200, 1), new(0, 0, 300, 0.7), new(1e-3, 0, 6, 20), new(0.5, 0, 3, 0.1), new(1e-3, 0, 150, 1), new(1e4, 0, 1e4, 3),
        new(0, 500, 6, 2),
    ];
}

/// <summary>The arguments of a call on rows, dense and in order, and what is expected of it.</summary>
internal sealed class RowData
{
    /// <summary>So many rows that a group fills the widest vectors, and some are left over.</summary>
    public const int GroupRows = 21;

    /// <summary>So many that a group fills the vectors of this process, and one is left over: for rows of which more would take too long.</summary>
    public static int GroupAndOne => Vector<float>.Count + 1;

    private readonly Dictionary<(RowForm, Divergence, Dialect, double Temperature, bool MixesGradOutputs), RowOracle[]> oracles = [];

    /// <summary>Creates rows from values that the types of the operands represent exactly.</summary>
    public RowData(int classes, double[] x, double[] y, bool[] mask, double[] weights, double[] gradOutputs)
    {
        (this.Classes, this.X, this.Y, this.Mask, this.Weights, this.GradOutputs) = (classes, x, y, mask, weights, gradOutputs);
    }

    public int Classes { get; }

    public double[] X { get; }

    public double[] Y { get; }

    public bool[] Mask { get; }

    public double[] Weights { get; }

    /// <summary>As many upstream gradients as there are elements; those of rows are the first of them.</summary>
    public double[] GradOutputs { get; }

    public double GradOutput { get; init; } = -0.8125;

    public double Temperature { get; init; } = 1;

    public int Rows => this.Classes == 0 ? 0 : this.X.Length / this.Classes;

    /// <summary>Draws rows for a method. Masked rows hold NaN.</summary>
    public static RowData Draw(RowSettings settings, RandomSource random, RowVariant variant, int rows, int classes)
    {
        (FloatFormat input, FloatFormat target) = (FloatFormat.Of(settings.Input), FloatFormat.Of(settings.Target));
        int count = rows * classes;
        (double[] x, double[] y) = (new double[count], new double[count]);
        double half = variant.Spread / 2;
        for (int i = 0; i < count; i++)
        {
            double logit = random.Uniform(-half, half) + random.Uniform(-half, half);
            double noise = random.Uniform(-variant.Noise, variant.Noise);
            double log = -Math.Abs(logit) - 0.25;
            (x[i], y[i]) = settings.Form switch
            {
                RowForm.Pair => (logit + noise + variant.Offset, logit),
                RowForm.TargetLogits => (log + Math.Clamp(noise, -1, 1), logit),
                RowForm.InputLogits => (logit + variant.Offset, DrawProbability(random, target)),
                RowForm.InputLogitsLogTarget => (logit + variant.Offset, Math.Max(log, -60)),
                RowForm.Probability => (log, DrawProbability(random, target)),
                _ => (log + noise, Math.Max(log, -60)),
            };
            (x[i], y[i]) = (input.Round(x[i]), target.Round(y[i]));
        }

        bool[] mask = settings.HasMask ? [.. Enumerable.Range(0, rows).Select(_ => random.Below(3) > 0)] : [];
        for (int row = 0; row < mask.Length; row++)
        {
            if (!mask[row])
            {
                x.AsSpan(row * classes, classes).Fill(double.NaN);
                y.AsSpan(row * classes, classes).Fill(double.NaN);
            }
        }

        double[] weights = settings.HasWeights ? random.Fill(rows, settings.StorageFormat, r => r.Uniform(-0.5, 2)) : [];
        return new(classes, x, y, mask, weights, random.Fill(count, settings.StorageFormat, r => r.Uniform(-2, 2)))
        {
            Temperature = variant.Temperature,
        };
    }

    /// <summary>Creates the call of a method with these rows.</summary>
    public RowCall CreateCall(RowSettings settings) => new(this.X, this.Y, this.Classes)
    {
        Temperature = this.Temperature,
        Mask = this.Mask,
        Weights = this.Weights,
        GradOutput = this.GradOutput,
        GradOutputs = settings.IsPerRow ? this.GradOutputs[..this.Rows] : this.GradOutputs,
    };

    public bool Counts(int row) => this.Mask.Length == 0 || this.Mask[row];

    public double WeightOf(int row) => this.Weights.Length == 0 ? 1 : this.Weights[row];

    /// <summary>The values of each row that counts.</summary>
    public RowOracle?[] Expect(RowSettings settings)
    {
        double temperature = settings.TemperatureOf(this.Temperature);
        (RowForm, Divergence, Dialect, double, bool) key =
            (settings.Form, settings.Divergence, settings.Dialect, temperature, settings.MixesGradOutputs);
        if (!this.oracles.TryGetValue(key, out RowOracle[]? result))
        {
            result = new RowOracle[this.Rows];
            for (int row = 0; row < this.Rows; row++)
            {
                if (this.Counts(row))
                {
                    (int start, int length) = (row * this.Classes, this.Classes);
                    ReadOnlySpan<double> gradOutputs = settings.MixesGradOutputs ? this.GradOutputs.AsSpan(start, length) : [];
                    result[row] = RowOracle.Create(
                        settings, temperature, this.X.AsSpan(start, length), this.Y.AsSpan(start, length), gradOutputs);
                }
            }

            this.oracles[key] = result;
        }

        return result;
    }

    private static double DrawProbability(RandomSource random, FloatFormat format) => random.Below(16) switch
    {
        0 => 0,
        1 => format.Epsilon * (1 + random.Below(100)),
        _ => random.Uniform(0, 1) * random.Uniform(0, 1),
    };
}
