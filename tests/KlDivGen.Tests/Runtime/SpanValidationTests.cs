using KlDivGen.CompilerServices;

namespace KlDivGen.Tests.Runtime;

public class SpanValidationTests
{
    [Fact]
    public void SameLength_accepts_equal_lengths_and_names_the_parameter_and_both_lengths_otherwise()
    {
        SpanValidation.ThrowIfLengthsDiffer(0, 0, "target");
        SpanValidation.ThrowIfLengthsDiffer(7, 7, "target");

        foreach ((int length, int input) in new[] { (6, 7), (7, 6), (0, 1), (1, 0) })
        {
            ArgumentException error = Assert.Throws<ArgumentException>("y", () => SpanValidation.ThrowIfLengthsDiffer(length, input, "y"));
            Assert.Contains($"length is {length},", error.Message, StringComparison.Ordinal);
            Assert.Contains($"input's length is {input};", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void LongEnough_accepts_longer_destinations_and_names_a_shorter_one()
    {
        SpanValidation.ThrowIfTooShort(0, 0, "output");
        SpanValidation.ThrowIfTooShort(7, 7, "output");
        SpanValidation.ThrowIfTooShort(8, 7, "output");

        ArgumentException error = Assert.Throws<ArgumentException>("loss", () => SpanValidation.ThrowIfTooShort(6, 7, "loss"));
        Assert.Contains("length is 6,", error.Message, StringComparison.Ordinal);
        Assert.Contains("input's length is 7;", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(5, 5)]
    [InlineData(3, 12)]
    [InlineData(9, 0)]
    [InlineData(int.MaxValue, 0)]
    public void BatchSize_accepts_divisors(int batchSize, int length) => SpanValidation.ValidateBatchSize(batchSize, length, "batchSize");

    [Theory]
    [InlineData(0, 5)]
    [InlineData(0, 0)]
    [InlineData(-1, 5)]
    [InlineData(int.MinValue, 8)]
    public void BatchSize_that_is_not_positive_is_out_of_range(int batchSize, int length)
    {
        ArgumentOutOfRangeException error =
            Assert.Throws<ArgumentOutOfRangeException>("n", () => SpanValidation.ValidateBatchSize(batchSize, length, "n"));
        Assert.Equal(batchSize, error.ActualValue);
    }

    [Theory]
    [InlineData(2, 5)]
    [InlineData(6, 5)]
    [InlineData(int.MaxValue, 5)]
    public void BatchSize_that_does_not_divide_names_both_numbers(int batchSize, int length)
    {
        ArgumentException error = Assert.Throws<ArgumentException>("n", () => SpanValidation.ValidateBatchSize(batchSize, length, "n"));
        Assert.Contains($"is {batchSize},", error.Message, StringComparison.Ordinal);
        Assert.Contains($"length, {length}.", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Every pair of places for two operands of n elements in 16, against the sets of elements they take.</summary>
    [Fact]
    public void InPlace_and_Disjoint_tell_same_apart_and_entangled()
    {
        float[] memory = new float[16];
        for (int n = 0; n <= 5; n++)
        {
            for (int source = 0; source <= 16 - n; source++)
            {
                for (int destination = 0; destination <= 16 - n; destination++)
                {
                    // The destination may be longer; what is beyond its first n elements does not count.
                    bool meet = Enumerable.Range(source, n).Intersect(Enumerable.Range(destination, n)).Any();
                    bool Check() => SpanValidation.ValidateOverlap<float, float>(memory.AsSpan(destination), memory.AsSpan(source, n), "out");
                    if (meet && source != destination)
                    {
                        Assert.Throws<ArgumentException>("out", () => Check());
                    }
                    else
                    {
                        Assert.Equal(meet, Check());
                    }

                    void CheckPair() => SpanValidation.ThrowIfOverlapping<float, float>(memory.AsSpan(destination), memory.AsSpan(source), n, "grad");
                    if (meet)
                    {
                        Assert.Throws<ArgumentException>("grad", CheckPair);
                    }
                    else
                    {
                        CheckPair();
                    }
                }
            }
        }
    }

    [Fact]
    public void Operands_of_different_types_are_compared_by_bytes_and_never_the_same()
    {
        double[] memory = new double[16];
        for (int n = 0; n <= 4; n++)
        {
            for (int source = 0; source <= 16 - n; source++)
            {
                for (int destination = 0; destination <= 32 - n; destination++)
                {
                    bool meet = Enumerable.Range(8 * source, 8 * n).Intersect(Enumerable.Range(4 * destination, 4 * n)).Any();
                    bool Narrow() => SpanValidation.ValidateOverlap<float, double>(Floats(memory)[destination..], memory.AsSpan(source, n), "out");
                    bool Wide() => SpanValidation.ValidateOverlap<double, float>(memory.AsSpan(source), Floats(memory).Slice(destination, n), "out");
                    if (meet)
                    {
                        Assert.Throws<ArgumentException>("out", () => Narrow());
                        Assert.Throws<ArgumentException>("out", () => Wide());
                    }
                    else
                    {
                        Assert.False(Narrow());
                        Assert.False(Wide());
                    }
                }
            }
        }

        static Span<float> Floats(double[] memory) => System.Runtime.InteropServices.MemoryMarshal.Cast<double, float>(memory.AsSpan());
    }

    [Fact]
    public void Empty_operands_are_apart()
    {
        Assert.False(SpanValidation.ValidateOverlap<float, float>(default, default, "out"));
        SpanValidation.ThrowIfOverlapping<float, float>(default, default, 0, "out");
    }
}
