namespace KlDivGen.Tests.Kernels;

/// <summary>
/// Two rows of logits without a bound for those of q: powers of two are right for every exponent below 0. Expected values are those of the
/// definition, in double.
/// </summary>
public sealed partial class DistantLogitTests
{
    /// <summary>Rows in groups, transposed and not, rows that are computed alone, and a long one.</summary>
    public static TheoryData<int, int> Shapes { get; } = new() { { 19, 12 }, { 19, 300 }, { 3, 3_000 }, { 1, 40_001 } };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Some_logits_of_q_may_be_far_below_the_others(int rows, int classes)
    {
        Random random = new(5);
        foreach (float distant in (float[])[-90, -130, -1e3f, -1e6f, -1e20f, -1e30f])
        {
            float[] a = Noise(random, rows * classes), b = Noise(random, rows * classes);
            for (int row = 0; row < rows; row++)
            {
                // So improbable that the loss stays small, or moderate, or becomes large.
                int position = (row * classes) + random.Next(classes);
                (a[position], b[position]) = (-70 + (row % 3 * 20), distant);
            }

            Verify(a, b, rows, classes, range: 80);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Rows_may_be_far_from_each_other(int rows, int classes)
    {
        Random random = new(7);
        foreach (float spread in (float[])[1, 4, 10, 30, 60, 100, 1000])
        {
            float[] b = Array.ConvertAll(Noise(random, rows * classes), value => value * spread);
            Verify(Noise(random, rows * classes), b, rows, classes, range: 4 * spread);
            Verify(Array.ConvertAll(b, value => value * 0.3f), Noise(random, rows * classes), rows, classes, range: 1.2 * spread);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void An_infinite_logit_or_a_NaN_beside_distant_ones_is_seen(int rows, int classes)
    {
        foreach (int position in (int[])[(rows * classes) - 1, rows * classes / 2])
        {
            float[] a = Noise(new(9), rows * classes), b = Noise(new(10), rows * classes), gradInput = new float[a.Length];
            b[1] = -1e30f;
            b[position] = float.NegativeInfinity;
            Assert.Equal(float.PositiveInfinity, Losses.Sum(b, a, classes, gradInput));
            b[position] = float.NaN;
            Assert.Equal(float.NaN, Losses.Sum(b, a, classes, gradInput));
            b[position] = float.PositiveInfinity;
            Assert.Equal(float.NaN, Losses.Sum(b, a, classes, gradInput));
            (b[position], a[position]) = (float.NegativeInfinity, float.NegativeInfinity);
            (a[1], b[1]) = (0, 0);
            Assert.True(float.IsFinite(Losses.Sum(b, a, classes, gradInput)));
            Assert.Equal(0, gradInput[position]);
        }
    }

    private static float[] Noise(Random random, int length)
    {
        float[] values = new float[length];
        for (int i = 0; i < length; i++)
        {
            values[i] = (float)((4 * random.NextDouble()) - 2);
        }

        return values;
    }

    /// <summary>Verifies loss and gradients. The rounding errors of exponents grow with their range.</summary>
    private static void Verify(float[] a, float[] b, int rows, int classes, double range)
    {
        double error = 4e-6 + (2e-7 * range);
        float[] gradInput = new float[a.Length], inPlace = [.. b], gradTarget = new float[a.Length];
        float loss = Losses.Sum(b, a, classes, gradInput);
        double doubleLoss = Losses.SumOfDoubles(Array.ConvertAll(b, v => (double)v), Array.ConvertAll(a, v => (double)v), classes);
        float reverse = Losses.Reverse(a, b, classes, gradTarget);
        Assert.Equal(loss, Losses.Sum(inPlace, a, classes, inPlace));
        float alone = Losses.LossAlone(b, a, classes);
        double sum = 0;
        for (int row = 0; row < rows; row++)
        {
            int start = row * classes;
            (double[] p, double logSum) = Softmax(a.AsSpan(start, classes));
            (double[] q, double otherLogSum) = Softmax(b.AsSpan(start, classes));
            for (int i = 0; i < classes; i++)
            {
                double logRatio = (double)a[start + i] - logSum - b[start + i] + otherLogSum;
                sum += p[i] * logRatio;
                double allowed = (Math.Max(p[i], q[i]) * error) + 1e-30;
                Assert.Equal(q[i] - p[i], gradInput[start + i], allowed);
                Assert.Equal(q[i] - p[i], inPlace[start + i], allowed);
                Assert.Equal(q[i] - p[i], gradTarget[start + i], allowed);
            }
        }

        Assert.Equal(sum, loss, sum * error);
        Assert.Equal(sum, alone, sum * error);
        Assert.Equal(sum, reverse, sum * error);
        Assert.Equal(sum, doubleLoss, sum * 1e-12);
    }

    private static (double[] Probabilities, double LogSum) Softmax(ReadOnlySpan<float> logits)
    {
        double maximum = double.NegativeInfinity, sum = 0;
        foreach (float logit in logits)
        {
            maximum = Math.Max(maximum, logit);
        }

        double[] probabilities = new double[logits.Length];
        for (int i = 0; i < logits.Length; i++)
        {
            sum += probabilities[i] = Math.Exp(logits[i] - maximum);
        }

        return (Array.ConvertAll(probabilities, value => value / sum), maximum + Math.Log(sum));
    }

    private static partial class Losses
    {
        [KLDivLoss(Reduction = "sum", InputLogits = true, TargetLogits = true)]
        public static partial float Sum(ReadOnlySpan<float> input, ReadOnlySpan<float> target, int classes, Span<float> gradInput);

        [KLDivLoss(Reduction = "sum", InputLogits = true, TargetLogits = true)]
        public static partial float LossAlone(ReadOnlySpan<float> input, ReadOnlySpan<float> target, int classes);

        [KLDivLoss(Reduction = "sum", InputLogits = true, TargetLogits = true)]
        public static partial double SumOfDoubles(ReadOnlySpan<double> input, ReadOnlySpan<double> target, int classes);

        [KLDivLoss(Reduction = "sum", InputLogits = true, TargetLogits = true, Divergence = "reverse")]
        public static partial float Reverse(ReadOnlySpan<float> input, ReadOnlySpan<float> target, int classes, Span<float> gradTarget);
    }
}
