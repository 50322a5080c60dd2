using KlDivGen.CompilerServices;

namespace KlDivGen.Tests.Runtime;

/// <summary>Conversions of scalars from and to the 16-bit structures of libraries.</summary>
public sealed class SixteenBitConverterTests
{
    private const int Infinity = 0x7F80;

    [Fact]
    public void Every_bfloat16_becomes_the_double_of_the_same_value_and_back()
    {
        for (int bits = 0; bits <= ushort.MaxValue; bits++)
        {
            double value = BFloat16Converter.ToDouble(new Structure((ushort)bits));

            Assert.Equal(BitConverter.Int32BitsToSingle(bits << 16), value);
            ushort back = BFloat16Converter.FromDouble<Structure>(value).Bits;
            Assert.True(double.IsNaN(value) ? IsNaN(back, Infinity) : back == bits, $"{bits:X4} became {back:X4}.");
        }
    }

    [Fact]
    public void Every_half_becomes_the_double_of_the_same_value_and_back()
    {
        for (int bits = 0; bits <= ushort.MaxValue; bits++)
        {
            double value = HalfConverter.ToDouble(new Structure((ushort)bits));

            Assert.Equal((double)BitConverter.UInt16BitsToHalf((ushort)bits), value);
            ushort back = HalfConverter.FromDouble<Structure>(value).Bits;
            Assert.True(double.IsNaN(value) ? IsNaN(back, 0x7C00) : back == bits, $"{bits:X4} became {back:X4}.");
        }
    }

    [Fact]
    public void A_double_becomes_the_nearest_bfloat16_and_a_tie_the_even_one()
    {
        for (int bits = 0; bits < Infinity; bits++)
        {
            double next = bits + 1 == Infinity ? Math.ScaleB(1, 128) : BitConverter.Int32BitsToSingle((bits + 1) << 16);
            double middle = (BitConverter.Int32BitsToSingle(bits << 16) + next) / 2;
            int even = bits + (bits & 1);
            foreach ((double number, int nearest) in new[]
            {
                (Math.BitDecrement(middle), bits), (middle, even), (Math.BitIncrement(middle), bits + 1),
            })
            {
                Assert.Equal(nearest, BFloat16Converter.FromDouble<Structure>(number).Bits);
                Assert.Equal(nearest | 0x8000, BFloat16Converter.FromDouble<Structure>(-number).Bits);
            }
        }
    }

    [Theory]
    [InlineData(double.MaxValue, 0x7F80)]
    [InlineData(double.NegativeInfinity, 0xFF80)]
    [InlineData(-double.Epsilon, 0x8000)]
    [InlineData(double.Epsilon, 0x0000)]
    public void Numbers_out_of_range_become_infinite_or_zero(double number, int bits) =>
        Assert.Equal(bits, BFloat16Converter.FromDouble<Structure>(number).Bits);

    [Fact]
    public void A_structure_of_another_size_is_refused()
    {
        Assert.Throws<NotSupportedException>(() => BFloat16Converter.ToDouble(1f));
        Assert.Throws<NotSupportedException>(() => BFloat16Converter.FromDouble<int>(1));
        Assert.Throws<NotSupportedException>(() => HalfConverter.ToDouble(1.0));
        Assert.Throws<NotSupportedException>(() => HalfConverter.FromDouble<byte>(1));
    }

    private static bool IsNaN(ushort bits, int infinity) => (bits & 0x7FFF) > infinity;

    /// <summary>A structure as TorchSharp and ONNX Runtime have it.</summary>
    private readonly record struct Structure(ushort Bits);
}
