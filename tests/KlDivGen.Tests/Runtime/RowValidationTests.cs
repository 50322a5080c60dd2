using KlDivGen.CompilerServices;

namespace KlDivGen.Tests.Runtime;

/// <summary>Tests the checks of methods that compute row by row.</summary>
public sealed class RowValidationTests
{
    [Theory]
    [InlineData(new long[] { }, 0)]
    [InlineData(new long[] { 7 }, 1)]
    [InlineData(new long[] { 0 }, 1)]
    [InlineData(new long[] { 3, 7 }, 3)]
    [InlineData(new long[] { 0, 7 }, 0)]
    [InlineData(new long[] { 2, 3, 7 }, 6)]
    public void Rows_of_a_tensor_are_all_dimensions_but_the_last(long[] shape, int rows) =>
        Assert.Equal(rows, RowValidation.GetRowCount([.. shape.Select(length => (nint)length)]));

    [Fact]
    public void A_tensor_of_rank_1_has_one_value_per_row_in_shape_1()
    {
        RowValidation.ThrowIfNotOnePerRow([1], (ReadOnlySpan<nint>)[7], "output");
        RowValidation.ThrowIfNotOnePerRow([2, 3], (ReadOnlySpan<nint>)[2, 3, 7], "output");
        foreach (nint[] shape in new nint[][] { [], [0], [7], [2], [1, 1] })
        {
            ArgumentException error = Assert.Throws<ArgumentException>(
                () => RowValidation.ThrowIfNotOnePerRow(shape, (ReadOnlySpan<nint>)[7], "output"));
            Assert.Equal("output", error.ParamName);
            Assert.Contains("without its last dimension: one row, [1].", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_number_of_rows_of_an_empty_tensor_does_not_overflow()
    {
        nint large = int.MaxValue;
        Assert.Equal(0, RowValidation.GetRowCount([0, large, large, large, 4]));
        Assert.Equal(0, RowValidation.GetRowCount([large, large, large, 0, 4]));
        Assert.Equal(large * large, RowValidation.GetRowCount([large, large, 0]));
        Assert.Equal(nint.MaxValue, RowValidation.GetRowCount([large, large, large, 0]));
    }

    [Theory]
    [InlineData(1 / (double)float.MaxValue, true)]
    [InlineData(float.MaxValue, true)]
    [InlineData(2, true)]
    [InlineData(5.57e-309, false)]
    [InlineData(1e-40, false)]
    [InlineData(double.MaxValue, false)]
    public void A_temperature_with_a_finite_reciprocal_is_accepted(double temperature, bool roundsToSingle) =>
        RowValidation.ValidateTemperature(temperature, roundsToSingle, nameof(temperature));

    [Theory]
    [InlineData(0, true)]
    [InlineData(-2, true)]
    [InlineData(double.NaN, true)]
    [InlineData(float.Epsilon, true)]
    [InlineData(1e-40, true)]
    [InlineData(2.9387358e-39, true)]
    [InlineData(1e39, true)]
    [InlineData(5e-309, false)]
    [InlineData(double.Epsilon, false)]
    [InlineData(double.PositiveInfinity, false)]
    public void A_temperature_without_a_finite_reciprocal_is_refused(double temperature, bool roundsToSingle)
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(
            () => RowValidation.ValidateTemperature(temperature, roundsToSingle, nameof(temperature)));
        Assert.Equal("temperature", error.ParamName);
        Assert.Contains(roundsToSingle ? "from 2.94E-39 to 3.4E+38" : "from 5.57E-309 to 1.79E+308", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1.09e-19, true)]
    [InlineData(1.84e19, true)]
    [InlineData(1.5e-154, false)]
    [InlineData(1.34e154, false)]
    public void A_temperature_with_a_normal_square_is_accepted(double temperature, bool roundsToSingle) =>
        RowValidation.ValidateSquaredTemperature(temperature, roundsToSingle, nameof(temperature));

    [Theory]
    [InlineData(0, true)]
    [InlineData(-2, true)]
    [InlineData(double.NaN, true)]
    [InlineData(1.08e-19, true)]
    [InlineData(1.85e19, true)]
    [InlineData(float.PositiveInfinity, true)]
    [InlineData(-2, false)]
    [InlineData(1.49e-154, false)]
    [InlineData(1.35e154, false)]
    [InlineData(double.MaxValue, false)]
    public void A_temperature_without_a_normal_square_is_refused(double temperature, bool roundsToSingle)
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(
            () => RowValidation.ValidateSquaredTemperature(temperature, roundsToSingle, nameof(temperature)));
        Assert.Equal("temperature", error.ParamName);
        Assert.Contains(roundsToSingle ? "from 1.09E-19 to 1.84E+19" : "from 1.5E-154 to 1.34E+154", error.Message, StringComparison.Ordinal);
    }
}
