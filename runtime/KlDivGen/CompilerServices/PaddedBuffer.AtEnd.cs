using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace KlDivGen.CompilerServices;

/// <content>The copy to the end of a buffer: its last vector ends with the data, as the last vector of longer data does.</content>
public static partial class PaddedBuffer
{
    /// <summary>Fills the beginning of a buffer with zeros and copies elements to its end. The buffer need not be initialized.</summary>
    /// <typeparam name="T">The element type, of 2, 4 or 8 bytes.</typeparam>
    /// <param name="buffer">The buffer: at least <paramref name="length"/> elements, and a whole number of vectors.</param>
    /// <param name="source">The first element to copy.</param>
    /// <param name="length">The number of elements to copy.</param>
    public static void ZeroPadAndCopy<T>(Span<T> buffer, ref T source, nuint length)
        where T : unmanaged
    {
        ref T destination = ref MemoryMarshal.GetReference(buffer);
        nuint lanes = (nuint)Vector<T>.Count;
        nuint first = length % lanes;
        nuint whole = (nuint)buffer.Length - (length - first);
        for (nuint i = whole; i < (nuint)buffer.Length; i += lanes)
        {
            Vector.LoadUnsafe(ref source, first + (i - whole)).StoreUnsafe(ref destination, i);
        }

        for (nuint i = 0; i < whole; i += lanes)
        {
            Vector<T>.Zero.StoreUnsafe(ref destination, i);
        }

        if (first > 0)
        {
            CopyHead(ref Unsafe.Add(ref destination, whole - lanes), ref source, first, Vector<byte>.Count);
        }
    }

    /// <summary>Copies fewer elements than one vector has to its end. The other elements of the vector are 0 before and after.</summary>
    /// <param name="destination">The first element of the vector.</param>
    /// <param name="source">The first element to copy.</param>
    /// <param name="length">The number of elements to copy, at least 1.</param>
    /// <param name="vectorSize">The size of the vector, in bytes: 16, 32, or a multiple of 64.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void CopyHead<T>(ref T destination, ref T source, nuint length, int vectorSize)
        where T : unmanaged
    {
        if (vectorSize == Vector128<byte>.Count)
        {
            LoadAtEnd128(ref source, length).StoreUnsafe(ref destination);
            return;
        }

        if (vectorSize == Vector256<byte>.Count)
        {
            LoadAtEnd256(ref source, length).StoreUnsafe(ref destination);
            return;
        }

        // Vectors of Arm64 with SVE have up to 2048 bits: 512 of them at a time, the last ones first.
        nuint end = (nuint)vectorSize / (nuint)Unsafe.SizeOf<T>();
        nuint lanes = (nuint)Vector512<T>.Count;
        for (; length >= lanes; length -= lanes, end -= lanes)
        {
            Vector512.LoadUnsafe(ref source, length - lanes).StoreUnsafe(ref destination, end - lanes);
        }

        if (length > 0)
        {
            LoadAtEnd512(ref source, length).StoreUnsafe(ref destination, end - lanes);
        }
    }

    private static Vector512<T> LoadAtEnd512<T>(ref T source, nuint length)
        where T : unmanaged
    {
        nuint half = (nuint)Vector256<T>.Count;
        return length < half
            ? Vector512.Create(Vector256<T>.Zero, LoadAtEnd256(ref source, length))
            : Vector512.Create(LoadAtEnd256(ref source, length - half), Vector256.LoadUnsafe(ref source, length - half));
    }

    private static Vector256<T> LoadAtEnd256<T>(ref T source, nuint length)
        where T : unmanaged
    {
        nuint half = (nuint)Vector128<T>.Count;
        return length < half
            ? Vector256.Create(Vector128<T>.Zero, LoadAtEnd128(ref source, length))
            : Vector256.Create(LoadAtEnd128(ref source, length - half), Vector128.LoadUnsafe(ref source, length - half));
    }

    private static Vector128<T> LoadAtEnd128<T>(ref T source, nuint length)
        where T : unmanaged
    {
        ref byte bytes = ref Unsafe.As<T, byte>(ref source);
        nuint count = length * (nuint)Unsafe.SizeOf<T>();
        Vector128<ulong> vector = count < sizeof(ulong)
            ? Vector128.Create(0UL, LoadAtEnd64(ref bytes, count))
            : Vector128.Create(
                LoadAtEnd64(ref bytes, count - sizeof(ulong)),
                Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref bytes, count - sizeof(ulong))));
        return vector.As<ulong, T>();
    }

    /// <summary>Loads an even number of bytes, below 8, into the upper ones of eight. Without any, a shift by 64 changes nothing of 0.</summary>
    private static ulong LoadAtEnd64(ref byte source, nuint count) => Load64(ref source, count) << (64 - (8 * (int)count));
}
