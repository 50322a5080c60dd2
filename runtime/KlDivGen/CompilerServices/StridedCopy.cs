using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KlDivGen.CompilerServices;

/// <summary>Copies evenly spaced elements. Strides and counts are in elements.</summary>
internal static class StridedCopy
{
    /// <summary>Copies one row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Row<T>(ref readonly T source, nint sourceStride, ref T target, nint targetStride, nint count)
        where T : unmanaged
    {
        if (sourceStride == 1 && targetStride == 1)
        {
            MemoryMarshal.CreateReadOnlySpan(in source, (int)count).CopyTo(MemoryMarshal.CreateSpan(ref target, (int)count));
            return;
        }

        ref T from = ref Unsafe.AsRef(in source);
        ref T to = ref target;
        for (; count >= 4; count -= 4)
        {
            // The four loads go before the stores, and their addresses do not wait for each other.
            T value0 = from;
            T value1 = Unsafe.Add(ref from, sourceStride);
            T value2 = Unsafe.Add(ref from, 2 * sourceStride);
            T value3 = Unsafe.Add(ref from, 3 * sourceStride);
            to = value0;
            Unsafe.Add(ref to, targetStride) = value1;
            Unsafe.Add(ref to, 2 * targetStride) = value2;
            Unsafe.Add(ref to, 3 * targetStride) = value3;
            from = ref Unsafe.Add(ref from, 4 * sourceStride);
            to = ref Unsafe.Add(ref to, 4 * targetStride);
        }

        for (; count > 0; count--)
        {
            to = from;
            from = ref Unsafe.Add(ref from, sourceStride);
            to = ref Unsafe.Add(ref to, targetStride);
        }
    }

    /// <summary>Copies columns, one after the other: strides are from one column to the next, pitches from one row to the next.</summary>
    public static void Columns<T>(
        ref readonly T source, nint sourceStride, nint sourcePitch,
        ref T target, nint targetStride, nint targetPitch,
        nint columns, nint rows)
        where T : unmanaged
    {
        for (nint column = 0; column < columns; column++)
        {
            Row(
                in Unsafe.Add(ref Unsafe.AsRef(in source), column * sourceStride), sourcePitch,
                ref Unsafe.Add(ref target, column * targetStride), targetPitch, rows);
        }
    }
}
