using System.Numerics;
using KlDivGen.CompilerServices;

namespace KlDivGen.Tests.Runtime;

public sealed class ExactAccumulatorTests
{
    public static TheoryData<string> Kinds => [.. RandomNumbers.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_total_is_the_exact_sum_rounded_once(string kind)
    {
        double[] numbers = RandomNumbers.Create(kind, 2000, seed: 1);
        ExactAccumulator accumulator = default;
        BigInteger exact = 0;
        foreach (double number in numbers)
        {
            accumulator.Add(number);
            exact += ExactSum.ToUnits(number);
            AssertBits(ExactSum.Round(exact), accumulator.Total);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_single_number_is_its_own_total(string kind)
    {
        foreach (double number in RandomNumbers.Create(kind, 2000, seed: 2))
        {
            ExactAccumulator accumulator = default;
            accumulator.Add(number);
            AssertBits(number, accumulator.Total);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_sum_of_numbers_and_their_negatives_is_zero(string kind)
    {
        double[] numbers = RandomNumbers.Create(kind, 500, seed: 3);
        ExactAccumulator accumulator = default;
        foreach (double number in numbers)
        {
            accumulator.Add(number);
        }

        foreach (double number in numbers.Reverse())
        {
            accumulator.Add(-number);
        }

        AssertBits(0, accumulator.Total);
        Assert.True(ExactAccumulator.AreEqual(default, accumulator));
    }

    public static TheoryData<double, double, double> Ties => new()
    {
        { 1, Math.ScaleB(1, -53), 1 },
        { Math.BitIncrement(1), Math.ScaleB(1, -53), 1 + Math.ScaleB(1, -51) },
        { -1, Math.ScaleB(-1, -53), -1 },
        { double.MaxValue, Math.ScaleB(1, 970), double.PositiveInfinity },
        { -double.MaxValue, -Math.ScaleB(1, 970), double.NegativeInfinity },
    };

    [Theory]
    [MemberData(nameof(Ties))]
    public void A_tie_goes_to_the_even_neighbor(double a, double b, double expected)
    {
        ExactAccumulator accumulator = default;
        accumulator.Add(a);
        accumulator.Add(b);
        AssertBits(expected, accumulator.Total);
    }

    [Fact]
    public void The_smallest_number_breaks_a_tie()
    {
        ExactAccumulator accumulator = default;
        accumulator.Add(1);
        accumulator.Add(Math.ScaleB(1, -53));
        accumulator.Add(double.Epsilon);
        AssertBits(Math.BitIncrement(1), accumulator.Total);
    }

    [Fact]
    public void A_sum_may_be_out_of_range_in_between()
    {
        ExactAccumulator accumulator = default;
        for (int i = 0; i < 1000; i++)
        {
            accumulator.Add(double.MaxValue);
        }

        AssertBits(double.PositiveInfinity, accumulator.Total);
        for (int i = 0; i < 1999; i++)
        {
            accumulator.Add(-double.MaxValue);
        }

        AssertBits(double.NegativeInfinity, accumulator.Total);
        for (int i = 0; i < 1000; i++)
        {
            accumulator.Add(double.MaxValue);
        }

        AssertBits(double.MaxValue, accumulator.Total);
    }

    [Theory]
    [InlineData(new[] { double.PositiveInfinity }, double.PositiveInfinity)]
    [InlineData(new[] { double.NegativeInfinity, -1, 1e308 }, double.NegativeInfinity)]
    [InlineData(new[] { double.NegativeInfinity, double.PositiveInfinity }, double.NaN)]
    [InlineData(new[] { double.NaN }, double.NaN)]
    [InlineData(new[] { 1, double.NaN, double.PositiveInfinity }, double.NaN)]
    public void Numbers_that_are_not_finite_add_as_in_one_sum(double[] numbers, double expected)
    {
        ExactAccumulator accumulator = default;
        ExactAccumulator merged = default;
        foreach (double number in numbers.Concat([2, -0.0]))
        {
            ExactAccumulator one = default;
            one.Add(number);
            accumulator.Add(number);
            merged.Add(one);
        }

        AssertBits(expected, accumulator.Total);
        AssertBits(expected, merged.Total);
    }

    [Fact]
    public void A_NaN_has_the_same_bits_whatever_its_payload()
    {
        ExactAccumulator accumulator = default;
        accumulator.Add(BitConverter.UInt64BitsToDouble(0x7FF0_0000_0000_0001));
        AssertBits(double.NaN, accumulator.Total);
    }

    private static void AssertBits(double expected, double actual) =>
        Assert.Equal(BitConverter.DoubleToUInt64Bits(expected), BitConverter.DoubleToUInt64Bits(actual));
}
