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
}
