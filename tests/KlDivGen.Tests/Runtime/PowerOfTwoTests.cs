using System.Numerics;
using System.Runtime.Intrinsics;
using KlDivGen.CompilerServices;

namespace KlDivGen.Tests.Runtime;

/// <summary>Products with powers of two, at both vector widths, with and without instructions for them.</summary>
public sealed class PowerOfTwoTests
{
    [Fact]
    public void Scale_multiplies_floats_by_every_power_with_a_normal_product()
    {
        foreach (float value in new[] { 0.75f, 1, 1.4142135f, 1.9999999f })
        {
            for (int n = -125; n <= 126; n++)
            {
                float expected = MathF.ScaleB(value, n);
                Assert.Equal(new Vector<float>(expected), PowerOfTwo.Scale(new Vector<float>(value), new Vector<float>(n)));
                Assert.Equal(Vector512.Create(expected), PowerOfTwo.Scale(Vector512.Create(value), Vector512.Create((float)n)));
            }
        }
    }

    [Fact]
    public void Scale_multiplies_doubles_by_every_power_with_a_normal_product()
    {
        foreach (double value in new[] { 0.75, 1, 1.4142135623730951, 1.9999999999999998 })
        {
            for (int n = -1021; n <= 1022; n++)
            {
                double expected = Math.ScaleB(value, n);
                Assert.Equal(new Vector<double>(expected), PowerOfTwo.Scale(new Vector<double>(value), new Vector<double>(n)));
                Assert.Equal(Vector512.Create(expected), PowerOfTwo.Scale(Vector512.Create(value), Vector512.Create((double)n)));
            }
        }
    }

    [Fact]
    public void ScaleClamped_multiplies_by_normal_powers_and_is_negligible_below()
    {
        foreach (int n in (int[])[-126, -125, -1, 0, 1, 126])
        {
            float expected = MathF.ScaleB(1.5f, n);
            Assert.Equal(new Vector<float>(expected), PowerOfTwo.ScaleClamped(new Vector<float>(1.5f), new Vector<float>(n)));
            Assert.Equal(Vector512.Create(expected), PowerOfTwo.ScaleClamped(Vector512.Create(1.5f), Vector512.Create((float)n)));
        }

        foreach (int n in (int[])[-1022, -1021, -1, 0, 1, 1022])
        {
            double expected = Math.ScaleB(1.5, n);
            Assert.Equal(new Vector<double>(expected), PowerOfTwo.ScaleClamped(new Vector<double>(1.5), new Vector<double>(n)));
            Assert.Equal(Vector512.Create(expected), PowerOfTwo.ScaleClamped(Vector512.Create(1.5), Vector512.Create((double)n)));
        }

        foreach (float n in (float[])[-127, -128, -150, -300, -1e9f, float.MinValue, float.NegativeInfinity])
        {
            Assert.InRange(PowerOfTwo.ScaleClamped(new Vector<float>(1.5f), new Vector<float>(n))[0], 0, 2.4e-38f);
            Assert.InRange(PowerOfTwo.ScaleClamped(Vector512.Create(1.5f), Vector512.Create(n))[0], 0, 2.4e-38f);
        }

        foreach (double n in (double[])[-1023, -1024, -1100, -3000, -1e18, double.MinValue, double.NegativeInfinity])
        {
            Assert.InRange(PowerOfTwo.ScaleClamped(new Vector<double>(1.5), new Vector<double>(n))[0], 0, 4.5e-308);
            Assert.InRange(PowerOfTwo.ScaleClamped(Vector512.Create(1.5), Vector512.Create(n))[0], 0, 4.5e-308);
        }
    }

    /// <summary>The root of a power of two, compared with the middles between its neighbours and itself by whole numbers: their powers.</summary>
    [Fact]
    public void Fractional_rounds_every_power_to_nearest()
    {
        for (int n = 0; n < 4096; n++)
        {
            float power = PowerOfTwo.Fractional(Vector512.Create(0x4B400000 + n))[n % 16];
            AssertNearest(BitConverter.SingleToInt32Bits(power), 23, n, 32);
        }

        for (int n = 0; n < 16384; n++)
        {
            double power = PowerOfTwo.Fractional(Vector512.Create(0x4338000000000000 + n))[n % 8];
            AssertNearest(BitConverter.DoubleToInt64Bits(power), 52, n, 16);
        }

        static void AssertNearest(long bits, int mantissaBits, int n, int steps)
        {
            // The exponents −125 and −1021 are 2 in the bits.
            Assert.Equal((n / steps) + 2, bits >> mantissaBits);
            BigInteger mantissa = (bits & ((1L << mantissaBits) - 1)) | (1L << mantissaBits);
            BigInteger exact = BigInteger.One << ((n % steps) + ((mantissaBits + 1) * steps));
            Assert.True(BigInteger.Pow((2 * mantissa) - 1, steps) < exact);
            Assert.True(exact < BigInteger.Pow((2 * mantissa) + 1, steps));
        }
    }
}
