namespace KlDivGen.Tests.Kernels;

/// <summary>Gradients of probabilities that a float cannot hold, or only with few digits.</summary>
public sealed partial class TinyProbabilityTests
{
    private const float MinusInfinity = float.NegativeInfinity;

    [Theory]
    [InlineData(-80)]
    [InlineData(-150)]
    [InlineData(-200)]
    [InlineData(-1e10f)]
    [InlineData(float.MinValue)]
    public void A_probability_of_the_input_alone_has_an_infinite_loss_and_derivative(float logQ)
    {
        float[] gradInput = new float[3], gradTarget = new float[3];
        Assert.Equal(float.PositiveInfinity, Losses.Reverse([0, logQ, -1], [-1, MinusInfinity, -1], gradInput));
        Assert.Equal(float.PositiveInfinity, gradInput[1]);
        Assert.Equal(float.PositiveInfinity, Losses.ReverseWithTargetLogits([0, logQ, -1], [-1, MinusInfinity, -1], 3, gradInput, gradTarget));
        Assert.Equal(float.PositiveInfinity, gradInput[1]);
        Assert.Equal(float.PositiveInfinity, Losses.ReverseWithInputLogits([0, logQ, -1], [-1, MinusInfinity, -1], 3));
    }

    [Theory]
    [InlineData(-87.2f, -1e36f, 1e30f)]
    [InlineData(-90, -1e37f, 1e30f)]
    [InlineData(-100, -3e38f, 1e35f)]
    [InlineData(-103, -1e38f, 1e38f)]
    [InlineData(-120, -1e38f, 1e38f)]
    [InlineData(-90, -1e3f, 1e-3f)]
    public void A_large_logarithm_does_not_overflow_with_a_large_upstream_gradient(float a, float b, float upstream)
    {
        double expected = Math.Exp(a) * ((double)a - b + 1) * upstream;
        float[] byTarget = new float[1], byInput = new float[1], bySum = new float[1];
        Losses.Forward([b], [a], [upstream], byTarget);
        Losses.Reverse([a], [b], [upstream], byInput);
        Losses.ForwardSum([b], [a], upstream, bySum);
        double allowed = expected * 1e-6;
        Assert.Equal(expected, byTarget[0], allowed);
        Assert.Equal(expected, byInput[0], allowed);
        Assert.Equal(expected, bySum[0], allowed);
    }

    [Theory]
    [InlineData(-99, -1e9f, 1)]
    [InlineData(-102, -1e9f, 3)]
    [InlineData(-95, -1e20f, 0.5f)]
    [InlineData(-90, -2000, 1)]
    public void A_subnormal_probability_of_logits_keeps_its_digits_beside_a_large_logarithm(float a, float b, float upstream)
    {
        double p = Math.Exp(a) / (1 + Math.Exp(a)), ratio = (double)a - b;
        float[] output = new float[2], gradTarget = new float[2];
        Losses.Rows([0, b], [0, a], 2, [0, upstream], output, gradTarget);
        Assert.Equal(p * ratio, output[1], p * ratio * 2e-5);
        Assert.Equal(p * (ratio + 1) * upstream, gradTarget[1], p * ratio * upstream * 2e-5);
    }

    [Fact]
    public void A_product_with_a_probability_of_logits_does_not_overflow_early()
    {
        float[] output = new float[2], gradTarget = new float[2];
        Losses.Rows([0, -1.8e38f], [0, -0.4f], 2, [0, 1], output, gradTarget);
        double p = 1 / (1 + Math.Exp(0.4));
        Assert.Equal(p * 1.8e38, output[1], 1e33);
    }

    [Fact]
    public void A_sum_keeps_the_digits_of_subnormal_probabilities()
    {
        float[] input = [0, .. Enumerable.Repeat(-2e5f, 20)], target = [0, .. Enumerable.Repeat(-102f, 20)];
        double p = Math.Exp(-102), expected = 20 * p * (2e5 - 102);
        Assert.Equal(expected, Losses.SumOfRows(input, target, 21), expected * 2e-2);
    }

    private static partial class Losses
    {
        [KLDivLoss(Reduction = "sum", InputLogits = true, TargetLogits = true)]
        public static partial float SumOfRows(ReadOnlySpan<float> input, ReadOnlySpan<float> target, int classes);

        [KLDivLoss(Reduction = "none", InputLogits = true, TargetLogits = true)]
        public static partial void Rows(
            ReadOnlySpan<float> input,
            ReadOnlySpan<float> target,
            int classes,
            ReadOnlySpan<float> gradOutput,
            Span<float> output,
            Span<float> gradTarget);

        [KLDivLoss(Reduction = "sum", LogTarget = true, Divergence = "reverse")]
        public static partial float Reverse(ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> gradInput);

        [KLDivLoss(Reduction = "sum", TargetLogits = true, Divergence = "reverse")]
        public static partial float ReverseWithTargetLogits(
            ReadOnlySpan<float> input, ReadOnlySpan<float> target, int classes, Span<float> gradInput, Span<float> gradTarget);

        [KLDivLoss(Reduction = "sum", InputLogits = true, LogTarget = true, Divergence = "reverse")]
        public static partial float ReverseWithInputLogits(ReadOnlySpan<float> input, ReadOnlySpan<float> target, int classes);

        [KLDivLoss(Reduction = "none", LogTarget = true)]
        public static partial void Forward(
            ReadOnlySpan<float> input, ReadOnlySpan<float> target, ReadOnlySpan<float> gradOutput, Span<float> gradTarget);

        [KLDivLoss(Reduction = "none", LogTarget = true, Divergence = "reverse")]
        public static partial void Reverse(
            ReadOnlySpan<float> input, ReadOnlySpan<float> target, ReadOnlySpan<float> gradOutput, Span<float> gradInput);

        [KLDivLoss(Reduction = "sum", LogTarget = true)]
        public static partial void ForwardSum(ReadOnlySpan<float> input, ReadOnlySpan<float> target, float gradOutput, Span<float> gradTarget);
    }
}
