using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using KlDivGen.CompilerServices;

namespace KlDivGen.Tests.Runtime;

/// <summary>Tests tensors of the highest ranks, on threads with small stacks.</summary>
public sealed class TensorRankTests
{
    /// <summary>The number of native integers in 1.5 kB.</summary>
    private const int MaxWorkspaceLength = 192;

    /// <summary>A delegate over the six operands that a generated method can have.</summary>
    private delegate void Operation(
        ReadOnlyTensorSpan<double> input,
        ReadOnlyTensorSpan<double> target,
        TensorSpan<double> output,
        ReadOnlyTensorSpan<double> gradOutput,
        TensorSpan<double> gradInput,
        TensorSpan<double> gradTarget);

    public static TheoryData<int, int> RanksAndStackSizes
    {
        get
        {
            TheoryData<int, int> data = [];
            foreach (int stackSize in new[] { 80 * 1024, 256 * 1024 })
            {
                foreach (int rank in new[] { 1, 2, 20, 62, 63, 1000, 20_000 })
                {
                    data.Add(rank, stackSize);
                }
            }

            return data;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(62)]
    [InlineData(63)]
    [InlineData(20_000)]
    [InlineData(int.MaxValue)]
    public void Workspace_is_bounded_for_every_rank(int rank) =>
        Assert.InRange(TensorIterator.WorkspaceLength(rank), 3, MaxWorkspaceLength);

    /// <summary>A stack overflow ends the test process.</summary>
    [Theory]
    [MemberData(nameof(RanksAndStackSizes))]
    public void Elements_of_any_rank_are_read_and_written_on_small_stacks(int rank, int stackSize)
    {
        nint[] lengths = CreateShape(rank);
        foreach (bool inOrder in new[] { false, true })
        {
            OnThread(stackSize, () => WithOperands(lengths, writesSums: true, (input, target, output, gradOutput, gradInput, gradTarget) =>
            {
                Validate(input, target, output, gradOutput, gradInput, gradTarget);
                Add(input, target, output, gradOutput, gradInput, gradTarget, inOrder);
            }));
        }
    }

    /// <summary>Dimensions of length 2 behind one of length 0: the number of dimensions is not limited by the number of elements.</summary>
    [Theory]
    [MemberData(nameof(RanksAndStackSizes))]
    public void Empty_tensors_of_any_rank_have_no_blocks(int rank, int stackSize)
    {
        nint[] lengths = [.. Enumerable.Repeat((nint)2, rank - 1), 0];
        OnThread(stackSize, () =>
        {
            ReadOnlyTensorSpan<double> source = new(new double[4], lengths);
            TensorSpan<double> destination = new(new double[4], lengths);
            Assert.Equal(0, source.FlattenedLength);
            Validate(source, source, destination, source, destination, destination);
            Add(source, source, destination, source, destination, destination, inOrder: false);
        });
    }

    [Fact]
    public void A_broadcast_tensor_of_the_most_dimensions_is_iterated_over()
    {
        // 2⁶² elements, of which this reads the first blocks.
        nint[] lengths = [.. Enumerable.Repeat((nint)2, 62)];
        ReadOnlyTensorSpan<double> tensor = new([3], lengths, new nint[62]);
        int workspaceLength = TensorIterator.WorkspaceLength(tensor.Rank);
        TensorIterator iterator = new(
            tensor.FlattenedLength, tensor.Lengths, stackalloc nint[workspaceLength], inOrder: true, tensor.Strides, tensor.Strides);
        TensorReader<double> reader = new(
            tensor, iterator, stackalloc nint[workspaceLength], stackalloc double[iterator.BufferLength(tensor.Strides)]);
        for (int block = 0; block < 5; block++)
        {
            Assert.True(iterator.Next(out nuint count));
            ref double first = ref reader.Next(count);
            for (nuint i = 0; i < count; i++)
            {
                Assert.Equal(3, Unsafe.Add(ref first, i));
            }
        }
    }

    [Fact]
    public void Buffers_of_six_operands_hold_2048_elements_together()
    {
        WithOperands(CreateShape(20), writesSums: false, (input, target, output, gradOutput, gradInput, gradTarget) =>
        {
            TensorIterator iterator = new(
                input.FlattenedLength, input.Lengths, new nint[TensorIterator.WorkspaceLength(input.Rank)], inOrder: true,
                input.Strides, target.Strides, output.Strides, gradOutput.Strides, gradInput.Strides, gradTarget.Strides);
            int total = iterator.BufferLength(input.Strides) + iterator.BufferLength(target.Strides)
                + iterator.BufferLength(output.Strides) + iterator.BufferLength(gradOutput.Strides)
                + iterator.BufferLength(gradInput.Strides) + iterator.BufferLength(gradTarget.Strides);
            Assert.InRange(total, 1, 2048);
        });
    }

    [Fact]
    public void Overlap_checks_of_high_ranks_agree_with_the_sets_of_elements()
    {
        // Slices of one array that interleave, so that their extents intersect. The elements of both are two apart.
        double[] memory = new double[6200];
        nint[] lengths = CreateShape(20_000);
        nint[] strides = CreateStrides(lengths, reverse: false, spacing: 2);
        Assert.False(Overlap(1));
        Assert.True(Overlap(0));
        Assert.Throws<ArgumentException>("output", () => Overlap(2));

        bool Overlap(int start) => TensorValidation.ValidateOverlap<double, double>(
            new TensorSpan<double>(memory, start, lengths, strides), new ReadOnlyTensorSpan<double>(memory, 0, lengths, strides), "output");
    }

    /// <summary>A shape with up to ten dimensions of length 2, spread over the rank.</summary>
    private static nint[] CreateShape(int rank)
    {
        nint[] lengths = [.. Enumerable.Repeat((nint)1, rank)];
        int count = Math.Min(rank, 10);
        for (int i = 0; i < count; i++)
        {
            lengths[i * rank / count] = 2;
        }

        lengths[^1] *= 3;
        return lengths;
    }

    private static nint[] CreateStrides(nint[] lengths, bool reverse, nint spacing)
    {
        nint[] strides = new nint[lengths.Length];
        nint next = spacing;
        for (int i = 0; i < lengths.Length; i++)
        {
            int dimension = reverse ? i : lengths.Length - 1 - i;
            strides[dimension] = lengths[dimension] == 1 ? 0 : next;
            next *= lengths[dimension];
        }

        return strides;
    }

    /// <summary>
    /// Runs an operation on six operands, half of them with reversed strides, and checks that it wrote the sums of the sources, if it
    /// is one that does.
    /// </summary>
    private static void WithOperands(nint[] lengths, bool writesSums, Operation operation)
    {
        int count = (int)lengths.Aggregate((nint)1, (product, length) => product * length);
        nint[] strides = CreateStrides(lengths, reverse: false, spacing: 2);
        nint[] reversed = CreateStrides(lengths, reverse: true, spacing: 2);
        double[] input = new double[2 * count], target = new double[2 * count], gradOutput = new double[2 * count];
        double[] output = new double[2 * count], gradInput = new double[2 * count], gradTarget = new double[2 * count];
        for (int i = 0; i < 2 * count; i++)
        {
            (input[i], target[i], gradOutput[i]) = (i, 10_000 * i, -3 * i);
        }

        operation(
            new(input, 0, lengths, strides), new(target, 0, lengths, reversed), new(output, 0, lengths, strides),
            new(gradOutput, 0, lengths, reversed), new(gradInput, 0, lengths, strides), new(gradTarget, 0, lengths, reversed));
        if (!writesSums)
        {
            return;
        }

        int[] positions = new Layout(lengths, strides, 0, 2 * count).Positions();
        int[] reversedPositions = new Layout(lengths, reversed, 0, 2 * count).Positions();
        double[] expected = new double[2 * count], expectedReversed = new double[2 * count];
        for (int i = 0; i < count; i++)
        {
            double sum = input[positions[i]] + target[reversedPositions[i]] + gradOutput[reversedPositions[i]];
            expected[positions[i]] = sum;
            expectedReversed[reversedPositions[i]] = sum;
        }

        Assert.Equal(expected, output);
        Assert.Equal(expected, gradInput);
        Assert.Equal(expectedReversed, gradTarget);
    }

    /// <summary>Checks the arguments as a generated method does.</summary>
    private static void Validate(
        in ReadOnlyTensorSpan<double> input,
        in ReadOnlyTensorSpan<double> target,
        in TensorSpan<double> output,
        in ReadOnlyTensorSpan<double> gradOutput,
        in TensorSpan<double> gradInput,
        in TensorSpan<double> gradTarget)
    {
        TensorValidation.ThrowIfShapesDiffer(target.Lengths, input.Lengths, nameof(target));
        TensorValidation.ThrowIfSelfOverlapping(output.Lengths, output.Strides, nameof(output));
        TensorValidation.ThrowIfSelfOverlapping(gradTarget.Lengths, gradTarget.Strides, nameof(gradTarget));
        Assert.False(TensorValidation.ValidateOverlap<double, double>(output, input, nameof(output)));
        Assert.False(TensorValidation.ValidateOverlap<double, double>(gradInput, gradOutput, nameof(gradInput)));
        TensorValidation.ThrowIfOverlapping<double, double>(gradTarget, gradInput, nameof(gradTarget));
    }

    /// <summary>Writes the sum of the sources to every destination, with all memory on the stack, as a generated method does.</summary>
    private static void Add(
        in ReadOnlyTensorSpan<double> input,
        in ReadOnlyTensorSpan<double> target,
        in TensorSpan<double> output,
        in ReadOnlyTensorSpan<double> gradOutput,
        in TensorSpan<double> gradInput,
        in TensorSpan<double> gradTarget,
        bool inOrder)
    {
        int length = TensorIterator.WorkspaceLength(input.Rank);
        TensorIterator iterator = new(
            input.FlattenedLength, input.Lengths, stackalloc nint[length], inOrder,
            input.Strides, target.Strides, output.Strides, gradOutput.Strides, gradInput.Strides, gradTarget.Strides);
        TensorReader<double> source1 = new(input, iterator, stackalloc nint[length], stackalloc double[iterator.BufferLength(input.Strides)]);
        TensorReader<double> source2 = new(target, iterator, stackalloc nint[length], stackalloc double[iterator.BufferLength(target.Strides)]);
        TensorReader<double> source3 = new(
            gradOutput, iterator, stackalloc nint[length], stackalloc double[iterator.BufferLength(gradOutput.Strides)]);
        TensorWriter<double> destination1 = new(output, iterator, stackalloc nint[length], stackalloc double[iterator.BufferLength(output.Strides)]);
        TensorWriter<double> destination2 = new(
            gradInput, iterator, stackalloc nint[length], stackalloc double[iterator.BufferLength(gradInput.Strides)]);
        TensorWriter<double> destination3 = new(
            gradTarget, iterator, stackalloc nint[length], stackalloc double[iterator.BufferLength(gradTarget.Strides)]);
        while (iterator.Next(out nuint count))
        {
            ref double a = ref source1.Next(count), b = ref source2.Next(count), c = ref source3.Next(count);
            ref double x = ref destination1.Next(count), y = ref destination2.Next(count), z = ref destination3.Next(count);
            for (nuint i = 0; i < count; i++)
            {
                double sum = Unsafe.Add(ref a, i) + Unsafe.Add(ref b, i) + Unsafe.Add(ref c, i);
                Unsafe.Add(ref x, i) = sum;
                Unsafe.Add(ref y, i) = sum;
                Unsafe.Add(ref z, i) = sum;
            }

            destination1.Commit();
            destination2.Commit();
            destination3.Commit();
        }
    }

    private static void OnThread(int stackSize, Action action)
    {
        // The first run compiles the test itself, which needs more stack than running it.
        action();
        Exception? failure = null;
        Thread thread = new(
            () =>
            {
                try
                {
                    action();
                }
                catch (Exception exception)
                {
                    failure = exception;
                }
            },
            stackSize);
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }
}
