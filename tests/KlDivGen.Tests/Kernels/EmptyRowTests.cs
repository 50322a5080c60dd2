using System.Numerics.Tensors;

namespace KlDivGen.Tests.Kernels;

/// <summary>Tensor spans of rows without classes.</summary>
public sealed partial class EmptyRowTests
{
    [Fact]
    public void Any_number_of_rows_without_classes_takes_no_time()
    {
        ReadOnlyTensorSpan<float> input = Create([int.MaxValue, int.MaxValue, 0]), target = Create([int.MaxValue, int.MaxValue, 0]);
        Assert.Equal(0, Losses.Sum(input, target));
        Assert.Equal(0, Losses.BatchMean(input, target));
    }

    [Fact]
    public void A_batch_without_rows_has_the_loss_0()
    {
        ReadOnlyTensorSpan<float> input = Create([0, 3]), target = Create([0, 3]);
        Assert.Equal(0, Losses.Sum(input, target));
        Assert.Equal(0, Losses.BatchMean(input, target));
    }

    [Fact]
    public void A_row_without_classes_has_the_loss_0()
    {
        float[] losses = [7, 7, 7];
        ReadOnlyTensorSpan<float> input = Create([3, 0]), target = Create([3, 0]);
        Losses.Each(input, target, new TensorSpan<float>(losses, [3]));
        Assert.Equal([0, 0, 0], losses);
    }

    [Fact]
    public void Rows_without_classes_do_not_count_in_a_partial_loss()
    {
        byte[] bytes = new byte[PartialLoss.ByteCount];
        ReadOnlyTensorSpan<float> input = Create([3, 0]), target = Create([3, 0]);
        Assert.True(Losses.Partial(input, target, [true, true, false]).TryWriteBytes(bytes, out _));
        Assert.Equal(PartialLoss.Zero, PartialLoss.Read(bytes));
    }

    private static ReadOnlyTensorSpan<float> Create(nint[] shape) => new(new float[1], shape, new nint[shape.Length]);

    private static partial class Losses
    {
        [KLDivLoss(Reduction = "sum", InputLogits = true, TargetLogits = true)]
        public static partial float Sum(ReadOnlyTensorSpan<float> input, ReadOnlyTensorSpan<float> target);

        [KLDivLoss(Reduction = "batchmean", InputLogits = true)]
        public static partial float BatchMean(ReadOnlyTensorSpan<float> input, ReadOnlyTensorSpan<float> target);

        [KLDivLoss(Reduction = "row", InputLogits = true, TargetLogits = true)]
        public static partial void Each(ReadOnlyTensorSpan<float> input, ReadOnlyTensorSpan<float> target, TensorSpan<float> output);

        [KLDivLoss(Reduction = "sum", InputLogits = true, TargetLogits = true)]
        public static partial PartialLoss Partial(ReadOnlyTensorSpan<float> input, ReadOnlyTensorSpan<float> target, ReadOnlySpan<bool> mask);
    }
}
