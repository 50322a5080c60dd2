using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Data;

namespace KlDivGen.Conformance.Oracle;

/// <summary>Operands of a call and the contract's values for them. Costly values are computed once.</summary>
internal sealed class Dataset
{
    private readonly ScaledValue[] transcendentals;
    private readonly Dictionary<(Divergence Divergence, Dialect Dialect, FloatFormat Format), RunningTotals> totals = [];
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

    /// <summary>
    /// Whether sums of equal elements may have 1.5 times the contract's error bound: their rounding errors do not cancel. The fuzzer finds
    /// such sums beyond the bound about once in 10⁴ times.
    /// </summary>
    public bool AllowsDrift { get; init; }

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

    /// <summary>What the error bound of an element's loss has beyond the terms of <see cref="ReductionError"/>.</summary>
    public static double ElementError(FloatFormat format, Expected loss, double probability) =>
        Math.Max(0, loss.AbsoluteError - (probability * format.DifferenceError))
        + (Math.Abs(loss.Value.Hi) < format.MinNormal ? RoundingError(format, loss) : 0);

    /// <summary>The relative part of the error bound of a loss. A sum that is dominated by one loss is only as exact as that loss.</summary>
    public static double RoundingError(FloatFormat format, Expected loss) => loss.Ulps * format.Ulp(loss.Value.Hi);

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
        DivergenceOracle.For(settings).Loss(this.X[index], this.Y[index], this.transcendentals[index]);

    public Expected GradInput(Settings settings, int index) =>
        DivergenceOracle.For(settings).GradInput(this.X[index], this.Y[index], this.transcendentals[index]);

    public Expected GradTarget(Settings settings, int index) =>
        DivergenceOracle.For(settings).GradTarget(this.X[index], this.Y[index], this.transcendentals[index]);

    /// <summary>The probability of an element that a reduction's error bound counts.</summary>
    public double Probability(Settings settings, int index) =>
        DivergenceOracle.For(settings).Probability(this.X[index], this.Y[index], this.transcendentals[index]);

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

        Totals total = count == 0 ? default : all.Totals[count - 1];
        FloatFormat format = settings.ComputeFormat;
        if (Math.Min(total.Positive, total.Negative) >= format.Max * 0.999 || !double.IsFinite(total.Sum.Hi))
        {
            // Whether a partial sum overflows, and in which direction, depends on the order.
            return null;
        }

        if (total.Special != 0)
        {
            return new(total.Special, Allowed: AllowOverflow(format, total.Losses));
        }

        if (divisor == 0)
        {
            return Expected.NaN;
        }

        // A subnormal result of the division is rounded by more than the bound allows.
        double drift = this.AllowsDrift && this.CountRepetitions(count) > count / 2 ? 1.5 : 1;
        double bound = DivergenceOracle.For(settings).ReductionError(total.Losses, total.Probabilities) + total.ElementErrors + total.LargestRounding;
        return new(total.Sum / divisor, 0, (drift * bound / divisor) + format.Epsilon, AllowOverflow(format, total.Losses));
    }

    // Both signs, several magnitudes, and some zeros. All are normal numbers of Half.
    private static double NextGradOutput(RandomSource random) => random.Below(16) switch
    {
        0 => 0,
        1 => random.Binade(-8, 8),
        _ => random.Uniform(-2, 2),
    };

    /// <summary>The number of elements that are equal to the one before.</summary>
    private int CountRepetitions(int count)
    {
        int result = 0;
        for (int i = 1; i < count; i++)
        {
            result += this.X[i].Equals(this.X[i - 1]) && this.Y[i].Equals(this.Y[i - 1]) ? 1 : 0;
        }

        return result;
    }

    private RunningTotals TotalsOf(Settings settings)
    {
        lock (this.gate)
        {
            (Divergence, Dialect, FloatFormat) key = (settings.Divergence, settings.Dialect, settings.ComputeFormat);
            if (!this.totals.TryGetValue(key, out RunningTotals? result))
            {
                this.totals[key] = result = new(this, settings);
            }

            return result;
        }
    }

    /// <summary>The totals of some losses.</summary>
    /// <param name="Sum">The sum of the finite losses.</param>
    /// <param name="Positive">The sum of the positive losses.</param>
    /// <param name="Negative">The sum of the magnitudes of the negative losses.</param>
    /// <param name="Probabilities">The sum of the probabilities.</param>
    /// <param name="ElementErrors">The sum of the results of <see cref="ElementError"/>.</param>
    /// <param name="LargestRounding">The largest result of <see cref="RoundingError"/>.</param>
    /// <param name="Special">The sum of the losses that are not finite, or 0.</param>
    private readonly record struct Totals(
        DoubleDouble Sum, double Positive, double Negative, double Probabilities, double ElementErrors, double LargestRounding, double Special)
    {
        /// <summary>The sum of the magnitudes of the finite losses.</summary>
        public double Losses => this.Positive + this.Negative;
    }

    /// <summary>The totals of the losses from the first to each element.</summary>
    private sealed class RunningTotals
    {
        public RunningTotals(Dataset dataset, Settings settings)
        {
            this.Totals = new Totals[dataset.Length];
            Totals total = default;
            for (int i = 0; i < dataset.Length; i++)
            {
                Expected loss = dataset.Loss(settings, i);
                bool isBeyondDouble = loss.Exact.IsFinite && !double.IsFinite(loss.Value.Hi);
                if (loss.Allowed != AllowedAlternatives.None || isBeyondDouble)
                {
                    this.FirstUndecided = Math.Min(this.FirstUndecided, i);
                }

                FloatFormat format = settings.ComputeFormat;
                double probability = dataset.Probability(settings, i);
                total = double.IsFinite(loss.Value.Hi)
                    ? total with
                    {
                        Sum = total.Sum + loss.Value,
                        Positive = total.Positive + Math.Max(loss.Value.Hi, 0),
                        Negative = total.Negative - Math.Min(loss.Value.Hi, 0),
                        Probabilities = total.Probabilities + probability,
                        ElementErrors = total.ElementErrors + ElementError(format, loss, probability),
                        LargestRounding = Math.Max(total.LargestRounding, RoundingError(format, loss)),
                    }
                    : total with { Special = total.Special + loss.Value.Hi };
                this.Totals[i] = total;
            }
        }

        /// <summary>The totals from the first element to each one.</summary>
        public Totals[] Totals { get; }

        /// <summary>The first element whose loss the contract does not decide.</summary>
        public int FirstUndecided { get; } = int.MaxValue;
    }
}
