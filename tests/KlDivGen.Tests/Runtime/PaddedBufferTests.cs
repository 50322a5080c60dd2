using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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

    /// <summary>Widths up to those of Arm64 with SVE, on any machine.</summary>
    [Theory]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    [InlineData(1024)]
    [InlineData(2048)]
    public void CopyTail_writes_one_vector_of_any_width(int vectorBits)
    {
        CheckTail<short>(vectorBits / 8, i => (short)(i + 1));
        CheckTail<float>(vectorBits / 8, i => i + 1);
        CheckTail<double>(vectorBits / 8, i => i + 1);
    }

    [Fact]
    public void ZeroPadAndCopy_overwrites_the_whole_buffer()
    {
        CheckAtEnd<short>(i => (short)(i + 1));
        CheckAtEnd<float>(i => i + 1);
        CheckAtEnd<double>(i => i + 1);
    }

    /// <summary>Widths up to those of Arm64 with SVE, on any machine.</summary>
    [Theory]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    [InlineData(1024)]
    [InlineData(2048)]
    public void CopyHead_writes_the_end_of_one_vector_of_any_width(int vectorBits)
    {
        CheckHead<short>(vectorBits / 8, i => (short)(i + 1));
        CheckHead<float>(vectorBits / 8, i => i + 1);
        CheckHead<double>(vectorBits / 8, i => i + 1);
    }

    private static void CheckHead<T>(int vectorSize, Func<int, T> element)
        where T : unmanaged
    {
        int lanes = vectorSize / Unsafe.SizeOf<T>();
        for (int length = 1; length < lanes; length++)
        {
            T[] source = [.. Enumerable.Range(0, length).Select(element)];
            T[] buffer = [.. new T[lanes], .. Enumerable.Repeat(element(-100), lanes)];
            T[] expected = [.. new T[lanes - length], .. source, .. buffer[lanes..]];
            PaddedBuffer.CopyHead(ref buffer[0], ref MemoryMarshal.GetArrayDataReference(source), (nuint)length, vectorSize);
            Assert.Equal(expected, buffer);
        }
    }

    private static void CheckAtEnd<T>(Func<int, T> element)
        where T : unmanaged
    {
        T[] source = [.. Enumerable.Range(0, 2 * Vector<T>.Count).Select(element)];
        for (int length = 0; length <= source.Length; length++)
        {
            T[] buffer = new T[source.Length];
            Array.Fill(buffer, element(-100));
            PaddedBuffer.ZeroPadAndCopy(buffer, ref source[0], (nuint)length);
            Assert.Equal([.. new T[source.Length - length], .. source[..length]], buffer);
        }
    }

    private static void CheckTail<T>(int vectorSize, Func<int, T> element)
        where T : unmanaged
    {
        int lanes = vectorSize / Unsafe.SizeOf<T>();
        for (int length = 0; length < lanes; length++)
        {
            T[] source = [.. Enumerable.Range(0, length).Select(element)];
            T[] buffer = [.. new T[lanes], .. Enumerable.Repeat(element(-100), lanes)];
            T[] expected = [.. source, .. buffer[length..]];
            PaddedBuffer.CopyTail(ref buffer[0], ref MemoryMarshal.GetArrayDataReference(source), (nuint)length, vectorSize);
            Assert.Equal(expected, buffer);
        }
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
