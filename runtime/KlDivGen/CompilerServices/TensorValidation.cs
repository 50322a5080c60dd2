using System.ComponentModel;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace KlDivGen.CompilerServices;

/// <summary>
/// Checks the arguments of methods over tensor spans. Generated code calls these checks before it writes anything. A check that passes
/// allocates nothing.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TensorValidation
{
    /// <summary>Throws if an operand's shape is not the input's shape: the same rank and the same length in every dimension.</summary>
    /// <param name="lengths">The operand's shape.</param>
    /// <param name="inputLengths">The input's shape.</param>
    /// <param name="paramName">The name of the operand's parameter.</param>
    /// <exception cref="ArgumentException">The shapes differ. The message states both, like <c>[5, 20]</c>.</exception>
    public static void ThrowIfShapesDiffer(ReadOnlySpan<nint> lengths, ReadOnlySpan<nint> inputLengths, string paramName)
    {
        if (!lengths.SequenceEqual(inputLengths))
        {
            ThrowHelper.ThrowShapesDiffer(lengths, inputLengths, paramName);
        }
    }

    /// <summary>Throws if two elements of a destination may be the same memory.</summary>
    /// <param name="lengths">The destination's shape.</param>
    /// <param name="strides">The destination's strides, in elements.</param>
    /// <param name="paramName">The name of the destination's parameter.</param>
    /// <remarks>
    /// Every stride must be larger than the extent of all dimensions with smaller strides together, as it is after slicing and
    /// transposing, but not after broadcasting. Other strides that would be harmless are rejected too; <see cref="TensorSpan{T}"/>
    /// does not accept them either.
    /// </remarks>
    /// <exception cref="ArgumentException">Two elements of the destination may be the same memory.</exception>
    public static void ThrowIfSelfOverlapping(ReadOnlySpan<nint> lengths, ReadOnlySpan<nint> strides, string paramName)
    {
        // An empty tensor has no elements that could overlap, whatever its strides are.
        if (!lengths.Contains(0) && MemoryOverlap.MayHaveInternalOverlap(lengths, strides))
        {
            ThrowHelper.ThrowSelfOverlapping(lengths, strides, paramName);
        }
    }

    /// <summary>
    /// Throws if a destination may overlap a source, unless both are exactly the same memory, element by element.
    /// </summary>
    /// <typeparam name="TDestination">The destination's element type.</typeparam>
    /// <typeparam name="TSource">The source's element type.</typeparam>
    /// <param name="destination">The destination, of the source's shape.</param>
    /// <param name="source">The source, of any strides.</param>
    /// <param name="paramName">The name of the destination's parameter.</param>
    /// <returns>
    /// <see langword="true"/> if both are the same memory, so that the kernel works in place; <see langword="false"/> if they share
    /// none.
    /// </returns>
    /// <remarks>
    /// Slices that interleave without sharing an element, such as the even and the odd rows of a matrix, do not overlap. An overlap is
    /// assumed if the strides are so irregular that it cannot be excluded in a bounded number of steps, or if the element types differ
    /// and the extents of the operands intersect.
    /// </remarks>
    /// <exception cref="ArgumentException">The destination may overlap the source in part.</exception>
    public static bool ValidateOverlap<TDestination, TSource>(
        in TensorSpan<TDestination> destination, in ReadOnlyTensorSpan<TSource> source, string paramName)
        where TDestination : unmanaged
        where TSource : unmanaged
    {
        Overlap overlap = GetOverlap(
            in source.GetPinnableReference(), source.Strides, in destination.GetPinnableReference(), destination.Strides,
            source.Lengths, source.FlattenedLength);
        if (overlap == Overlap.Partial)
        {
            ThrowHelper.ThrowOverlapsSource(paramName);
        }

        return overlap == Overlap.Identical;
    }

    /// <summary>Throws if two destinations may share memory.</summary>
    /// <typeparam name="TSecond">The second destination's element type.</typeparam>
    /// <typeparam name="TFirst">The first destination's element type.</typeparam>
    /// <param name="second">The second destination.</param>
    /// <param name="first">The first destination, of the same shape.</param>
    /// <param name="paramName">The name of the second destination's parameter.</param>
    /// <remarks>
    /// An overlap is assumed if the strides are so irregular that it cannot be excluded in a bounded number of steps, or if the
    /// element types differ and the extents of the destinations intersect.
    /// </remarks>
    /// <exception cref="ArgumentException">The destinations may overlap, in part or exactly.</exception>
    public static void ThrowIfOverlapping<TSecond, TFirst>(in TensorSpan<TSecond> second, in TensorSpan<TFirst> first, string paramName)
        where TSecond : unmanaged
        where TFirst : unmanaged
    {
        Overlap overlap = GetOverlap(
            in first.GetPinnableReference(), first.Strides, in second.GetPinnableReference(), second.Strides,
            first.Lengths, first.FlattenedLength);
        if (overlap != Overlap.None)
        {
            ThrowHelper.ThrowOverlapsDestination(paramName);
        }
    }

    /// <summary>Gets the batch size that <c>"batchmean"</c> divides by: the length of the input's first dimension.</summary>
    /// <param name="inputLengths">The input's shape.</param>
    /// <returns>The length of the first dimension; 1 for rank 0, so that the loss is not divided.</returns>
    public static nint GetBatchSize(ReadOnlySpan<nint> inputLengths) => inputLengths.IsEmpty ? 1 : inputLengths[0];

    private static Overlap GetOverlap<TFirst, TSecond>(
        ref readonly TFirst first,
        ReadOnlySpan<nint> firstStrides,
        ref readonly TSecond second,
        ReadOnlySpan<nint> secondStrides,
        ReadOnlySpan<nint> lengths,
        nint flattenedLength)
    {
        if (flattenedLength == 0)
        {
            return Overlap.None;
        }

        nint byteOffset = Unsafe.ByteOffset(
            ref Unsafe.As<TFirst, byte>(ref Unsafe.AsRef(in first)), ref Unsafe.As<TSecond, byte>(ref Unsafe.AsRef(in second)));
        return typeof(TFirst) == typeof(TSecond)
            ? TensorOverlap.GetOverlap(lengths, firstStrides, secondStrides, byteOffset, Unsafe.SizeOf<TFirst>())
            : TensorOverlap.GetExtentOverlap(
                lengths, firstStrides, Unsafe.SizeOf<TFirst>(), secondStrides, Unsafe.SizeOf<TSecond>(), byteOffset);
    }
}
