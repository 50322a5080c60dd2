using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace KlDivGen.CompilerServices;

/// <summary>Data shorter than what a kernel takes at once, in room for that. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PaddedBuffer
{
    /// <summary>
    /// Copies elements to the beginning of a room and zeros to what is left of it, by whole vectors: a vector that is loaded from where
    /// smaller pieces were just stored waits until the last of them has reached the cache. What was in the room does not matter, since
    /// a module may have its locals left as they are.
    /// </summary>
    /// <typeparam name="T">The elements' type, of 2, 4 or 8 bytes.</typeparam>
    /// <param name="room">Where the copy goes: at least as many elements, and a whole number of vectors.</param>
    /// <param name="source">The first element.</param>
    /// <param name="length">How many elements there are.</param>
    public static void CopyAndZeroPad<T>(Span<T> room, ref T source, nuint length)
        where T : unmanaged
    {
        ref T target = ref MemoryMarshal.GetReference(room);
        nuint lanes = (nuint)Vector<T>.Count;
        nuint whole = length - (length % lanes);
        for (nuint i = 0; i < whole; i += lanes)
        {
            Vector.LoadUnsafe(ref source, i).StoreUnsafe(ref target, i);
        }

        for (nuint i = whole; i < (nuint)room.Length; i += lanes)
        {
            Vector<T>.Zero.StoreUnsafe(ref target, i);
        }

        if (whole == length)
        {
            return;
        }

        ref T rest = ref Unsafe.Add(ref source, whole);
        if (Vector<byte>.Count == Vector128<byte>.Count)
        {
            Load128(ref rest, length - whole).StoreUnsafe(ref target, whole);
        }
        else if (Vector<byte>.Count == Vector256<byte>.Count)
        {
            Load256(ref rest, length - whole).StoreUnsafe(ref target, whole);
        }
        else
        {
            Load512(ref rest, length - whole).StoreUnsafe(ref target, whole);
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

    /// <summary>An even number of bytes below eight, and zeros.</summary>
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
