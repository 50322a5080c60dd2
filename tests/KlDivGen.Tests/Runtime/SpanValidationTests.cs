using KlDivGen.CompilerServices;

namespace KlDivGen.Tests.Runtime;

public class SpanValidationTests
{
    [Fact]
    public void ThrowIfLengthsDiffer_accepts_equal_lengths_and_reports_others()
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
    public void ThrowIfTooShort_accepts_longer_destinations_and_reports_shorter_ones()
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
    public void ValidateBatchSize_accepts_divisors(int batchSize, int length) => SpanValidation.ValidateBatchSize(batchSize, length, nameof(batchSize));

    [Theory]
    [InlineData(0, 5)]
    [InlineData(0, 0)]
    [InlineData(-1, 5)]
    [InlineData(int.MinValue, 8)]
    public void ValidateBatchSize_rejects_sizes_that_are_not_positive(int batchSize, int length)
    {
        ArgumentOutOfRangeException error =
            Assert.Throws<ArgumentOutOfRangeException>("n", () => SpanValidation.ValidateBatchSize(batchSize, length, "n"));
        Assert.Equal(batchSize, error.ActualValue);
    }

    [Theory]
    [InlineData(2, 5)]
    [InlineData(6, 5)]
    [InlineData(int.MaxValue, 5)]
    public void ValidateBatchSize_rejects_sizes_that_do_not_divide_the_length(int batchSize, int length)
    {
        ArgumentException error = Assert.Throws<ArgumentException>("n", () => SpanValidation.ValidateBatchSize(batchSize, length, "n"));
        Assert.Contains($"is {batchSize},", error.Message, StringComparison.Ordinal);
        Assert.Contains($"length, {length}.", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Tries every pair of positions for two operands of n elements in an array of 16.</summary>
    [Fact]
    public void Overlap_checks_agree_with_the_sets_of_elements()
    {
        float[] memory = new float[16];
        for (int n = 0; n <= 5; n++)
        {
            for (int source = 0; source <= 16 - n; source++)
            {
                for (int destination = 0; destination <= 16 - n; destination++)
                {
                    // The destination may be longer: only its first n elements count.
                    bool overlap = Enumerable.Range(source, n).Intersect(Enumerable.Range(destination, n)).Any();
                    bool Check() => SpanValidation.ValidateOverlap<float, float>(memory.AsSpan(destination), memory.AsSpan(source, n), "out");
                    if (overlap && source != destination)
                    {
                        Assert.Throws<ArgumentException>("out", () => Check());
                    }
                    else
                    {
                        Assert.Equal(overlap, Check());
                    }

                    void CheckPair() => SpanValidation.ThrowIfOverlapping<float, float>(memory.AsSpan(destination), memory.AsSpan(source), n, "grad");
                    if (overlap)
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
    public void Operands_of_different_types_are_compared_by_bytes_and_are_never_identical()
    {
        double[] memory = new double[16];
        for (int n = 0; n <= 4; n++)
        {
            for (int source = 0; source <= 16 - n; source++)
            {
                for (int destination = 0; destination <= 32 - n; destination++)
                {
                    bool overlap = Enumerable.Range(8 * source, 8 * n).Intersect(Enumerable.Range(4 * destination, 4 * n)).Any();
                    bool Narrow() => SpanValidation.ValidateOverlap<float, double>(Floats(memory)[destination..], memory.AsSpan(source, n), "out");
                    bool Wide() => SpanValidation.ValidateOverlap<double, float>(memory.AsSpan(source), Floats(memory).Slice(destination, n), "out");
                    if (overlap)
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
    public void Empty_operands_do_not_overlap()
    {
        Assert.False(SpanValidation.ValidateOverlap<float, float>(default, default, "out"));
        SpanValidation.ThrowIfOverlapping<float, float>(default, default, 0, "out");
    }
}
