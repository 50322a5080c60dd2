using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KlDivGen.CompilerServices;

/// <summary>Copies evenly spaced elements. Strides and counts are in elements.</summary>
internal static class StridedCopy
{
    /// <summary>Copies one row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CopyRow<T>(ref readonly T source, nint sourceStride, ref T destination, nint destinationStride, nint count)
        where T : unmanaged
    {
        if (sourceStride == 1 && destinationStride == 1)
        {
            MemoryMarshal.CreateReadOnlySpan(in source, (int)count).CopyTo(MemoryMarshal.CreateSpan(ref destination, (int)count));
            return;
        }

        ref T from = ref Unsafe.AsRef(in source);
        ref T to = ref destination;
        for (; count >= 4; count -= 4)
        {
            // All loads before the stores, from addresses that do not depend on each other, so that they can overlap in time.
            T value0 = from;
            T value1 = Unsafe.Add(ref from, sourceStride);
            T value2 = Unsafe.Add(ref from, 2 * sourceStride);
            T value3 = Unsafe.Add(ref from, 3 * sourceStride);
            to = value0;
            Unsafe.Add(ref to, destinationStride) = value1;
            Unsafe.Add(ref to, 2 * destinationStride) = value2;
            Unsafe.Add(ref to, 3 * destinationStride) = value3;
            from = ref Unsafe.Add(ref from, 4 * sourceStride);
            to = ref Unsafe.Add(ref to, 4 * destinationStride);
        }

        for (; count > 0; count--)
        {
            to = from;
            from = ref Unsafe.Add(ref from, sourceStride);
            to = ref Unsafe.Add(ref to, destinationStride);
        }
    }

    /// <summary>
    /// Copies columns one by one. A column stride is the distance from one column to the next, a row stride from one row to the next.
    /// </summary>
    public static void CopyColumns<T>(
        ref readonly T source, nint sourceColumnStride, nint sourceRowStride,
        ref T destination, nint destinationColumnStride, nint destinationRowStride,
        nint columns, nint rows)
        where T : unmanaged
    {
        for (nint column = 0; column < columns; column++)
        {
            CopyRow(
                in Unsafe.Add(ref Unsafe.AsRef(in source), column * sourceColumnStride), sourceRowStride,
                ref Unsafe.Add(ref destination, column * destinationColumnStride), destinationRowStride, rows);
        }
    }
}
