using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KlDivGen.CompilerServices;

/// <summary>
/// Checks the arguments of methods over spans. Generated code calls these checks before it writes anything. A check that passes costs
/// one or two comparisons and allocates nothing.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SpanValidation
{
    /// <summary>Throws if an operand's length is not the input's length.</summary>
    /// <param name="length">The operand's length, in elements.</param>
    /// <param name="inputLength">The input's length, in elements.</param>
    /// <param name="paramName">The name of the operand's parameter.</param>
    /// <exception cref="ArgumentException">The lengths differ. The message states both.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ThrowIfLengthsDiffer(int length, int inputLength, string paramName)
    {
        if (length != inputLength)
        {
            ThrowHelper.ThrowLengthsDiffer(length, inputLength, paramName);
        }
    }

    /// <summary>Throws if a destination is shorter than the input. A longer destination keeps its further elements.</summary>
    /// <param name="length">The destination's length, in elements.</param>
    /// <param name="inputLength">The input's length, in elements.</param>
    /// <param name="paramName">The name of the destination's parameter.</param>
    /// <exception cref="ArgumentException">The destination is shorter than the input. The message states both lengths.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ThrowIfTooShort(int length, int inputLength, string paramName)
    {
        if (length < inputLength)
        {
            ThrowHelper.ThrowDestinationTooShort(length, inputLength, paramName);
        }
    }

    /// <summary>Throws if the batch size is not positive or does not divide the input's length, which may be 0.</summary>
    /// <param name="batchSize">The number of examples in the input: N of <c>"batchmean"</c>.</param>
    /// <param name="inputLength">The input's length, in elements.</param>
    /// <param name="paramName">The name of the batch size's parameter.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is not positive.</exception>
    /// <exception cref="ArgumentException">
    /// <paramref name="batchSize"/> does not divide the length. The message states both.
    /// </exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ValidateBatchSize(int batchSize, int inputLength, string paramName)
    {
        if (batchSize <= 0)
        {
            ThrowHelper.ThrowBatchSizeNotPositive(batchSize, paramName);
        }

        if ((uint)inputLength % (uint)batchSize != 0)
        {
            ThrowHelper.ThrowBatchSizeDoesNotDivideLength(batchSize, inputLength, paramName);
        }
    }

    /// <summary>
    /// Throws if a destination overlaps a source, unless both are exactly the same memory. Only as many elements of the destination
    /// as the source has are considered. Operands of different element types are compared by their bytes and are never exactly the
    /// same.
    /// </summary>
    /// <typeparam name="TDestination">The destination's element type.</typeparam>
    /// <typeparam name="TSource">The source's element type.</typeparam>
    /// <param name="destination">The destination, at least as long as the source.</param>
    /// <param name="source">The source.</param>
    /// <param name="paramName">The name of the destination's parameter.</param>
    /// <returns>
    /// <see langword="true"/> if both are the same memory, so that the kernel works in place; <see langword="false"/> if they share
    /// none.
    /// </returns>
    /// <exception cref="ArgumentException">The destination overlaps the source in part.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool ValidateOverlap<TDestination, TSource>(Span<TDestination> destination, ReadOnlySpan<TSource> source, string paramName)
        where TDestination : unmanaged
        where TSource : unmanaged
    {
        nint byteOffset = GetByteOffset(ref MemoryMarshal.GetReference(source), ref MemoryMarshal.GetReference(destination));
        if (byteOffset == 0 && typeof(TDestination) == typeof(TSource))
        {
            return !source.IsEmpty;
        }

        if (Overlaps(byteOffset, GetByteLength<TSource>(source.Length), GetByteLength<TDestination>(source.Length)))
        {
            ThrowHelper.ThrowOverlapsSource(paramName);
        }

        return false;
    }

    /// <summary>
    /// Throws if two destinations share memory. Only as many elements of each as the input has are considered.
    /// </summary>
    /// <typeparam name="TSecond">The second destination's element type.</typeparam>
    /// <typeparam name="TFirst">The first destination's element type.</typeparam>
    /// <param name="second">The second destination, at least as long as the input.</param>
    /// <param name="first">The first destination, at least as long as the input.</param>
    /// <param name="inputLength">The input's length, in elements.</param>
    /// <param name="paramName">The name of the second destination's parameter.</param>
    /// <exception cref="ArgumentException">The destinations overlap, in part or exactly.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ThrowIfOverlapping<TSecond, TFirst>(Span<TSecond> second, Span<TFirst> first, int inputLength, string paramName)
        where TSecond : unmanaged
        where TFirst : unmanaged
    {
        nint byteOffset = GetByteOffset(ref MemoryMarshal.GetReference(first), ref MemoryMarshal.GetReference(second));
        if (Overlaps(byteOffset, GetByteLength<TFirst>(inputLength), GetByteLength<TSecond>(inputLength)))
        {
            ThrowHelper.ThrowOverlapsDestination(paramName);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint GetByteOffset<TFirst, TSecond>(ref TFirst first, ref TSecond second) =>
        Unsafe.ByteOffset(ref Unsafe.As<TFirst, byte>(ref first), ref Unsafe.As<TSecond, byte>(ref second));

    /// <summary>
    /// Determines whether one operand begins within the other. As an unsigned number, a negative offset exceeds any length; no
    /// operand begins within an empty one.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Overlaps(nint byteOffset, nuint firstByteLength, nuint secondByteLength) =>
        unchecked((nuint)byteOffset) < firstByteLength || unchecked((nuint)(-byteOffset)) < secondByteLength;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nuint GetByteLength<T>(int length) => (nuint)(uint)length * (nuint)Unsafe.SizeOf<T>();
}
