using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Data;

namespace KlDivGen.Conformance.Oracle;

/// <summary>Operands of a call and the contract's values for them. Costly values are computed once.</summary>
internal sealed class Dataset
{
    private readonly DoubleDouble[] transcendentals;
    private readonly Dictionary<(Dialect Dialect, FloatFormat Format), RunningTotals> totals = [];
    private readonly Lock gate = new();

    /// <summary>Creates a dataset from values that the types of the operands represent exactly.</summary>
    public Dataset(bool logTarget, double[] x, double[] y, double[] gradOutputs)
    {
        (this.LogTarget, this.X, this.Y, this.GradOutputs) = (logTarget, x, y, gradOutputs);
        this.transcendentals = Array.ConvertAll(y, value => ElementOracle.Transcendental(logTarget, value));
    }

    /// <summary>Creates a dataset with upstream gradients that differ from element to element.</summary>
    public Dataset(bool logTarget, double[] x, double[] y, FloatFormat gradOutput)
        : this(logTarget, x, y, new RandomSource(61).Fill(x.Length, gradOutput, NextGradOutput))
    {
    }

    public bool LogTarget { get; }

    public double[] X { get; }

    public double[] Y { get; }

    /// <summary>The upstream gradient of each element.</summary>
    public double[] GradOutputs { get; }

    public int Length => this.X.Length;

    /// <summary>A number of examples that divides a length. It differs from length to length.</summary>
    public static int BatchSizeFor(int length) => length == 0 ? 4 : length % 5 == 0 ? 5 : length % 3 == 0 ? 3 : length % 7 == 0 ? length : 1;

    /// <summary>The alternatives to a sum of losses. Losses have type T: if they overflow it, their sum may, whatever type is returned.</summary>
    public static AllowedAlternatives AllowOverflow(FloatFormat format, double magnitude) =>
        magnitude >= format.Max ? AllowedAlternatives.Infinity | AllowedAlternatives.NaN : AllowedAlternatives.None;

    /// <summary>The contract's error bound of a reduction before the division: 2⁻²² · Σ|loss| + 2⁻²⁶ · Σ probability for float.</summary>
    /// <param name="format">The format computed in.</param>
    /// <param name="losses">The sum of the absolute losses.</param>
    /// <param name="probabilities">The sum of the targets' probabilities.</param>
    public static double ReductionError(FloatFormat format, double losses, double probabilities) =>
        (losses * Math.ScaleB(1, 2 - format.Precision)) + (probabilities * format.DifferenceError);

    /// <summary>The probability of an element that a reduction's error bound counts; 0 where the loss does not depend on it.</summary>
    public static double Probability(bool logTarget, double y, DoubleDouble t) =>
        logTarget ? double.IsFinite(t.Hi) ? t.Hi : 0 : y > 0 && double.IsFinite(y) ? y : 0;

    /// <summary>Creates a call with some of the elements.</summary>
    /// <param name="start">The first element.</param>
    /// <param name="length">The number of elements.</param>
    /// <param name="gradOutput">The upstream gradient of a reduction.</param>
    public Call CreateCall(int start, int length, double gradOutput = -0.8125) => new(this.X.AsMemory(start, length), this.Y.AsMemory(start, length))
    {
        BatchSize = BatchSizeFor(length),
        GradOutput = gradOutput,
        GradOutputs = this.GradOutputs.AsMemory(start, length),
    };

    public Expected Loss(Settings settings, int index) =>
        new ElementOracle(settings.Dialect, settings.ComputeFormat).Loss(this.LogTarget, this.X[index], this.Y[index], this.transcendentals[index]);

    public Expected GradInput(Settings settings, int index) =>
        new ElementOracle(settings.Dialect, settings.ComputeFormat).GradInput(this.LogTarget, this.Y[index], this.transcendentals[index]);

    public Expected GradTarget(Settings settings, int index) =>
        new ElementOracle(settings.Dialect, settings.ComputeFormat).GradTarget(this.LogTarget, this.X[index], this.Y[index], this.transcendentals[index]);

    /// <summary>The probability of an element, as <see cref="Probability(bool, double, DoubleDouble)"/> defines it.</summary>
    public double Probability(int index) => Probability(this.LogTarget, this.Y[index], this.transcendentals[index]);

    /// <summary>
    /// The reduced loss of the first elements, or <see langword="null"/> if the contract does not decide the loss of one of them.
    /// </summary>
    /// <param name="settings">The settings of the method.</param>
    /// <param name="count">The number of elements.</param>
    /// <param name="divisor">The divisor of the sum.</param>
    public Expected? Reduced(Settings settings, int count, double divisor)
    {
        RunningTotals all = this.TotalsOf(settings);
        if (all.FirstUndecided < count)
        {
            return null;
        }

        (DoubleDouble sum, double losses, double probabilities, double special) = count == 0 ? default : all.Sums[count - 1];
        if (special != 0)
        {
            return new(divisor == 0 ? double.NaN : special);
        }

        // A subnormal result of the division is rounded by more than the bound allows.
        FloatFormat format = settings.ComputeFormat;
        return divisor == 0
            ? Expected.NaN
            : new(sum / divisor, 0, (ReductionError(format, losses, probabilities) / divisor) + format.Epsilon, AllowOverflow(format, losses));
    }

    // Both signs, several magnitudes, and some zeros. All are normal numbers of Half.
    private static double NextGradOutput(RandomSource random) => random.Below(16) switch
    {
        0 => 0,
        1 => random.Binade(-8, 8),
        _ => random.Uniform(-2, 2),
    };

    private RunningTotals TotalsOf(Settings settings)
    {
        lock (this.gate)
        {
            (Dialect, FloatFormat) key = (settings.Dialect, settings.ComputeFormat);
            if (!this.totals.TryGetValue(key, out RunningTotals? result))
            {
                this.totals[key] = result = new(this, settings);
            }

            return result;
        }
    }

    /// <summary>The totals of the losses from the first to each element.</summary>
    private sealed class RunningTotals
    {
        public RunningTotals(Dataset dataset, Settings settings)
        {
            this.Sums = new (DoubleDouble, double, double, double)[dataset.Length];
            (DoubleDouble Sum, double Losses, double Probabilities, double Special) total = default;
            for (int i = 0; i < dataset.Length; i++)
            {
                Expected loss = dataset.Loss(settings, i);
                if (!loss.IsDecidedInSum(settings.ComputeFormat))
                {
                    this.FirstUndecided = Math.Min(this.FirstUndecided, i);
                }

                if (double.IsFinite(loss.Value.Hi))
                {
                    total.Sum += loss.Value;
                    total.Losses += Math.Abs(loss.Value.Hi);
                    total.Probabilities += dataset.Probability(i);
                }
                else
                {
                    total.Special += loss.Value.Hi;
                }

                this.Sums[i] = total;
            }
        }

        /// <summary>
        /// The sum of the finite losses, of their magnitudes and of the probabilities; and the sum of the losses that are not finite, or 0.
        /// </summary>
        public (DoubleDouble Sum, double Losses, double Probabilities, double Special)[] Sums { get; }

        /// <summary>The first element whose loss the contract does not decide.</summary>
        public int FirstUndecided { get; } = int.MaxValue;
    }
}
