namespace KlDivGen.Tests.Kernels;

/// <summary>Jensen–Shannon divergences of two rows of logits, of which one distribution hardly counts in the mixture.</summary>
public sealed partial class MixtureWeightTests
{
    private const double Small = 1e-6;
    private const double Large = 0.999999;
    private const int Classes = 200;

    /// <summary>How far logits of a row are from each other: nothing cancels, some classes do, or most are on one side only.</summary>
    public static TheoryData<double> Ranges { get; } = [1, 20, 60];

    [Theory]
    [MemberData(nameof(Ranges))]
    public void Float_losses_and_gradients_keep_their_digits(double range)
    {
        Row row = new(range);
        float[] input = Round(row.Input), target = Round(row.Target), losses = new float[1], gradInput = new float[Classes], gradTarget = new float[Classes];
        Losses.Small(input, target, Classes, losses, gradInput, gradTarget);
        row.Verify(Small, losses[0], Widen(gradInput), Widen(gradTarget), tolerance: 1e-5);
        Losses.Large(input, target, Classes, losses, gradInput, gradTarget);
        row.Verify(Large, losses[0], Widen(gradInput), Widen(gradTarget), tolerance: 1e-5);
    }

    [Theory]
    [MemberData(nameof(Ranges))]
    public void Double_losses_and_gradients_keep_their_digits(double range)
    {
        Row row = new(range);
        double[] losses = new double[1], gradInput = new double[Classes], gradTarget = new double[Classes];
        Losses.Small(row.Input, row.Target, Classes, losses, gradInput, gradTarget);
        row.Verify(Small, losses[0], gradInput, gradTarget, tolerance: 1e-13);
        Losses.Large(row.Input, row.Target, Classes, losses, gradInput, gradTarget);
        row.Verify(Large, losses[0], gradInput, gradTarget, tolerance: 1e-13);
    }

    [Theory]
    [MemberData(nameof(Ranges))]
    public void Rows_side_by_side_keep_their_digits(double range)
    {
        // More rows than a vector has lanes, all equal.
        const int Rows = 32;
        Row row = new(range);
        float[] gradInput = new float[Rows * Classes], gradTarget = new float[Rows * Classes];
        float[] input = [.. Enumerable.Repeat(Round(row.Input), Rows).SelectMany(values => values)];
        float[] target = [.. Enumerable.Repeat(Round(row.Target), Rows).SelectMany(values => values)];
        double loss = Losses.SideBySide(input, target, Classes, gradInput, gradTarget) / Rows;
        row.Verify(Small, loss, Widen(gradInput[..Classes]), Widen(gradTarget[..Classes]), tolerance: 1e-5);
    }

    private static float[] Round(double[] values) => Array.ConvertAll(values, value => (float)value);

    private static double[] Widen(float[] values) => Array.ConvertAll(values, value => (double)value);

    /// <summary>Two rows of logits that float holds, and their divergence.</summary>
    private sealed class Row
    {
        public Row(double range)
        {
            Random random = new(5);
            this.Input = Draw();
            this.Target = Draw();

            double[] Draw() => [.. Enumerable.Range(0, Classes).Select(_ => (double)(float)((random.NextDouble() - 0.5) * range))];
        }

        public double[] Input { get; }

        public double[] Target { get; }

        /// <summary>Compares results with the definition. The tolerance is relative to the largest gradient.</summary>
        public void Verify(double beta, double loss, double[] gradInput, double[] gradTarget, double tolerance)
        {
            (double[] logQ, double[] logP) = (LogSoftmax(this.Input), LogSoftmax(this.Target));
            double other = 1 - beta;
            double[] first = [.. logP.Zip(logQ, (p, q) => -LogMixture(beta, other, q - p))];
            double[] second = [.. logP.Zip(logQ, (p, q) => -LogMixture(other, beta, p - q))];
            double firstLoss = logP.Zip(first, (p, log) => Math.Exp(p) * log).Sum(), secondLoss = logQ.Zip(second, (q, log) => Math.Exp(q) * log).Sum();
            Assert.Equal(1, loss / ((beta * firstLoss) + (other * secondLoss)), tolerance);
            AssertNear(logP.Zip(first, (p, log) => beta * Math.Exp(p) * (log - firstLoss)), gradTarget);
            AssertNear(logQ.Zip(second, (q, log) => other * Math.Exp(q) * (log - secondLoss)), gradInput);

            void AssertNear(IEnumerable<double> expected, double[] actual)
            {
                double[] values = [.. expected];
                double allowed = values.Max(Math.Abs) * tolerance;
                Assert.All(values.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, allowed));
            }
        }

        private static double[] LogSoftmax(double[] logits)
        {
            double maximum = logits.Max(), logSum = Math.Log(logits.Sum(logit => Math.Exp(logit - maximum)));
            return [.. logits.Select(logit => logit - maximum - logSum)];
        }

        /// <summary>log(weight + other · exp(d)), where the weights add up to 1.</summary>
        private static double LogMixture(double weight, double other, double d)
        {
            // exp(d) − 1 = 2 · tanh(d/2) / (1 − tanh(d/2)), and log(1 + w) = 2 · artanh(w / (2 + w)), which do not cancel.
            double tanh = Math.Tanh(d / 2), w = other * (Math.Abs(d) < 1 ? 2 * tanh / (1 - tanh) : Math.Exp(d) - 1);
            return Math.Abs(w) < 0.5 ? 2 * Math.Atanh(w / (2 + w)) : Math.Log(weight + (other * Math.Exp(d)));
        }
    }

    private static partial class Losses
    {
        [KLDivLoss(Reduction = "row", InputLogits = true, TargetLogits = true, Divergence = "jsd", Beta = MixtureWeightTests.Small)]
        public static partial void Small(
            ReadOnlySpan<float> input, ReadOnlySpan<float> target, int classes, Span<float> output, Span<float> gradInput, Span<float> gradTarget);

        [KLDivLoss(Reduction = "row", InputLogits = true, TargetLogits = true, Divergence = "jsd", Beta = MixtureWeightTests.Large)]
        public static partial void Large(
            ReadOnlySpan<float> input, ReadOnlySpan<float> target, int classes, Span<float> output, Span<float> gradInput, Span<float> gradTarget);

        [KLDivLoss(Reduction = "row", InputLogits = true, TargetLogits = true, Divergence = "jsd", Beta = MixtureWeightTests.Small)]
        public static partial void Small(
            ReadOnlySpan<double> input, ReadOnlySpan<double> target, int classes, Span<double> output, Span<double> gradInput, Span<double> gradTarget);

        [KLDivLoss(Reduction = "row", InputLogits = true, TargetLogits = true, Divergence = "jsd", Beta = MixtureWeightTests.Large)]
        public static partial void Large(
            ReadOnlySpan<double> input, ReadOnlySpan<double> target, int classes, Span<double> output, Span<double> gradInput, Span<double> gradTarget);

        [KLDivLoss(Reduction = "sum", InputLogits = true, TargetLogits = true, Divergence = "jsd", Beta = MixtureWeightTests.Small)]
        public static partial double SideBySide(
            ReadOnlySpan<float> input, ReadOnlySpan<float> target, int classes, Span<float> gradInput, Span<float> gradTarget);
    }
}
