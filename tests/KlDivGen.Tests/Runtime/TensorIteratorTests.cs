using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using KlDivGen.CompilerServices;

namespace KlDivGen.Tests.Runtime;

public class TensorIteratorTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Iteration_reads_and_writes_the_elements_that_indexing_does(bool inOrder)
    {
        Random random = new(20261122);
        for (int round = 0; round < 3000; round++)
        {
            nint[] shape = Layouts.CreateShape(random, rank: 1 + (round % 6), maxCount: 6000);
            Layout x = Layouts.Create(random, shape, broadcast: true);
            Layout y = Layouts.Create(random, shape, broadcast: true);
            Layout sum = Layouts.Create(random, shape, broadcast: false);
            Layout difference = Layouts.Create(random, shape, broadcast: false);
            CheckAgainstIndexing(random, x, y, sum, difference, inOrder);
        }
    }

    private static void CheckAgainstIndexing(Random random, Layout x, Layout y, Layout sum, Layout difference, bool inOrder)
    {
        float[] xs = Values(random, x.MemoryLength).Select(value => (float)value).ToArray();
        double[] ys = Values(random, y.MemoryLength);
        float[] sums = new float[sum.MemoryLength];
        double[] differences = new double[difference.MemoryLength];
        float[] expectedSums = new float[sum.MemoryLength];
        double[] expectedDifferences = new double[difference.MemoryLength];
        int[] xAt = x.Positions(), yAt = y.Positions(), sumAt = sum.Positions(), differenceAt = difference.Positions();
        for (int i = 0; i < x.Count; i++)
        {
            expectedSums[sumAt[i]] = (float)(xs[xAt[i]] + ys[yAt[i]]);
            expectedDifferences[differenceAt[i]] = xs[xAt[i]] - ys[yAt[i]];
        }

        List<float> visited = [];
        Iterate(
            new ReadOnlyTensorSpan<float>(xs, x.Start, x.Lengths, x.Strides),
            new ReadOnlyTensorSpan<double>(ys, y.Start, y.Lengths, y.Strides),
            new TensorSpan<float>(sums, sum.Start, sum.Lengths, sum.Strides),
            new TensorSpan<double>(differences, difference.Start, difference.Lengths, difference.Strides),
            inOrder,
            visited);

        // Compares the whole memory: nothing between the elements may be written.
        Assert.Equal(expectedSums, sums);
        Assert.Equal(expectedDifferences, differences);
        if (inOrder)
        {
            Assert.Equal(xAt.Select(at => xs[at]), visited);
        }
        else
        {
            Assert.Equal(xAt.Select(at => xs[at]).Order(), visited.Order());
        }
    }

    private static void Iterate(
        ReadOnlyTensorSpan<float> x,
        ReadOnlyTensorSpan<double> y,
        TensorSpan<float> sum,
        TensorSpan<double> difference,
        bool inOrder,
        List<float>? visited)
    {
        int workspaceLength = TensorIterator.WorkspaceLength(x.Rank);
        TensorIterator iterator = new(
            x.FlattenedLength, x.Lengths, stackalloc nint[workspaceLength], inOrder, x.Strides, y.Strides, sum.Strides, difference.Strides);
        TensorReader<float> xs = new(x, iterator, stackalloc nint[workspaceLength], stackalloc float[iterator.BufferLength(x.Strides)]);
        TensorReader<double> ys = new(y, iterator, stackalloc nint[workspaceLength], stackalloc double[iterator.BufferLength(y.Strides)]);
        TensorWriter<float> sums = new(sum, iterator, stackalloc nint[workspaceLength], stackalloc float[iterator.BufferLength(sum.Strides)]);
        TensorWriter<double> differences =
            new(difference, iterator, stackalloc nint[workspaceLength], stackalloc double[iterator.BufferLength(difference.Strides)]);
        while (iterator.Next(out nuint count))
        {
            Kernel(in xs.Next(count), in ys.Next(count), ref sums.Next(count), ref differences.Next(count), count, visited);
            sums.Commit();
            differences.Commit();
        }
    }

    private static void Kernel(
        ref readonly float x, ref readonly double y, ref float sum, ref double difference, nuint count, List<float>? visited)
    {
        for (nuint i = 0; i < count; i++)
        {
            float xi = Unsafe.Add(ref Unsafe.AsRef(in x), i);
            double yi = Unsafe.Add(ref Unsafe.AsRef(in y), i);
            Unsafe.Add(ref sum, i) = (float)(xi + yi);
            Unsafe.Add(ref difference, i) = xi - yi;
            visited?.Add(xi);
        }
    }

    [Fact]
    public void In_place_each_element_is_read_before_it_is_written()
    {
        Random random = new(5);
        for (int round = 0; round < 500; round++)
        {
            nint[] shape = Layouts.CreateShape(random, rank: 1 + (round % 6), maxCount: 6000);
            Layout x = Layouts.Create(random, shape, broadcast: false);
            Layout y = Layouts.Create(random, shape, broadcast: true);
            Layout difference = Layouts.Create(random, shape, broadcast: false);
            float[] xs = Values(random, x.MemoryLength).Select(value => (float)value).ToArray();
            double[] ys = Values(random, y.MemoryLength);
            float[] expected = [.. xs];
            foreach ((int xAt, int yAt) in x.Positions().Zip(y.Positions()))
            {
                expected[xAt] = (float)(xs[xAt] + ys[yAt]);
            }

            Iterate(
                new ReadOnlyTensorSpan<float>(xs, x.Start, x.Lengths, x.Strides),
                new ReadOnlyTensorSpan<double>(ys, y.Start, y.Lengths, y.Strides),
                new TensorSpan<float>(xs, x.Start, x.Lengths, x.Strides),
                new TensorSpan<double>(new double[difference.MemoryLength], difference.Start, difference.Lengths, difference.Strides),
                inOrder: round % 2 == 0,
                visited: null);
            Assert.Equal(expected, xs);
        }
    }

    [Fact]
    public void Dense_tensors_are_one_block_without_a_copy()
    {
        float[] x = new float[5000];
        (List<nuint> counts, bool direct) = Blocks(new(x, [50, 4, 1, 25]), new(new float[5000], [50, 4, 1, 25]), inOrder: true);
        Assert.Equal([5000u], counts);
        Assert.True(direct);
    }

    [Fact]
    public void Tensors_transposed_in_the_same_way_are_one_block_unless_in_order()
    {
        float[] x = new float[5000];
        float[] y = new float[5000];
        (List<nuint> counts, bool direct) = Blocks(new(x, [100, 50], [1, 100]), new(y, [100, 50], [1, 100]), inOrder: false);
        Assert.Equal([5000u], counts);
        Assert.True(direct);

        (counts, direct) = Blocks(new(x, [100, 50], [1, 100]), new(y, [100, 50], [1, 100]), inOrder: true);
        Assert.Equal([1024u, 1024u, 1024u, 1024u, 904u], counts);
        Assert.False(direct);
    }

    [Fact]
    public void Blocks_within_a_run_are_not_copied()
    {
        float[] x = new float[3 * 3000];
        (List<nuint> counts, bool direct) = Blocks(new(x, [3, 2048], [3000, 1]), new(new float[6144], [3, 2048]), inOrder: true);
        Assert.Equal(Enumerable.Repeat((nuint)1024, 6), counts);
        Assert.True(direct);
    }

    [Fact]
    public void Long_common_runs_are_blocks_unless_in_order()
    {
        // Rows of 1000 elements, 1024 apart in the first tensor and contiguous in the second; then one row that is broadcast.
        float[] x = new float[24 * 1024];
        (List<nuint> counts, bool direct) = Blocks(new(x, [2, 12, 1000], [12 * 1024, 1024, 1]), new(new float[24000], [2, 12, 1000]), inOrder: false);
        Assert.Equal(Enumerable.Repeat((nuint)1000, 24), counts);
        Assert.True(direct);

        (counts, direct) = Blocks(new(x, [12, 2000], [2048, 1]), new(new float[2000], [12, 2000], [0, 1]), inOrder: false);
        Assert.Equal(Enumerable.Repeat((nuint)2000, 12), counts);
        Assert.True(direct);

        (counts, direct) = Blocks(new(x, [24, 1000], [1024, 1]), new(new float[24000], [24, 1000]), inOrder: true);
        Assert.Equal(24, counts.Count);
        Assert.Equal([1024u, 448u], counts.Distinct());
        Assert.False(direct);
    }

    [Fact]
    public void Short_common_runs_are_copied_into_longer_blocks()
    {
        (List<nuint> counts, bool direct) = Blocks(new(new float[64 * 256], [64, 255], [256, 1]), new(new float[64 * 255], [64, 255]), inOrder: false);
        Assert.Equal(Enumerable.Repeat((nuint)1024, 15).Append(960u), counts);
        Assert.False(direct);
    }

    [Fact]
    public void In_order_block_lengths_are_the_same_for_every_layout_that_is_not_dense()
    {
        Random random = new(8);
        for (int round = 0; round < 300; round++)
        {
            nint[] shape = Layouts.CreateShape(random, rank: 1 + (round % 6), maxCount: 6000);
            Layout x = Layouts.Create(random, shape, broadcast: true);
            Layout y = Layouts.Create(random, shape, broadcast: true);
            int count = x.Count;
            (List<nuint> counts, _) = Blocks(
                new(new float[x.MemoryLength], x.Start, x.Lengths, x.Strides),
                new(new float[y.MemoryLength], y.Start, y.Lengths, y.Strides),
                inOrder: true);
            bool dense = IsDense(x) && IsDense(y);
            IEnumerable<nuint> expected = dense
                ? Enumerable.Repeat((nuint)count, count == 0 ? 0 : 1)
                : Enumerable.Range(0, (count + 1023) / 1024).Select(i => (nuint)Math.Min(1024, count - (1024 * i)));
            Assert.Equal(expected, counts);
        }

        static bool IsDense(Layout layout) => layout.Positions().Select((position, i) => position - i).Distinct().Count() <= 1;
    }

    [Fact]
    public void Rank_0_and_empty_tensors_have_no_blocks()
    {
        Assert.Empty(Blocks(default, default, inOrder: true).Counts);
        Assert.Empty(Blocks(new(new float[4], [2, 0, 2]), new(new float[4], [2, 0, 2]), inOrder: false).Counts);
    }

    [Fact]
    public void A_shape_of_rank_0_is_one_block_of_one_element()
    {
        // System.Numerics.Tensors 10 cannot make such a tensor, but the iterator only needs the shape.
        TensorIterator iterator = new(1, [], stackalloc nint[TensorIterator.WorkspaceLength(0)], inOrder: true, [], []);
        Assert.Equal(0, iterator.BufferLength([]));
        Assert.True(iterator.Next(out nuint count));
        Assert.Equal(1u, count);
        Assert.False(iterator.Next(out _));
    }

    /// <summary>Returns the lengths of the blocks, and whether no block of x was copied.</summary>
    private static (List<nuint> Counts, bool Direct) Blocks(ReadOnlyTensorSpan<float> x, ReadOnlyTensorSpan<float> y, bool inOrder)
    {
        int workspaceLength = TensorIterator.WorkspaceLength(x.Rank);
        TensorIterator iterator = new(x.FlattenedLength, x.Lengths, stackalloc nint[workspaceLength], inOrder, x.Strides, y.Strides);
        Span<float> buffer = stackalloc float[iterator.BufferLength(x.Strides)];
        TensorReader<float> xs = new(x, iterator, stackalloc nint[workspaceLength], buffer);
        List<nuint> counts = [];
        bool direct = true;
        while (iterator.Next(out nuint count))
        {
            counts.Add(count);
            direct &= buffer.IsEmpty || !Unsafe.AreSame(in xs.Next(count), in buffer[0]);
        }

        return (counts, direct);
    }

    [Fact]
    public void Iteration_does_not_allocate()
    {
        Random random = new(3);
        for (int round = 0; round < 30; round++)
        {
            nint[] shape = Layouts.CreateShape(random, rank: 1 + (round % 6), maxCount: 6000);
            Layout x = Layouts.Create(random, shape, broadcast: true);
            Layout sum = Layouts.Create(random, shape, broadcast: false);
            float[] xs = new float[x.MemoryLength];
            double[] ys = new double[x.MemoryLength];
            float[] sums = new float[sum.MemoryLength];
            double[] differences = new double[sum.MemoryLength];

            // From rank 5 on, the constructor of a tensor span allocates. A tensor is made once and provides its spans without allocating.
            Tensor<float> xTensor = Tensor.Create(xs, x.Start, x.Lengths, x.Strides);
            Tensor<double> yTensor = Tensor.Create(ys, x.Start, x.Lengths, x.Strides);
            Tensor<float> sumTensor = Tensor.Create(sums, sum.Start, sum.Lengths, sum.Strides);
            Tensor<double> differenceTensor = Tensor.Create(differences, sum.Start, sum.Lengths, sum.Strides);
            Assert.Equal(0, AllocationMeter.Measure(() => Run(
                xTensor.AsReadOnlyTensorSpan(), yTensor.AsReadOnlyTensorSpan(), sumTensor.AsTensorSpan(), differenceTensor.AsTensorSpan())));
        }

        static void Run(ReadOnlyTensorSpan<float> x, ReadOnlyTensorSpan<double> y, TensorSpan<float> sum, TensorSpan<double> difference)
        {
            TensorValidation.ThrowIfShapesDiffer(y.Lengths, x.Lengths, nameof(y));
            TensorValidation.ThrowIfSelfOverlapping(sum.Lengths, sum.Strides, nameof(sum));
            TensorValidation.ValidateOverlap<float, float>(sum, x, nameof(sum));
            TensorValidation.ValidateOverlap<float, double>(sum, y, nameof(sum));
            TensorValidation.ThrowIfOverlapping<double, float>(difference, sum, nameof(difference));
            Iterate(x, y, sum, difference, inOrder: false, visited: null);
            Iterate(x, y, sum, difference, inOrder: true, visited: null);
        }
    }

    private static double[] Values(Random random, int count) =>
        Enumerable.Range(0, count).Select(_ => (double)random.Next(1 << 20)).ToArray();
}
