using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace KlDivGen.CompilerServices;

/// <summary>Prefetches the memory that a kernel will soon read or write. Called by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Prefetch
{
    /// <summary>
    /// The prefetch distance in bytes: one page, because hardware prefetchers stop at the end of a page. Measured: 1.5, 2 and 4 pages
    /// are no better; half a page is as good on some processors and too short on others.
    /// </summary>
    private const int Distance = 4096;

    private const int CacheLine = 64;

    /// <summary>Whether this processor is faster with prefetching.</summary>
    private static readonly bool IsUsefulHere = !IsZen4OrZen5();

    /// <summary>
    /// Gets whether a loop should prefetch: not on AMD Zen 4 and Zen 5, whose own prefetchers are better and are disturbed by it.
    /// </summary>
    public static bool IsUseful => Sse.IsSupported && IsUsefulHere;

    /// <summary>
    /// Prefetches the cache lines that an iteration over two vectors will need some iterations later. Does nothing on processors
    /// other than x86 and x64.
    /// </summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="data">The first element.</param>
    /// <param name="index">
    /// The index of the first element of the current iteration. The prefetched address may lie beyond the data, because a prefetch
    /// reads nothing.
    /// </param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Ahead<T>(ref T data, nuint index)
        where T : unmanaged
    {
        if (Sse.IsSupported)
        {
            // A pointer, because a reference must not leave its object. If the garbage collector moves the object in between, the
            // wrong line is prefetched, which is harmless.
            byte* line = (byte*)Unsafe.AsPointer(ref Unsafe.Add(ref data, index)) + Distance;
            Sse.Prefetch0(line);
            if (2 * Vector<byte>.Count > CacheLine)
            {
                Sse.Prefetch0(line + CacheLine);
            }
        }
    }

    /// <summary>
    /// Prefetches the cache lines that an iteration over vectors of 512 bits will need some iterations later. Does nothing on processors
    /// other than x86 and x64.
    /// </summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="data">The first element.</param>
    /// <param name="index">
    /// The index of the first element of the current iteration. The prefetched address may lie beyond the data, because a prefetch
    /// reads nothing.
    /// </param>
    /// <param name="lines">The number of cache lines of an iteration: a constant, from 1 to 4.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Ahead512<T>(ref T data, nuint index, int lines)
        where T : unmanaged
    {
        if (Sse.IsSupported)
        {
            byte* line = (byte*)Unsafe.AsPointer(ref Unsafe.Add(ref data, index)) + Distance;
            Sse.Prefetch0(line);
            if (lines > 1)
            {
                Sse.Prefetch0(line + CacheLine);
            }

            if (lines > 2)
            {
                Sse.Prefetch0(line + (2 * CacheLine));
            }

            if (lines > 3)
            {
                Sse.Prefetch0(line + (3 * CacheLine));
            }
        }
    }

    /// <summary>Zen 3 and Zen 4 are family 19h, Zen 5 is 1Ah; only Zen 3 has no AVX-512, whether or not the runtime uses it.</summary>
    private static bool IsZen4OrZen5()
    {
        if (!X86Base.IsSupported)
        {
            return false;
        }

        (int leaves, int vendor, _, _) = X86Base.CpuId(0, 0);
        (int version, _, _, _) = X86Base.CpuId(1, 0);
        int family = ((version >> 8) & 0xF) + ((version >> 20) & 0xFF);
        return vendor == 0x6874_7541 // "Auth", of AuthenticAMD
            && (family is 0x19 or 0x1A)
            && leaves >= 7
            && (X86Base.CpuId(7, 0).Ebx & (1 << 16)) != 0; // AVX512F
    }
}
