using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Columns;

namespace KlDivGen.Conformance.Oracle;

/// <summary>Data to call kernels with, and what the contract says of it. What is costly is computed once, and kept.</summary>
internal sealed class Sample
{
    private readonly DoubleDouble[] transcendentals;
    private readonly Dictionary<(Dialect Dialect, Format Format), Totals> totals = [];
    private readonly Lock gate = new();

    /// <summary>Takes values that the operands' types hold exactly.</summary>
    public Sample(bool logTarget, double[] x, double[] y)
    {
        (this.LogTarget, this.X, this.Y) = (logTarget, x, y);
        this.transcendentals = Array.ConvertAll(y, v => Elements.Transcendental(logTarget, v));
    }

    public bool LogTarget { get; }

    public double[] X { get; }

    public double[] Y { get; }

    public int Length => this.X.Length;

    public Expected Loss(Settings settings, int index) =>
        new Elements(settings.Dialect, settings.Computed).Loss(this.LogTarget, this.X[index], this.Y[index], this.transcendentals[index]);

    public Expected GradInput(Settings settings, int index) =>
        new Elements(settings.Dialect, settings.Computed).GradInput(this.LogTarget, this.Y[index], this.transcendentals[index]);

    public Expected GradTarget(Settings settings, int index) =>
        new Elements(settings.Dialect, settings.Computed).GradTarget(this.LogTarget, this.X[index], this.Y[index], this.transcendentals[index]);

    /// <summary>
    /// The reduced loss of the first elements; its error is bounded relative to the sum of magnitudes, as the contract says.
    /// <see langword="null"/> where the contract leaves an element, and so the result, open.
    /// </summary>
    /// <param name="settings">The method's settings.</param>
    /// <param name="count">How many elements.</param>
    /// <param name="divisor">What the sum is divided by.</param>
    /// <param name="near">Whether the elements' own errors near x = log y count too: they are relative to y, not to the loss.</param>
    public Expected? Reduced(Settings settings, int count, double divisor, bool near = false)
    {
        var all = this.TotalsOf(settings);
        if (all.Open <= count - 1)
        {
            return null;
        }

        if (count > 0 && all.Special[count - 1] is var special and not 0)
        {
            return new(divisor == 0 ? double.NaN : special);
        }

        var format = settings.Computed;
        var sum = count == 0 ? DoubleDouble.Zero : all.Sums[count - 1];
        double size = count == 0 ? 0 : all.Sizes[count - 1], slack = near && count > 0 ? all.Slacks[count - 1] : 0;

        // The last division rounds as well, and so do subnormal results.
        double bound = (size * Math.ScaleB(1, 2 - format.Precision)) + slack;
        return divisor == 0 ? Expected.NaN : new(sum / divisor, 0, (bound / divisor) + format.Epsilon, OverflowOf(format, size));
    }

    /// <summary>An element's loss is a T: where losses leave its range, so may their sum, whatever it is returned or divided as.</summary>
    public static Or OverflowOf(Format format, double size) => size >= format.Max ? Or.Infinity | Or.NaN : Or.Nothing;

    private Totals TotalsOf(Settings settings)
    {
        lock (this.gate)
        {
            var key = (settings.Dialect, settings.Computed);
            if (!this.totals.TryGetValue(key, out var result))
            {
                this.totals[key] = result = new(this, settings);
            }

            return result;
        }
    }

    /// <summary>Running totals of the losses, in order; <see cref="Special"/> adds those that are not finite, and is 0 without any.</summary>
    private sealed class Totals
    {
        public Totals(Sample sample, Settings settings)
        {
            (this.Sums, this.Sizes) = (new DoubleDouble[sample.Length], new double[sample.Length]);
            (this.Slacks, this.Special) = (new double[sample.Length], new double[sample.Length]);
            var sum = DoubleDouble.Zero;
            double size = 0, slack = 0, special = 0;
            for (int i = 0; i < sample.Length; i++)
            {
                var loss = sample.Loss(settings, i);
                if (!loss.AddsUp(settings.Computed))
                {
                    this.Open = Math.Min(this.Open, i);
                }

                if (double.IsFinite(loss.Value.Hi))
                {
                    sum += loss.Value;
                    size += Math.Abs(loss.Value.Hi);
                    slack += loss.Slack;
                }
                else
                {
                    special += loss.Value.Hi;
                }

                (this.Sums[i], this.Sizes[i], this.Slacks[i], this.Special[i]) = (sum, size, slack, special);
            }
        }

        public DoubleDouble[] Sums { get; }

        public double[] Sizes { get; }

        public double[] Slacks { get; }

        public double[] Special { get; }

        /// <summary>The first element that the contract leaves open.</summary>
        public int Open { get; } = int.MaxValue;
    }
}
