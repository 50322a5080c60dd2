using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace KlDivGen.CompilerServices;

/// <summary>Tells the processor what a kernel is about to read or write. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Prefetch
{
    /// <summary>
    /// How far ahead, in bytes: a page, since processors' own prefetchers stop at the end of one. A page and a half, two or four are no
    /// better; half a page is as good on some processors and too near on others (the generator's Emission/README.md).
    /// </summary>
    private const int Distance = 4096;

    private const int CacheLine = 64;

    /// <summary>Asks for the cache lines that a pass over two vectors will need some passes later. Does nothing where it cannot.</summary>
    /// <typeparam name="T">The elements' type.</typeparam>
    /// <param name="data">The first element.</param>
    /// <param name="index">Where the pass begins; what lies ahead of it may be beyond the data, since asking reads nothing.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Ahead<T>(ref T data, nuint index)
        where T : unmanaged
    {
        if (Sse.IsSupported)
        {
            // An address, not a reference, which must not leave its object; should the collector move that, a wrong line is fetched.
            byte* line = (byte*)Unsafe.AsPointer(ref Unsafe.Add(ref data, index)) + Distance;
            Sse.Prefetch0(line);
            if (2 * Vector<byte>.Count > CacheLine)
            {
                Sse.Prefetch0(line + CacheLine);
            }
        }
    }
}
