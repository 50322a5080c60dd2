using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace KlDivGen.CompilerServices;

/// <summary>Copies data that is shorter than one iteration of a kernel to a zero-padded buffer. Called by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class PaddedBuffer
{
    /// <summary>Copies elements to the beginning of a buffer and fills the rest with zeros. The buffer need not be initialized.</summary>
    /// <typeparam name="T">The element type, of 2, 4 or 8 bytes.</typeparam>
    /// <param name="buffer">The buffer: at least <paramref name="length"/> elements, and a whole number of vectors.</param>
    /// <param name="source">The first element to copy.</param>
    /// <param name="length">The number of elements to copy.</param>
    public static void CopyAndZeroPad<T>(Span<T> buffer, ref T source, nuint length)
        where T : unmanaged
    {
        // Whole vectors are stored: a load of a vector just after narrower stores to its memory would have to wait for them.
        ref T destination = ref MemoryMarshal.GetReference(buffer);
        nuint lanes = (nuint)Vector<T>.Count;
        nuint tailStart = length - (length % lanes);
        for (nuint i = 0; i < tailStart; i += lanes)
        {
            Vector.LoadUnsafe(ref source, i).StoreUnsafe(ref destination, i);
        }

        for (nuint i = tailStart; i < (nuint)buffer.Length; i += lanes)
        {
            Vector<T>.Zero.StoreUnsafe(ref destination, i);
        }

        CopyTail(ref Unsafe.Add(ref destination, tailStart), ref Unsafe.Add(ref source, tailStart), length - tailStart, Vector<byte>.Count);
    }

    /// <summary>Copies fewer elements than one vector has. The other elements of the vector are 0 before and after.</summary>
    /// <param name="destination">The first element of the vector.</param>
    /// <param name="source">The first element to copy.</param>
    /// <param name="length">The number of elements to copy.</param>
    /// <param name="vectorSize">The size of the vector, in bytes: 16, 32, or a multiple of 64.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void CopyTail<T>(ref T destination, ref T source, nuint length, int vectorSize)
        where T : unmanaged
    {
        // Vectors of Arm64 with SVE have up to 2048 bits.
        if (vectorSize > Vector512<byte>.Count)
        {
            for (; length >= (nuint)Vector512<T>.Count; length -= (nuint)Vector512<T>.Count)
            {
                Vector512.LoadUnsafe(ref source).StoreUnsafe(ref destination);
                source = ref Unsafe.Add(ref source, Vector512<T>.Count);
                destination = ref Unsafe.Add(ref destination, Vector512<T>.Count);
            }
        }

        if (length == 0)
        {
            return;
        }

        if (vectorSize == Vector128<byte>.Count)
        {
            Load128(ref source, length).StoreUnsafe(ref destination);
        }
        else if (vectorSize == Vector256<byte>.Count)
        {
            Load256(ref source, length).StoreUnsafe(ref destination);
        }
        else
        {
            Load512(ref source, length).StoreUnsafe(ref destination);
        }
    }

    private static Vector512<T> Load512<T>(ref T source, nuint length)
        where T : unmanaged
    {
        nuint half = (nuint)Vector256<T>.Count;
        return length < half
            ? Vector512.Create(Load256(ref source, length), Vector256<T>.Zero)
            : Vector512.Create(Vector256.LoadUnsafe(ref source), Load256(ref Unsafe.Add(ref source, half), length - half));
    }

    private static Vector256<T> Load256<T>(ref T source, nuint length)
        where T : unmanaged
    {
        nuint half = (nuint)Vector128<T>.Count;
        return length < half
            ? Vector256.Create(Load128(ref source, length), Vector128<T>.Zero)
            : Vector256.Create(Vector128.LoadUnsafe(ref source), Load128(ref Unsafe.Add(ref source, half), length - half));
    }

    private static Vector128<T> Load128<T>(ref T source, nuint length)
        where T : unmanaged
    {
        ref byte bytes = ref Unsafe.As<T, byte>(ref source);
        nuint count = length * (nuint)Unsafe.SizeOf<T>();
        Vector128<ulong> vector = count < sizeof(ulong)
            ? Vector128.CreateScalar(Load64(ref bytes, count))
            : Vector128.Create(Unsafe.ReadUnaligned<ulong>(ref bytes), Load64(ref Unsafe.Add(ref bytes, sizeof(ulong)), count - sizeof(ulong)));
        return vector.As<ulong, T>();
    }

    /// <summary>Loads an even number of bytes, below 8, and pads them with zeros.</summary>
    private static ulong Load64(ref byte source, nuint count)
    {
        ulong value = 0;
        int shift = 0;
        if ((count & 4) != 0)
        {
            value = Unsafe.ReadUnaligned<uint>(ref source);
            source = ref Unsafe.Add(ref source, 4);
            shift = 32;
        }

        return (count & 2) != 0 ? value | ((ulong)Unsafe.ReadUnaligned<ushort>(ref source) << shift) : value;
    }
}
