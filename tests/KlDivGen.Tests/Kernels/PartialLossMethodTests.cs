using System.Numerics.Tensors;

namespace KlDivGen.Tests.Kernels;

/// <summary>Methods that return a loss which merges with those of other pieces.</summary>
public sealed partial class PartialLossMethodTests
{
    private const int Length = (12 * PartialLoss.BlockLength) + 37;

    private static readonly float[] Inputs = Create(seed: 1, random => -5 * random.NextSingle());
    private static readonly float[] Targets = Create(seed: 2, random => random.NextSingle());

    [Fact]
    public void Pieces_cut_at_blocks_merge_into_the_whole_in_any_order()
    {
        PartialLoss whole = Losses.Flat(Inputs, Targets);
        Assert.Equal(Length, whole.Elements);
        Assert.Equal(0, whole.Rows);
        Assert.Equal(Losses.Sum(Inputs, Targets), whole.Sum, Math.Abs(whole.Sum) * 1e-13);
        for (int seed = 0; seed < 20; seed++)
        {
            Random random = new(seed);
            List<PartialLoss> pieces = [];
            for (int start = 0; start < Length;)
            {
                int count = Math.Min(random.Next(1, 5) * PartialLoss.BlockLength, Length - start);
                pieces.Add(Losses.Flat(Inputs.AsSpan(start, count), Targets.AsSpan(start, count)));
                start += count;
            }

            PartialLoss[] shuffled = [.. pieces];
            random.Shuffle(shuffled);
            Assert.Equal(whole, shuffled.Aggregate(PartialLoss.Zero, (sum, piece) => sum + piece));
        }
    }

    [Fact]
    public void Nothing_is_zero() => Assert.Equal(PartialLoss.Zero, Losses.Flat([], []));

    [Theory]
    [InlineData(float.NaN, double.NaN)]
    [InlineData(float.NegativeInfinity, double.PositiveInfinity)]
    public void A_special_value_reaches_the_sum(float input, double expected)
    {
        float[] inputs = [.. Inputs];
        inputs[^1] = input;
        Assert.Equal(expected, Losses.Flat(inputs, Targets).Sum);
    }

    [Fact]
    public void A_deterministic_method_and_its_gradient_take_the_same_blocks()
    {
        double[] inputs = [.. Inputs.Select(value => (double)value)];
        double[] targets = [.. Targets.Select(value => -1 - (double)value)];
        double[] gradients = new double[Length];
        PartialLoss whole = Losses.Deterministic(inputs, targets, gradients);
        PartialLoss merged = Losses.Deterministic(inputs.AsSpan(PartialLoss.BlockLength), targets.AsSpan(PartialLoss.BlockLength), new double[Length])
            + Losses.Deterministic(inputs.AsSpan(0, PartialLoss.BlockLength), targets.AsSpan(0, PartialLoss.BlockLength), new double[Length]);
        Assert.Equal(whole, merged);
        Assert.All(Enumerable.Range(0, Length), i => Assert.Equal(-Math.Exp(targets[i]), gradients[i], 1e-15));
    }

    [Fact]
    public void Strides_do_not_change_the_sum()
    {
        const int Rows = 300, Columns = 200;
        float[] inputs = Transpose(Inputs, Rows, Columns);
        float[] targets = Transpose(Targets, Rows, Columns);
        float[] gradients = new float[Rows * Columns];
        PartialLoss transposed = Losses.Tensor(
            new ReadOnlyTensorSpan<float>(inputs, [Rows, Columns], [1, Rows]),
            new ReadOnlyTensorSpan<float>(targets, [Rows, Columns], [1, Rows]),
            new TensorSpan<float>(gradients, [Rows, Columns], [1, Rows]));
        Assert.Equal(Losses.Flat(Inputs.AsSpan(0, Rows * Columns), Targets.AsSpan(0, Rows * Columns)), transposed);
        Assert.All(targets.Zip(gradients), pair => Assert.Equal(-pair.First, pair.Second));
    }

    [Fact]
    public void Pieces_cut_at_rows_merge_into_the_whole()
    {
        const int Classes = 100, Rows = 900;
        bool[] mask = [.. Enumerable.Range(0, Rows).Select(row => row % 3 != 0)];
        ReadOnlySpan<float> inputs = Inputs.AsSpan(0, Rows * Classes);
        ReadOnlySpan<float> targets = Targets.AsSpan(0, Rows * Classes);
        PartialLoss whole = Losses.Rows(inputs, targets, Classes, mask);
        PartialLoss merged = PartialLoss.Zero;
        for (int row = Rows - 1; row >= 0; row--)
        {
            merged += Losses.Rows(inputs.Slice(row * Classes, Classes), targets.Slice(row * Classes, Classes), Classes, mask.AsSpan(row, 1));
        }

        Assert.Equal(whole, merged);
        Assert.Equal(600, whole.Rows);
        Assert.Equal(600 * Classes, whole.Elements);
    }

    private static float[] Create(int seed, Func<Random, float> next)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, Length).Select(_ => next(random))];
    }

    private static float[] Transpose(float[] values, int rows, int columns) =>
        [.. Enumerable.Range(0, rows * columns).Select(i => values[(i % rows * columns) + (i / rows)])];

    private static partial class Losses
    {
        [KLDivLoss(Reduction = "sum")]
        public static partial double Sum(ReadOnlySpan<float> input, ReadOnlySpan<float> target);

        [KLDivLoss(Reduction = "sum")]
        public static partial PartialLoss Flat(ReadOnlySpan<float> input, ReadOnlySpan<float> target);

        [KLDivLoss(Reduction = "sum", LogTarget = true, Deterministic = true)]
        public static partial PartialLoss Deterministic(ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> gradInput);

        [KLDivLoss(Reduction = "sum")]
        public static partial PartialLoss Tensor(
            ReadOnlyTensorSpan<float> input, ReadOnlyTensorSpan<float> target, TensorSpan<float> gradInput);

        [KLDivLoss(Reduction = "sum", InputLogits = true, TargetLogits = true, Temperature = 2, TemperatureSquared = true)]
        public static partial PartialLoss Rows(ReadOnlySpan<float> input, ReadOnlySpan<float> target, int classes, ReadOnlySpan<bool> mask);
    }
}
