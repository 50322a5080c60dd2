using System.Numerics;
using KlDivGen.CompilerServices;

namespace KlDivGen.Tests.Runtime;

public sealed class PaddedBufferTests
{
    [Fact]
    public void CopyAndZeroPad_overwrites_the_whole_buffer()
    {
        Check<short>(i => (short)(i + 1));
        Check<float>(i => i + 1);
        Check<double>(i => i + 1);
    }

    private static void Check<T>(Func<int, T> element)
        where T : unmanaged
    {
        T[] source = [.. Enumerable.Range(0, 2 * Vector<T>.Count).Select(element)];
        for (int length = 0; length <= source.Length; length++)
        {
            T[] buffer = new T[source.Length];
            Array.Fill(buffer, element(-100));
            PaddedBuffer.CopyAndZeroPad(buffer, ref source[0], (nuint)length);
            Assert.Equal([.. source[..length], .. new T[source.Length - length]], buffer);
        }
    }
}
