using System.ComponentModel;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace KlDivGen.CompilerServices;

/// <summary>
/// The argument checks of methods over tensor spans. Generated code calls them before it writes anything; they allocate only when
/// they throw.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TensorValidation
{
    /// <summary>Requires an operand's shape to be the input's: the same rank, and the same length in every dimension.</summary>
    /// <param name="lengths">The operand's shape.</param>
    /// <param name="inputLengths">The input's shape.</param>
    /// <param name="name">The operand's parameter, as the user named it.</param>
    /// <exception cref="ArgumentException">The shapes differ; the message has both, like <c>[5, 20]</c>.</exception>
    public static void ThrowIfShapesDiffer(ReadOnlySpan<nint> lengths, ReadOnlySpan<nint> inputLengths, string name)
    {
        if (!lengths.SequenceEqual(inputLengths))
        {
            ThrowHelper.DifferentShape(lengths, inputLengths, name);
        }
    }

    /// <summary>
    /// Requires each element of a destination to be memory of its own. Every stride must reach beyond all that the smaller ones
    /// span together: what slicing and transposing give. A stride of 0, as broadcasting gives, does not; nor do some strange strides
    /// that would be harmless, which <see cref="TensorSpan{T}"/> does not accept in any case.
    /// </summary>
    /// <param name="lengths">The destination's shape.</param>
    /// <param name="strides">The destination's strides, in elements.</param>
    /// <param name="name">The destination's parameter, as the user named it.</param>
    /// <exception cref="ArgumentException">Two elements of the destination may be the same memory.</exception>
    public static void ThrowIfSelfOverlapping(ReadOnlySpan<nint> lengths, ReadOnlySpan<nint> strides, string name)
    {
        // An empty tensor has no two elements, whatever its strides.
        if (!lengths.Contains(0) && !MemoryOverlap.IsNested(lengths, strides))
        {
            ThrowHelper.OverlapsItself(lengths, strides, name);
        }
    }

    /// <summary>
    /// Requires a destination to be exactly the source's memory, element by element, or to be apart from it, and tells which.
    /// Slices that interleave without meeting, such as the halves of a matrix's columns or its even and its odd rows, are apart.
    /// Where strides are so irregular that this cannot be told in a bounded number of steps, or the element types differ and the
    /// operands' extents meet, an overlap is assumed.
    /// </summary>
    /// <typeparam name="TDestination">The destination's element type.</typeparam>
    /// <typeparam name="TSource">The source's element type.</typeparam>
    /// <param name="destination">The destination, of the source's shape.</param>
    /// <param name="source">The source, of any strides.</param>
    /// <param name="name">The destination's parameter, as the user named it.</param>
    /// <returns><see langword="true"/> where both are the same memory; <see langword="false"/> where they share none.</returns>
    /// <exception cref="ArgumentException">They overlap otherwise.</exception>
    public static bool ValidateOverlap<TDestination, TSource>(
        in TensorSpan<TDestination> destination, in ReadOnlyTensorSpan<TSource> source, string name)
        where TDestination : unmanaged
        where TSource : unmanaged
    {
        MemoryRelation relation = Relation(
            in source.GetPinnableReference(), source.Strides, in destination.GetPinnableReference(), destination.Strides,
            source.Lengths, source.FlattenedLength);
        if (relation == MemoryRelation.Entangled)
        {
            ThrowHelper.OverlapsSource(name);
        }

        return relation == MemoryRelation.Same;
    }

    /// <summary>
    /// Requires two destinations to share no memory, as far as
    /// <see cref="ValidateOverlap{TDestination, TSource}(in TensorSpan{TDestination}, in ReadOnlyTensorSpan{TSource}, string)"/> can tell.
    /// </summary>
    /// <typeparam name="TSecond">The second destination's element type.</typeparam>
    /// <typeparam name="TFirst">The first destination's element type.</typeparam>
    /// <param name="second">The second destination.</param>
    /// <param name="first">The first destination, of the same shape.</param>
    /// <param name="name">The second destination's parameter, as the user named it.</param>
    /// <exception cref="ArgumentException">They overlap, be it exactly.</exception>
    public static void ThrowIfOverlapping<TSecond, TFirst>(in TensorSpan<TSecond> second, in TensorSpan<TFirst> first, string name)
        where TSecond : unmanaged
        where TFirst : unmanaged
    {
        MemoryRelation relation = Relation(
            in first.GetPinnableReference(), first.Strides, in second.GetPinnableReference(), second.Strides,
            first.Lengths, first.FlattenedLength);
        if (relation != MemoryRelation.Apart)
        {
            ThrowHelper.OverlapsDestination(name);
        }
    }

    /// <summary>N of <c>"batchmean"</c>: the first dimension of the input.</summary>
    /// <param name="inputLengths">The input's shape.</param>
    /// <returns>The length of the first dimension; 1 for rank 0, which is not divided.</returns>
    public static nint GetBatchSize(ReadOnlySpan<nint> inputLengths) => inputLengths.IsEmpty ? 1 : inputLengths[0];

    private static MemoryRelation Relation<TFirst, TSecond>(
        ref readonly TFirst first,
        ReadOnlySpan<nint> firstStrides,
        ref readonly TSecond second,
        ReadOnlySpan<nint> secondStrides,
        ReadOnlySpan<nint> lengths,
        nint count)
    {
        if (count == 0)
        {
            return MemoryRelation.Apart;
        }

        nint distance = Unsafe.ByteOffset(
            ref Unsafe.As<TFirst, byte>(ref Unsafe.AsRef(in first)), ref Unsafe.As<TSecond, byte>(ref Unsafe.AsRef(in second)));
        return typeof(TFirst) == typeof(TSecond)
            ? TensorOverlap.OfOneType(lengths, firstStrides, secondStrides, distance, Unsafe.SizeOf<TFirst>())
            : TensorOverlap.OfTwoTypes(lengths, firstStrides, Unsafe.SizeOf<TFirst>(), secondStrides, Unsafe.SizeOf<TSecond>(), distance);
    }
}
