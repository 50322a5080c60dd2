using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KlDivGen.CompilerServices;

/// <summary>
/// The argument checks of methods over spans. Generated code calls them before it writes anything; each costs a comparison or two
/// and allocates only when it throws.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SpanValidation
{
    /// <summary>Requires an operand to be as long as the input.</summary>
    /// <param name="length">The operand's length, in elements.</param>
    /// <param name="inputLength">The input's length, in elements.</param>
    /// <param name="name">The operand's parameter, as the user named it.</param>
    /// <exception cref="ArgumentException">The lengths differ; the message has both.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ThrowIfLengthsDiffer(int length, int inputLength, string name)
    {
        if (length != inputLength)
        {
            ThrowHelper.DifferentLength(length, inputLength, name);
        }
    }

    /// <summary>Requires a destination to have room for an element per element of the input. What is beyond is left alone.</summary>
    /// <param name="length">The destination's length, in elements.</param>
    /// <param name="inputLength">The input's length, in elements.</param>
    /// <param name="name">The destination's parameter, as the user named it.</param>
    /// <exception cref="ArgumentException">The destination is shorter than the input; the message has both lengths.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ThrowIfTooShort(int length, int inputLength, string name)
    {
        if (length < inputLength)
        {
            ThrowHelper.DestinationTooShort(length, inputLength, name);
        }
    }

    /// <summary>Requires N of <c>"batchmean"</c> to be positive and to divide the input's length, which may be 0.</summary>
    /// <param name="batchSize">N: the number of examples that the input holds.</param>
    /// <param name="inputLength">The input's length, in elements.</param>
    /// <param name="name">The batch size's parameter, as the user named it.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is not positive.</exception>
    /// <exception cref="ArgumentException"><paramref name="batchSize"/> does not divide the length; the message has both.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ValidateBatchSize(int batchSize, int inputLength, string name)
    {
        if (batchSize <= 0)
        {
            ThrowHelper.BatchSizeNotPositive(batchSize, name);
        }

        if ((uint)inputLength % (uint)batchSize != 0)
        {
            ThrowHelper.BatchSizeDoesNotDivide(batchSize, inputLength, name);
        }
    }

    /// <summary>
    /// Requires a destination, of which as many elements count as the source has, to be exactly the source's memory or to be apart
    /// from it, and tells which. Operands of different types are compared by their bytes and are never exactly the same.
    /// </summary>
    /// <typeparam name="TDestination">The destination's element type.</typeparam>
    /// <typeparam name="TSource">The source's element type.</typeparam>
    /// <param name="destination">The destination, no shorter than the source.</param>
    /// <param name="source">The source.</param>
    /// <param name="name">The destination's parameter, as the user named it.</param>
    /// <returns><see langword="true"/> where both are the same memory; <see langword="false"/> where they share none.</returns>
    /// <exception cref="ArgumentException">They overlap otherwise.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool ValidateOverlap<TDestination, TSource>(Span<TDestination> destination, ReadOnlySpan<TSource> source, string name)
        where TDestination : unmanaged
        where TSource : unmanaged
    {
        nint distance = Distance(ref MemoryMarshal.GetReference(source), ref MemoryMarshal.GetReference(destination));
        if (distance == 0 && typeof(TDestination) == typeof(TSource))
        {
            return !source.IsEmpty;
        }

        if (Meet(distance, Bytes<TSource>(source.Length), Bytes<TDestination>(source.Length)))
        {
            ThrowHelper.OverlapsSource(name);
        }

        return false;
    }

    /// <summary>Requires two destinations, of which as many elements count as the input has, to share no memory.</summary>
    /// <typeparam name="TSecond">The second destination's element type.</typeparam>
    /// <typeparam name="TFirst">The first destination's element type.</typeparam>
    /// <param name="second">The second destination, no shorter than the input.</param>
    /// <param name="first">The first destination, no shorter than the input.</param>
    /// <param name="inputLength">The input's length, in elements.</param>
    /// <param name="name">The second destination's parameter, as the user named it.</param>
    /// <exception cref="ArgumentException">They overlap, be it exactly.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ThrowIfOverlapping<TSecond, TFirst>(Span<TSecond> second, Span<TFirst> first, int inputLength, string name)
        where TSecond : unmanaged
        where TFirst : unmanaged
    {
        nint distance = Distance(ref MemoryMarshal.GetReference(first), ref MemoryMarshal.GetReference(second));
        if (Meet(distance, Bytes<TFirst>(inputLength), Bytes<TSecond>(inputLength)))
        {
            ThrowHelper.OverlapsDestination(name);
        }
    }

    /// <summary>How many bytes the second operand begins after the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Distance<TFirst, TSecond>(ref TFirst first, ref TSecond second) =>
        Unsafe.ByteOffset(ref Unsafe.As<TFirst, byte>(ref first), ref Unsafe.As<TSecond, byte>(ref second));

    /// <summary>
    /// Whether one operand begins within the other, both having the same number of elements. A negative distance is, unsigned, beyond
    /// any length; so none begins within an empty one.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Meet(nint distance, nuint firstBytes, nuint secondBytes) =>
        unchecked((nuint)distance) < firstBytes || unchecked((nuint)(-distance)) < secondBytes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nuint Bytes<T>(int length) => (nuint)(uint)length * (nuint)Unsafe.SizeOf<T>();
}
