using System.Runtime.Intrinsics;
using KlDivGen.CompilerServices;

namespace KlDivGen.Tests.Runtime;

/// <summary>Every 16-bit number, widened from an even and from an odd lane.</summary>
public sealed class EvenOddLanesTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(13)]
    [InlineData(14)]
    public void Lanes_are_widened_with_their_signs_and_shifted(int shift)
    {
        for (int value = short.MinValue; value <= short.MaxValue; value++)
        {
            Vector512<short> even = Vector512.AsInt16(Vector512.Create((value & 0xFFFF) | (0x5A5A << 16)));
            Vector512<short> odd = Vector512.AsInt16(Vector512.Create((value << 16) | 0xA5A5));
            Assert.Equal(Vector512.Create(value << shift), EvenOddLanes.WidenEven(even, shift));
            Assert.Equal(Vector512.Create(value << shift), EvenOddLanes.WidenOdd(odd, shift));
        }
    }
}
