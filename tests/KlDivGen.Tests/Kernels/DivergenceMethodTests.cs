using KlDivGen.CompilerServices;

namespace KlDivGen.Tests.Kernels;

/// <summary>Methods that compute the reverse or the Jensen–Shannon divergence of log-probabilities, in pieces and on several threads.</summary>
public sealed partial class DivergenceMethodTests
{
    private const int Length = ParallelLoop.MinElements + 12_345;

    private static readonly float[] Inputs = Create(seed: 1, random => -5 * random.NextSingle());
    private static readonly float[] Targets = Create(seed: 2, random => -5 * random.NextSingle());
    private static readonly float[] Probabilities = Create(seed: 3, random => random.Next(20) == 0 ? 0 : random.NextSingle());

    [Theory]
    [InlineData(1)]
    [InlineData(33)]
    [InlineData(5_000)]
    [InlineData(Length)]
    public void The_reverse_divergence_of_logarithms_is_the_forward_one_of_exchanged_operands(int length)
    {
        ReadOnlySpan<float> input = Inputs.AsSpan(0, length), target = Targets.AsSpan(0, length);
        float[][] gradients = [new float[length], new float[length], new float[length], new float[length]];
        double reverse = Losses.Reverse(input, target, gradients[0], gradients[1]);
        double forward = Losses.Forward(target, input, gradients[2], gradients[3]);
        Assert.Equal(BitConverter.DoubleToInt64Bits(forward), BitConverter.DoubleToInt64Bits(reverse));
        Assert.Equal(gradients[3], gradients[0]);
        Assert.Equal(gradients[2], gradients[1]);
    }

    [Fact]
    public void A_mixture_of_halves_is_symmetric()
    {
        double one = Losses.Mixture(Inputs, Targets), other = Losses.Mixture(Targets, Inputs);
        Assert.Equal(one, other, 1e-7 * one);
        Assert.InRange(one / Length, 0, Math.Log(2));
    }

    [Fact]
    public void Pieces_merge_into_the_whole()
    {
        PartialLoss whole = Losses.ReversePartial(Inputs, Targets), merged = PartialLoss.Zero;
        for (int start = 0; start < Length; start += 3 * PartialLoss.BlockLength)
        {
            int count = Math.Min(3 * PartialLoss.BlockLength, Length - start);
            merged += Losses.ReversePartial(Inputs.AsSpan(start, count), Targets.AsSpan(start, count));
        }

        Assert.Equal(whole, merged);
        Assert.Equal(Losses.ReverseSum(Inputs, Targets), whole.Sum, 1e-9 * Math.Abs(whole.Sum));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(-1)]
    public void Threads_change_no_bit(int degree)
    {
        float[][] gradients = [new float[Length], new float[Length], new float[Length], new float[Length]];
        double expected = Losses.MixtureGradients(Inputs, Probabilities, gradients[0], gradients[1]);
        double actual = Losses.ParallelMixtureGradients(Inputs, Probabilities, gradients[2], gradients[3], degree);
        Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(actual));
        Assert.Equal(gradients[0], gradients[2]);
        Assert.Equal(gradients[1], gradients[3]);
    }

    private static float[] Create(int seed, Func<Random, float> next)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, Length).Select(_ => next(random))];
    }

    private static partial class Losses
    {
        [KLDivLoss(Reduction = "sum", LogTarget = true, Dialect = "strict")]
        public static partial double Forward(
            ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> gradInput, Span<float> gradTarget);

        [KLDivLoss(Reduction = "sum", LogTarget = true, Divergence = "reverse")]
        public static partial double Reverse(
            ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> gradInput, Span<float> gradTarget);

        [KLDivLoss(Reduction = "sum", LogTarget = true, Divergence = "reverse")]
        public static partial double ReverseSum(ReadOnlySpan<float> input, ReadOnlySpan<float> target);

        [KLDivLoss(Reduction = "sum", LogTarget = true, Divergence = "reverse")]
        public static partial PartialLoss ReversePartial(ReadOnlySpan<float> input, ReadOnlySpan<float> target);

        [KLDivLoss(Reduction = "sum", LogTarget = true, Divergence = "jsd")]
        public static partial double Mixture(ReadOnlySpan<float> input, ReadOnlySpan<float> target);

        [KLDivLoss(Reduction = "sum", Divergence = "jsd", Beta = 0.1, Deterministic = true)]
        public static partial double MixtureGradients(
            ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> gradInput, Span<float> gradTarget);

        [KLDivLoss(Reduction = "sum", Divergence = "jsd", Beta = 0.1, Deterministic = true, Parallel = true)]
        public static partial double ParallelMixtureGradients(
            ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> gradInput, Span<float> gradTarget, int maxDegreeOfParallelism);
    }
}
