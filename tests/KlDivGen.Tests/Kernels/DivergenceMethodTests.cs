using KlDivGen.CompilerServices;

namespace KlDivGen.Tests.Kernels;

/// <summary>
/// Methods that compute the reverse or the Jensen–Shannon divergence of log-probabilities, or with logits of one side, in pieces and on several
/// threads.
/// </summary>
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
    public void Threads_change_no_bit(int degree) =>
        AssertSameBits(
            (gradInput, gradTarget) => Losses.MixtureGradients(Inputs, Probabilities, gradInput, gradTarget),
            (gradInput, gradTarget) => Losses.ParallelMixtureGradients(Inputs, Probabilities, gradInput, gradTarget, degree));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(-1)]
    public void Threads_change_no_bit_of_a_long_row_with_logits_of_one_side(int degree) =>
        AssertSameBits(
            (gradInput, gradTarget) => Losses.LogitMixture(Inputs, Probabilities, Length, gradInput, gradTarget),
            (gradInput, gradTarget) => Losses.ParallelLogitMixture(Inputs, Probabilities, Length, gradInput, gradTarget, degree));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(-1)]
    public void Threads_change_no_bit_of_a_long_row_with_an_upstream_gradient_for_each_element(int degree) =>
        AssertSameBits(
            (gradInput, gradTarget) =>
            {
                Losses.Upstream(Inputs, Targets, Length, Probabilities, gradInput, gradTarget);
                return 0;
            },
            (gradInput, gradTarget) =>
            {
                Losses.ParallelUpstream(Inputs, Targets, Length, Probabilities, gradInput, gradTarget, degree);
                return 0;
            });

    [Fact]
    public void Equal_upstream_gradients_of_all_elements_are_one_of_their_sum()
    {
        const int Classes = 50, Count = 10 * Classes;
        ReadOnlySpan<float> input = Inputs.AsSpan(0, Count), target = Targets.AsSpan(0, Count);
        float[][] expected = [new float[Count], new float[Count]], actual = [new float[Count], new float[Count]];
        Losses.UpstreamOfSum(input, target, Classes, 0.75f, expected[0], expected[1]);
        Losses.Upstream(input, target, Classes, [.. Enumerable.Repeat(0.75f, Count)], actual[0], actual[1]);
        Assert.All(Enumerable.Range(0, Count), i => Assert.Equal(expected[0][i], actual[0][i], 1e-7f));
        Assert.All(Enumerable.Range(0, Count), i => Assert.Equal(expected[1][i], actual[1][i], 1e-7f));
    }

    [Fact]
    public void Rows_with_logits_of_one_side_merge_into_the_whole()
    {
        const int Classes = 100, Count = 1_000 * Classes, Part = 300 * Classes;
        PartialLoss whole = Losses.LogitReversePartial(Inputs.AsSpan(0, Count), Targets.AsSpan(0, Count), Classes);
        PartialLoss merged = Losses.LogitReversePartial(Inputs.AsSpan(Part, Count - Part), Targets.AsSpan(Part, Count - Part), Classes)
            + Losses.LogitReversePartial(Inputs.AsSpan(0, Part), Targets.AsSpan(0, Part), Classes);
        Assert.Equal(whole, merged);
    }

    [Fact]
    public void Logits_of_one_side_agree_with_logits_of_both()
    {
        const int Classes = 50, Count = 10 * Classes;
        double[] input = [.. Inputs.Take(Count).Select(value => (double)value)], target = [.. Targets.Take(Count).Select(value => (double)value)];
        double[] logTarget = [.. target.Chunk(Classes).SelectMany(LogSoftmax)], logInput = [.. input.Chunk(Classes).SelectMany(LogSoftmax)];
        double[][] both = [new double[Count], new double[Count]], one = [new double[Count], new double[Count]];
        Assert.Equal(Losses.Both(input, target, Classes, both[0], both[1]), Losses.OfInput(input, logTarget, Classes, one[0]), 1e-12);
        Assert.Equal(Losses.Both(input, target, Classes, both[0], both[1]), Losses.OfTarget(logInput, target, Classes, one[1]), 1e-12);
        Assert.All(Enumerable.Range(0, Count), i => Assert.Equal(both[0][i], one[0][i], 1e-14));
        Assert.All(Enumerable.Range(0, Count), i => Assert.Equal(both[1][i], one[1][i], 1e-14));

        static IEnumerable<double> LogSoftmax(double[] row)
        {
            double logSum = Math.Log(row.Sum(Math.Exp));
            return row.Select(value => value - logSum);
        }
    }

    private static void AssertSameBits(Func<float[], float[], double> expected, Func<float[], float[], double> actual)
    {
        float[][] gradients = [new float[Length], new float[Length], new float[Length], new float[Length]];
        Assert.Equal(
            BitConverter.DoubleToInt64Bits(expected(gradients[0], gradients[1])), BitConverter.DoubleToInt64Bits(actual(gradients[2], gradients[3])));
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

        [KLDivLoss(Reduction = "sum", InputLogits = true, Divergence = "jsd", Beta = 0.1, Temperature = 2, Deterministic = true)]
        public static partial double LogitMixture(
            ReadOnlySpan<float> input, ReadOnlySpan<float> target, int classes, Span<float> gradInput, Span<float> gradTarget);

        [KLDivLoss(Reduction = "sum", InputLogits = true, Divergence = "jsd", Beta = 0.1, Temperature = 2, Deterministic = true, Parallel = true)]
        public static partial double ParallelLogitMixture(
            ReadOnlySpan<float> input,
            ReadOnlySpan<float> target,
            int classes,
            Span<float> gradInput,
            Span<float> gradTarget,
            int maxDegreeOfParallelism);

        [KLDivLoss(Reduction = "none", InputLogits = true, TargetLogits = true, Deterministic = true)]
        public static partial void Upstream(
            ReadOnlySpan<float> input,
            ReadOnlySpan<float> target,
            int classes,
            ReadOnlySpan<float> gradOutput,
            Span<float> gradInput,
            Span<float> gradTarget);

        [KLDivLoss(Reduction = "none", InputLogits = true, TargetLogits = true, Deterministic = true, Parallel = true)]
        public static partial void ParallelUpstream(
            ReadOnlySpan<float> input,
            ReadOnlySpan<float> target,
            int classes,
            ReadOnlySpan<float> gradOutput,
            Span<float> gradInput,
            Span<float> gradTarget,
            int maxDegreeOfParallelism);

        [KLDivLoss(Reduction = "sum", InputLogits = true, TargetLogits = true)]
        public static partial void UpstreamOfSum(
            ReadOnlySpan<float> input,
            ReadOnlySpan<float> target,
            int classes,
            float gradOutput,
            Span<float> gradInput,
            Span<float> gradTarget);

        [KLDivLoss(Reduction = "sum", TargetLogits = true, Divergence = "reverse")]
        public static partial PartialLoss LogitReversePartial(ReadOnlySpan<float> input, ReadOnlySpan<float> target, int classes);

        [KLDivLoss(Reduction = "sum", InputLogits = true, TargetLogits = true, Divergence = "jsd")]
        public static partial double Both(
            ReadOnlySpan<double> input, ReadOnlySpan<double> target, int classes, Span<double> gradInput, Span<double> gradTarget);

        [KLDivLoss(Reduction = "sum", InputLogits = true, LogTarget = true, Divergence = "jsd")]
        public static partial double OfInput(ReadOnlySpan<double> input, ReadOnlySpan<double> target, int classes, Span<double> gradInput);

        [KLDivLoss(Reduction = "sum", TargetLogits = true, Divergence = "jsd")]
        public static partial double OfTarget(ReadOnlySpan<double> input, ReadOnlySpan<double> target, int classes, Span<double> gradTarget);
    }
}
