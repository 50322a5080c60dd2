using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using KlDivGen.CompilerServices;

namespace KlDivGen.Tests.Runtime;

public class TensorValidationTests
{
    [Fact]
    public void ThrowIfShapesDiffer_compares_rank_and_dimensions_and_reports_both_shapes()
    {
        TensorValidation.ThrowIfShapesDiffer([5, 20], [5, 20], "target");
        TensorValidation.ThrowIfShapesDiffer([], [], "target");

        foreach ((nint[] shape, string text) in new (nint[], string)[]
            { ([5, 21], "[5, 21]"), ([20, 5], "[20, 5]"), ([5, 20, 1], "[5, 20, 1]"), ([100], "[100]"), ([], "[]") })
        {
            ArgumentException error = Assert.Throws<ArgumentException>("y", () => TensorValidation.ThrowIfShapesDiffer(shape, [5, 20], "y"));
            Assert.Contains($"shape is {text},", error.Message, StringComparison.Ordinal);
            Assert.Contains("input's shape is [5, 20];", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void GetBatchSize_returns_the_first_dimension_and_1_for_rank_0()
    {
        Assert.Equal(4, TensorValidation.GetBatchSize([4, 5, 6]));
        Assert.Equal(0, TensorValidation.GetBatchSize([0, 5]));
        Assert.Equal(1, TensorValidation.GetBatchSize([]));
    }

    [Fact]
    public void ThrowIfSelfOverlapping_rejects_a_broadcast_destination()
    {
        ArgumentException error =
            Assert.Throws<ArgumentException>("output", () => TensorValidation.ThrowIfSelfOverlapping([4, 6], [0, 1], "output"));
        Assert.Contains("[4, 6]", error.Message, StringComparison.Ordinal);
        Assert.Contains("[0, 1]", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("output", () => TensorValidation.ThrowIfSelfOverlapping([4, 6], [1, 0], "output"));
        Assert.Throws<ArgumentException>("output", () => TensorValidation.ThrowIfSelfOverlapping([4, 4], [1, 1], "output"));
        TensorValidation.ThrowIfSelfOverlapping([1, 6], [0, 1], "output");
        TensorValidation.ThrowIfSelfOverlapping([4, 0, 6], [0, 0, 1], "output");
        TensorValidation.ThrowIfSelfOverlapping([], [], "output");
    }

    [Fact]
    public void ThrowIfSelfOverlapping_accepts_layouts_without_broadcasting_and_rejects_layouts_that_repeat_an_element()
    {
        Random random = new(11);
        for (int round = 0; round < 3000; round++)
        {
            nint[] shape = Layouts.CreateShape(random, rank: 1 + (round % 6), maxCount: 500);
            Layout layout = Layouts.Create(random, shape, broadcast: false);
            TensorValidation.ThrowIfSelfOverlapping(layout.Lengths, layout.Strides, "output");

            // Arbitrary strides: none that repeats an element may pass.
            Layout arbitrary = new(shape, [.. shape.Select(_ => (nint)random.Next(-9, 9))], 0, 0);
            int[] positions = arbitrary.Positions();
            if (positions.Distinct().Count() != positions.Length)
            {
                Assert.Throws<ArgumentException>("output", () => TensorValidation.ThrowIfSelfOverlapping(arbitrary.Lengths, arbitrary.Strides, "output"));
            }
        }
    }

    [Fact]
    public void Tensor_overlap_checks_agree_with_the_sets_of_elements()
    {
        Random random = new(12);
        int same = 0, interleaved = 0, partial = 0;
        for (int round = 0; round < 20000; round++)
        {
            // Two layouts of a small shape in one array, often with equal strides and different starts, like slices.
            nint[] shape = [.. Enumerable.Range(0, 1 + (round % 4)).Select(_ => (nint)random.Next(1, 5))];
            Layout source = Layouts.Create(random, shape, broadcast: random.Next(4) == 0);
            Layout destination = random.Next(4) == 0
                ? Layouts.Create(random, shape, broadcast: false)
                : source with { Start = random.Next(4) == 0 ? source.Start : random.Next(0, 40) };
            float[] memory = new float[8000];
            int[] from = source.Positions(), to = destination.Positions();
            bool overlap = from.Intersect(to).Any();
            bool exact = from.AsSpan().SequenceEqual(to) && source.Strides.AsSpan().SequenceEqual(destination.Strides);
            bool Check() => TensorValidation.ValidateOverlap<float, float>(
                new TensorSpan<float>(memory, destination.Start, destination.Lengths, destination.Strides),
                new ReadOnlyTensorSpan<float>(memory, source.Start, source.Lengths, source.Strides),
                "output");
            void CheckPair() => TensorValidation.ThrowIfOverlapping<float, float>(
                new TensorSpan<float>(memory, destination.Start, destination.Lengths, destination.Strides),
                new TensorSpan<float>(memory, source.Start, source.Lengths, source.Strides),
                "gradInput");
            if (overlap && !exact)
            {
                partial++;
                Assert.Throws<ArgumentException>("output", () => Check());
            }
            else
            {
                same += exact ? 1 : 0;
                interleaved += !overlap && from.Min() < to.Max() && to.Min() < from.Max() ? 1 : 0;
                Assert.Equal(exact, Check());
            }

            if (overlap)
            {
                Assert.Throws<ArgumentException>("gradInput", CheckPair);
            }
            else
            {
                CheckPair();
            }
        }

        // The random layouts must include enough of each kind for the test to be meaningful.
        Assert.All([same, interleaved, partial], times => Assert.InRange(times, 500, int.MaxValue));
    }

    [Fact]
    public void Interleaved_slices_of_a_large_matrix_do_not_overlap()
    {
        float[] memory = new float[1 << 20];
        Assert.False(ValidateOverlap([1024, 512], [1024, 1], start: 512));
        Assert.False(ValidateOverlap([512, 1024], [2048, 1], start: 1024));
        Assert.False(ValidateOverlap([1024, 512], [1024, 2], start: 1));
        Assert.True(ValidateOverlap([1024, 512], [1024, 1], start: 0));
        Assert.Throws<ArgumentException>("output", () => ValidateOverlap([1024, 513], [1024, 1], start: 511));

        // A matrix and its own transpose share the diagonal.
        Assert.Throws<ArgumentException>("output", () => TensorValidation.ValidateOverlap<float, float>(
            new TensorSpan<float>(memory, 0, [1024, 1024], [1, 1024]),
            new ReadOnlyTensorSpan<float>(memory, 0, [1024, 1024], [1024, 1]),
            "output"));

        bool ValidateOverlap(nint[] lengths, nint[] strides, int start) => TensorValidation.ValidateOverlap<float, float>(
            new TensorSpan<float>(memory, 0, lengths, strides), new ReadOnlyTensorSpan<float>(memory, start, lengths, strides), "output");
    }

    [Fact]
    public void Tensors_of_different_types_overlap_if_their_extents_intersect()
    {
        double[] memory = new double[64];
        Assert.False(TensorValidation.ValidateOverlap<double, float>(
            new TensorSpan<double>(memory, [4, 8]), new ReadOnlyTensorSpan<float>(Floats(memory)[64..], [4, 8]), "output"));
        Assert.Throws<ArgumentException>("output", () => TensorValidation.ValidateOverlap<double, float>(
            new TensorSpan<double>(memory, [4, 8]), new ReadOnlyTensorSpan<float>(Floats(memory)[63..], [4, 8]), "output"));
        Assert.Throws<ArgumentException>("output", () => TensorValidation.ValidateOverlap<double, float>(
            new TensorSpan<double>(memory, [4, 8]), new ReadOnlyTensorSpan<float>(Floats(memory), [4, 8]), "output"));

        static Span<float> Floats(double[] memory) => MemoryMarshal.Cast<double, float>(memory.AsSpan());
    }

    [Fact]
    public void Empty_tensors_do_not_overlap()
    {
        float[] memory = new float[8];
        Assert.False(TensorValidation.ValidateOverlap<float, float>(default, default, "output"));
        Assert.False(TensorValidation.ValidateOverlap<float, float>(
            new TensorSpan<float>(memory, [2, 0]), new TensorSpan<float>(memory, [2, 0]), "output"));
        TensorValidation.ThrowIfOverlapping<float, float>(default, default, "output");
    }
}
