using System.Buffers;
using System.Numerics.Tensors;
using KlDivGen.CompilerServices;
using KlDivGen.Tests.Runtime;

namespace KlDivGen.Tests.Kernels;

/// <summary>Methods that compute large data on several threads.</summary>
public sealed partial class ParallelMethodTests
{
    private const int Length = (40 * ParallelLoop.PieceLength) + 777;
    private const int Classes = 997;

    private static readonly float[] Inputs = Create(seed: 1, random => -5 * random.NextSingle());
    private static readonly float[] Targets = Create(seed: 2, random => random.NextSingle());
    private static readonly int[] Degrees = [1, 2, 3, 16, -1];

    public static TheoryData<int> Lengths =>
    [
        0, 1, 1_000, ParallelLoop.MinElements - 1, ParallelLoop.MinElements, ParallelLoop.MinElements + 1, ParallelLoop.MinElements + 333,
        5 * ParallelLoop.PieceLength, Length,
    ];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void A_sum_does_not_depend_on_the_number_of_threads(int length)
    {
        ReadOnlySpan<float> input = Inputs.AsSpan(0, length), target = Targets.AsSpan(0, length);
        double expected = Losses.Sum(input, target), first = Losses.ParallelSum(input, target, 1);
        Assert.Equal(expected, first, 1e-9 * Math.Abs(expected));
        if (length < ParallelLoop.MinElements)
        {
            AssertSameBits(expected, first);
        }

        foreach (int degree in Degrees)
        {
            AssertSameBits(first, Losses.ParallelSum(input, target, degree));
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void A_deterministic_method_keeps_its_bits(int length)
    {
        ReadOnlySpan<float> input = Inputs.AsSpan(0, length), target = Targets.AsSpan(0, length);
        double[] doubles = [.. input.ToArray().Select(value => (double)value)], others = [.. target.ToArray().Select(value => (double)value)];
        float[] gradients = new float[length], parallelGradients = new float[length];
        double single = Losses.Deterministic(input, target, gradients), wide = Losses.DeterministicDouble(doubles, others);
        foreach (int degree in Degrees)
        {
            AssertSameBits(single, Losses.ParallelDeterministic(input, target, parallelGradients, degree));
            Assert.True(gradients.AsSpan().SequenceEqual(parallelGradients));
            AssertSameBits(wide, Losses.ParallelDeterministicDouble(doubles, others, degree));
        }
    }

    [Fact]
    public void A_deterministic_sum_of_several_waves_keeps_its_bits()
    {
        int length = (2 * ParallelLoop.WaveLength) + ParallelLoop.PieceLength + 41;
        float[] input = [.. Enumerable.Range(0, length).Select(i => Inputs[i % Length])];
        float[] target = [.. Enumerable.Range(0, length).Select(i => Targets[(i + (i / Length)) % Length])];
        AssertSameBits(Losses.Deterministic(input, target, new float[length]), Losses.ParallelDeterministic(input, target, new float[length], -1));
    }

    [Theory]
    [InlineData(float.NaN, double.NaN)]
    [InlineData(float.NegativeInfinity, double.PositiveInfinity)]
    public void A_special_value_in_any_piece_reaches_the_result(float value, double expected)
    {
        for (int position = 5; position < Length; position += 9 * ParallelLoop.PieceLength)
        {
            float[] inputs = [.. Inputs];
            inputs[position] = value;
            Assert.Equal(expected, Losses.ParallelSum(inputs, Targets, -1));
            Assert.Equal(expected, Losses.ParallelDeterministic(inputs, Targets, new float[Length], -1));
            Assert.Equal(expected, Losses.ParallelPartial(inputs, Targets).Sum);
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void A_partial_loss_is_the_same(int length) =>
        Assert.Equal(
            Losses.Partial(Inputs.AsSpan(0, length), Targets.AsSpan(0, length)),
            Losses.ParallelPartial(Inputs.AsSpan(0, length), Targets.AsSpan(0, length)));

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Elements_are_the_same_also_in_place(int length)
    {
        float[] expected = new float[length], actual = [.. Targets.AsSpan(0, length)];
        Losses.GradTarget(Inputs.AsSpan(0, length), Targets.AsSpan(0, length), expected);
        Losses.ParallelGradTarget(Inputs.AsSpan(0, length), actual, actual);
        Assert.True(expected.AsSpan().SequenceEqual(actual));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(Classes)]
    public void Rows_are_the_same_with_masks_and_weights(int classes)
    {
        int rows = Length / classes, count = rows * classes;
        Random random = new(3);
        bool[] mask = [.. Enumerable.Range(0, rows).Select(_ => random.Next(3) > 0)];
        float[] weights = [.. Enumerable.Range(0, rows).Select(_ => random.NextSingle())];
        ReadOnlySpan<float> input = Inputs.AsSpan(0, count), target = Targets.AsSpan(0, count);
        float[] expected = [.. input];
        double loss = Losses.Rows(expected, target, classes, mask, weights, expected);
        double first = Losses.ParallelRows(input, target, classes, mask, weights, new float[count], 1);
        Assert.Equal(loss, first, 1e-12 * loss);
        foreach (int degree in Degrees)
        {
            float[] actual = [.. input];
            AssertSameBits(first, Losses.ParallelRows(actual, target, classes, mask, weights, actual, degree));
            Assert.True(expected.AsSpan().SequenceEqual(actual));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(131)]
    [InlineData(1_000)]
    [InlineData(2_000)]
    [InlineData(200_000)]
    public void Losses_of_rows_are_the_same(int classes)
    {
        int rows = Length / classes;
        ReadOnlySpan<float> input = Inputs.AsSpan(0, rows * classes), target = Targets.AsSpan(0, rows * classes);
        float[] expected = new float[rows], actual = new float[rows];
        Losses.EachRow(input, target, classes, expected);
        Losses.ParallelEachRow(input, target, classes, actual);
        Assert.True(expected.AsSpan().SequenceEqual(actual));
    }

    [Theory]
    [InlineData(ParallelLoop.MinRowLength - 1)]
    [InlineData(ParallelLoop.MinRowLength)]
    [InlineData(ParallelLoop.MinRowLength + 1)]
    [InlineData(Length / 2)]
    public void A_long_row_is_cut_into_pieces(int classes)
    {
        // The target of the first row is near its input. The second row is not ordinary, and once does not count.
        int count = 2 * classes;
        float[] input = [.. Inputs.AsSpan(0, count)], target = [.. Targets.AsSpan(0, count)];
        for (int i = 0; i < classes; i++)
        {
            target[i] = input[i] + (target[i] / 100);
        }

        target[classes + 5] = float.NegativeInfinity;
        target[classes + 77] = -500;
        (float[] rows, float[] ofInput, float[] ofTarget, float[] logits) = (new float[count], new float[count], new float[count], new float[count]);
        float[] weights = [0.5f, 2];
        double mixture = Losses.Mixture(input, target, classes, ofInput, ofTarget);
        double inputLogits = Losses.InputLogits(input, Targets.AsSpan(0, count), classes, logits);
        foreach (bool[] mask in (bool[][])[[true, false], [true, true]])
        {
            double loss = Losses.Rows(input, target, classes, mask, weights, rows);
            double first = Losses.ParallelRows(input, target, classes, mask, weights, new float[count], 1);
            Assert.Equal(loss, first, 1e-9 * loss);
            foreach (int degree in Degrees)
            {
                (float[] actual, float[] actualTarget) = (new float[count], new float[count]);
                AssertSameBits(first, Losses.ParallelRows(input, target, classes, mask, weights, actual, degree));
                AssertNear(rows, actual);
                Assert.Equal(mixture, Losses.ParallelMixture(input, target, classes, actual, actualTarget, degree), 1e-9 * mixture);
                AssertNear(ofInput, actual);
                AssertNear(ofTarget, actualTarget);
                double parallelLogits = Losses.ParallelInputLogits(input, Targets.AsSpan(0, count), classes, actual, degree);
                Assert.Equal(inputLogits, parallelLogits, 1e-9 * Math.Abs(inputLogits));
                AssertNear(logits, actual);
            }
        }
    }

    [Theory]
    [InlineData(262_144)]
    [InlineData(300_001)]
    public void A_long_row_of_a_deterministic_method_keeps_its_bits(int classes)
    {
        // The second row is not ordinary.
        int count = 2 * classes;
        float[] input = [.. Inputs.AsSpan(0, count)], target = [.. Targets.AsSpan(0, count)];
        input[classes + 9] = float.NegativeInfinity;
        target[classes + 77] = -500;
        (float[] rows, float[] ofLogits, float[] ofElements) = (new float[count], new float[count], new float[count]);
        double loss = Losses.DeterministicRows(input, target, classes, rows);
        double logits = Losses.DeterministicInputLogits(input, Targets.AsSpan(0, count), classes, ofLogits);
        float[] elements = new float[2], actualElements = new float[2];
        Losses.DeterministicElements(input, Targets.AsSpan(0, count), classes, elements, ofElements);
        foreach (int degree in Degrees)
        {
            float[] actual = new float[count];
            AssertSameBits(loss, Losses.ParallelDeterministicRows(input, target, classes, actual, degree));
            Assert.True(rows.AsSpan().SequenceEqual(actual));
            AssertSameBits(logits, Losses.ParallelDeterministicInputLogits(input, Targets.AsSpan(0, count), classes, actual, degree));
            Assert.True(ofLogits.AsSpan().SequenceEqual(actual));
            Losses.ParallelDeterministicElements(input, Targets.AsSpan(0, count), classes, actualElements, actual, degree);
            Assert.True(elements.AsSpan().SequenceEqual(actualElements));
            Assert.True(ofElements.AsSpan().SequenceEqual(actual));
        }
    }

    [Fact]
    public void Tensors_of_every_layout_are_the_same()
    {
        const int Rows = 1024, Columns = 1200;
        ReadOnlyTensorSpan<float> dense = new(Inputs, [Rows, Columns], []);
        ReadOnlyTensorSpan<float> denseTarget = new(Targets, [Rows, Columns], []);
        NRange[] slice = [new(3, Rows - 2), new(1, Columns - 5)];
        VerifyTensors(dense, denseTarget);
        VerifyTensors(dense.Slice(slice), denseTarget.Slice(slice));
        VerifyTensors(new(Inputs, [Rows, Columns], [1, Rows]), new(Targets, [Rows, Columns], [1, Rows]));
        VerifyTensors(dense, new(Targets, [Rows, Columns], [1, Rows]));
        VerifyTensors(new(Inputs, [Rows, Columns], [0, 1]), denseTarget);
        VerifyTensors(new(Inputs, [7, 1, 41, 6, 700], []), new(Targets, [7, 1, 41, 6, 700], [6, 0, 29_400, 1, 42]));
    }

    [Fact]
    public void Nothing_is_allocated_after_the_first_call()
    {
        float[] gradients = new float[Length];
        Assert.Equal(0, AllocationMeter.Measure(() =>
        {
            Losses.ParallelSum(Inputs, Targets, 2);
            Losses.ParallelDeterministic(Inputs, Targets, gradients, 2);
            Losses.ParallelEachRow(Inputs.AsSpan(0, 1_000_000), Targets.AsSpan(0, 1_000_000), 1_000, gradients);
        }));
    }

    [Fact]
    public void A_wrong_number_of_threads_is_refused_before_anything_is_written()
    {
        float[] gradients = [1, 2, 3];
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(
            () => Losses.ParallelDeterministic([0, 0, 0], [1, 1, 1], gradients, 0));
        Assert.Equal("maxDegreeOfParallelism", error.ParamName);
        Assert.Equal([1, 2, 3], gradients);
    }

    private static float[] Create(int seed, Func<Random, float> draw)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, Length).Select(_ => draw(random))];
    }

    private static void AssertSameBits(double expected, double actual) =>
        Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(actual));

    /// <summary>The sums of a row that is cut into pieces are rounded elsewhere, in double.</summary>
    private static void AssertNear(float[] expected, float[] actual)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            if (Math.Abs(expected[i] - actual[i]) > 1e-6f * Math.Abs(expected[i]) || float.IsNaN(actual[i]))
            {
                Assert.Fail($"{i}: {actual[i]:R}, not {expected[i]:R}");
            }
        }
    }

    private static void VerifyTensors(in ReadOnlyTensorSpan<float> input, in ReadOnlyTensorSpan<float> target)
    {
        int length = (int)input.FlattenedLength;
        double sum = Losses.TensorSum(input, target), parallelSum = Losses.ParallelTensorSum(input, target, 1);
        Assert.Equal(sum, parallelSum, 1e-9 * Math.Abs(sum));
        AssertSameBits(parallelSum, Losses.ParallelTensorSum(input, target, 5));
        AssertSameBits(Losses.TensorDeterministic(input, target), Losses.ParallelTensorDeterministic(input, target));
        Assert.Equal(Losses.TensorPartial(input, target), Losses.ParallelTensorPartial(input, target));

        float[] expected = new float[length], actual = new float[length];
        nint rows = length / input.Lengths[^1];
        float[] expectedRows = new float[rows], actualRows = new float[rows];
        nint[] lengths = [.. input.Lengths];
        Losses.TensorRows(
            input, target, new TensorSpan<float>(expectedRows, lengths.AsSpan(0, lengths.Length - 1), []), new TensorSpan<float>(expected, lengths, []));
        Losses.ParallelTensorRows(
            input, target, new TensorSpan<float>(actualRows, lengths.AsSpan(0, lengths.Length - 1), []), new TensorSpan<float>(actual, lengths, []));
        Assert.True(expectedRows.AsSpan().SequenceEqual(actualRows));
        Assert.True(expected.AsSpan().SequenceEqual(actual));
    }

    private static partial class Losses
    {
        [KLDivLoss(Reduction = "sum")]
        public static partial double Sum(ReadOnlySpan<float> input, ReadOnlySpan<float> target);

        [KLDivLoss(Reduction = "sum", Parallel = true)]
        public static partial double ParallelSum(ReadOnlySpan<float> input, ReadOnlySpan<float> target, int maxDegreeOfParallelism);

        [KLDivLoss(Reduction = "mean", Deterministic = true)]
        public static partial double Deterministic(ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> gradTarget);

        [KLDivLoss(Reduction = "mean", Deterministic = true, Parallel = true)]
        public static partial double ParallelDeterministic(
            ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> gradTarget, int maxDegreeOfParallelism);

        [KLDivLoss(Reduction = "sum", Deterministic = true)]
        public static partial double DeterministicDouble(ReadOnlySpan<double> input, ReadOnlySpan<double> target);

        [KLDivLoss(Reduction = "sum", Deterministic = true, Parallel = true)]
        public static partial double ParallelDeterministicDouble(
            ReadOnlySpan<double> input, ReadOnlySpan<double> target, int maxDegreeOfParallelism = -1);

        [KLDivLoss(Reduction = "sum")]
        public static partial PartialLoss Partial(ReadOnlySpan<float> input, ReadOnlySpan<float> target);

        [KLDivLoss(Reduction = "sum", Parallel = true)]
        public static partial PartialLoss ParallelPartial(ReadOnlySpan<float> input, ReadOnlySpan<float> target);

        [KLDivLoss(Reduction = "none")]
        public static partial void GradTarget(ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> gradTarget);

        [KLDivLoss(Reduction = "none", Parallel = true)]
        public static partial void ParallelGradTarget(ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> gradTarget);

        [KLDivLoss(Reduction = "batchmean", InputLogits = true, TargetLogits = true, Temperature = 2, TemperatureSquared = true)]
        public static partial double Rows(
            ReadOnlySpan<float> input, ReadOnlySpan<float> target, int classes, ReadOnlySpan<bool> mask, ReadOnlySpan<float> weights, Span<float> gradInput);

        [KLDivLoss(Reduction = "batchmean", InputLogits = true, TargetLogits = true, Temperature = 2, TemperatureSquared = true, Parallel = true)]
        public static partial double ParallelRows(
            ReadOnlySpan<float> input,
            ReadOnlySpan<float> target,
            int classes,
            ReadOnlySpan<bool> mask,
            ReadOnlySpan<float> weights,
            Span<float> gradInput,
            int maxDegreeOfParallelism);

        [KLDivLoss(Reduction = "sum", InputLogits = true, TargetLogits = true, Divergence = "jsd")]
        public static partial double Mixture(
            ReadOnlySpan<float> input, ReadOnlySpan<float> target, int classes, Span<float> gradInput, Span<float> gradTarget);

        [KLDivLoss(Reduction = "sum", InputLogits = true, TargetLogits = true, Divergence = "jsd", Parallel = true)]
        public static partial double ParallelMixture(
            ReadOnlySpan<float> input,
            ReadOnlySpan<float> target,
            int classes,
            Span<float> gradInput,
            Span<float> gradTarget,
            int maxDegreeOfParallelism);

        [KLDivLoss(Reduction = "batchmean", InputLogits = true)]
        public static partial double InputLogits(ReadOnlySpan<float> input, ReadOnlySpan<float> target, int classes, Span<float> gradInput);

        [KLDivLoss(Reduction = "batchmean", InputLogits = true, Parallel = true)]
        public static partial double ParallelInputLogits(
            ReadOnlySpan<float> input, ReadOnlySpan<float> target, int classes, Span<float> gradInput, int maxDegreeOfParallelism);

        [KLDivLoss(Reduction = "row", InputLogits = true, TargetLogits = true)]
        public static partial void EachRow(ReadOnlySpan<float> input, ReadOnlySpan<float> target, int classes, Span<float> output);

        [KLDivLoss(Reduction = "row", InputLogits = true, TargetLogits = true, Parallel = true)]
        public static partial void ParallelEachRow(ReadOnlySpan<float> input, ReadOnlySpan<float> target, int classes, Span<float> output);

        [KLDivLoss(Reduction = "sum")]
        public static partial double TensorSum(in ReadOnlyTensorSpan<float> input, in ReadOnlyTensorSpan<float> target);

        [KLDivLoss(Reduction = "sum", Parallel = true)]
        public static partial double ParallelTensorSum(
            in ReadOnlyTensorSpan<float> input, in ReadOnlyTensorSpan<float> target, int maxDegreeOfParallelism);

        [KLDivLoss(Reduction = "batchmean", InputLogits = true, TargetLogits = true, Deterministic = true)]
        public static partial double DeterministicRows(
            ReadOnlySpan<float> input, ReadOnlySpan<float> target, int classes, Span<float> gradInput);

        [KLDivLoss(Reduction = "batchmean", InputLogits = true, TargetLogits = true, Deterministic = true, Parallel = true)]
        public static partial double ParallelDeterministicRows(
            ReadOnlySpan<float> input, ReadOnlySpan<float> target, int classes, Span<float> gradInput, int maxDegreeOfParallelism);

        [KLDivLoss(Reduction = "sum", InputLogits = true, Deterministic = true)]
        public static partial double DeterministicInputLogits(
            ReadOnlySpan<float> input, ReadOnlySpan<float> target, int classes, Span<float> gradInput);

        [KLDivLoss(Reduction = "sum", InputLogits = true, Deterministic = true, Parallel = true)]
        public static partial double ParallelDeterministicInputLogits(
            ReadOnlySpan<float> input, ReadOnlySpan<float> target, int classes, Span<float> gradInput, int maxDegreeOfParallelism);

        [KLDivLoss(Reduction = "row", Deterministic = true)]
        public static partial void DeterministicElements(
            ReadOnlySpan<float> input, ReadOnlySpan<float> target, int classes, Span<float> output, Span<float> gradInput);

        [KLDivLoss(Reduction = "row", Deterministic = true, Parallel = true)]
        public static partial void ParallelDeterministicElements(
            ReadOnlySpan<float> input, ReadOnlySpan<float> target, int classes, Span<float> output, Span<float> gradInput,
            int maxDegreeOfParallelism);

        [KLDivLoss(Reduction = "sum", Deterministic = true)]
        public static partial double TensorDeterministic(in ReadOnlyTensorSpan<float> input, in ReadOnlyTensorSpan<float> target);

        [KLDivLoss(Reduction = "sum", Deterministic = true, Parallel = true)]
        public static partial double ParallelTensorDeterministic(in ReadOnlyTensorSpan<float> input, in ReadOnlyTensorSpan<float> target);

        [KLDivLoss(Reduction = "sum")]
        public static partial PartialLoss TensorPartial(in ReadOnlyTensorSpan<float> input, in ReadOnlyTensorSpan<float> target);

        [KLDivLoss(Reduction = "sum", Parallel = true)]
        public static partial PartialLoss ParallelTensorPartial(in ReadOnlyTensorSpan<float> input, in ReadOnlyTensorSpan<float> target);

        [KLDivLoss(Reduction = "row", InputLogits = true)]
        public static partial void TensorRows(
            in ReadOnlyTensorSpan<float> input, in ReadOnlyTensorSpan<float> target, in TensorSpan<float> output, in TensorSpan<float> gradInput);

        [KLDivLoss(Reduction = "row", InputLogits = true, Parallel = true)]
        public static partial void ParallelTensorRows(
            in ReadOnlyTensorSpan<float> input, in ReadOnlyTensorSpan<float> target, in TensorSpan<float> output, in TensorSpan<float> gradInput);
    }
}
