using System.ComponentModel;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KlDivGen.CompilerServices;

/// <summary>
/// Checks the arguments of methods that compute row by row. Generated code calls these checks before it writes anything.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RowValidation
{
    /// <summary>Checks the length of a row and gets the number of rows.</summary>
    /// <param name="classes">The length of a row.</param>
    /// <param name="inputLength">The input's length, in elements.</param>
    /// <param name="paramName">The name of the parameter <paramref name="classes"/>.</param>
    /// <returns>The number of rows.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="classes"/> is not positive.</exception>
    /// <exception cref="ArgumentException"><paramref name="classes"/> does not divide the length. The message states both.</exception>
    public static int GetRowCount(int classes, int inputLength, string paramName)
    {
        if (classes <= 0)
        {
            ThrowHelper.ThrowClassesNotPositive(classes, paramName);
        }

        (int rows, int rest) = Math.DivRem(inputLength, classes);
        if (rest != 0)
        {
            ThrowHelper.ThrowClassesDoNotDivideLength(classes, inputLength, paramName);
        }

        return rows;
    }

    /// <summary>
    /// Gets the number of rows of a tensor: the product of all dimensions but the last, at most <see cref="nint.MaxValue"/>, which only a tensor
    /// without elements can exceed. A tensor span of rank 0 is empty.
    /// </summary>
    /// <param name="lengths">The shape.</param>
    /// <returns>The number of rows.</returns>
    public static nint GetRowCount(ReadOnlySpan<nint> lengths)
    {
        ReadOnlySpan<nint> leading = lengths[..Math.Max(lengths.Length - 1, 0)];
        if (lengths.IsEmpty || leading.Contains(0))
        {
            return 0;
        }

        nint rows = 1;
        foreach (nint length in leading)
        {
            rows = rows > nint.MaxValue / length ? nint.MaxValue : rows * length;
        }

        return rows;
    }

    /// <summary>Gets the length of a tensor's rows: its last dimension; 1 for rank 0.</summary>
    /// <param name="lengths">The shape.</param>
    /// <returns>The length of a row.</returns>
    public static nint GetClasses(ReadOnlySpan<nint> lengths) => lengths.IsEmpty ? 1 : lengths[^1];

    /// <summary>Throws if a span does not have one element for each row.</summary>
    /// <param name="length">The span's length.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="paramName">The name of the span's parameter.</param>
    /// <exception cref="ArgumentException">The length is not the number of rows. The message states both.</exception>
    public static void ThrowIfNotOnePerRow(int length, nint rows, string paramName)
    {
        if (length != rows)
        {
            ThrowHelper.ThrowNotOnePerRow(length, rows, paramName);
        }
    }

    /// <summary>Throws if a destination has fewer elements than there are rows. A longer destination keeps its further elements.</summary>
    /// <param name="length">The destination's length.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="paramName">The name of the destination's parameter.</param>
    /// <exception cref="ArgumentException">The destination is shorter. The message states both numbers.</exception>
    public static void ThrowIfFewerThanRows(int length, nint rows, string paramName)
    {
        if (length < rows)
        {
            ThrowHelper.ThrowFewerThanRows(length, rows, paramName);
        }
    }

    /// <summary>
    /// Throws if a tensor does not have one element for each row: the input's shape without its last dimension, or one element where the
    /// input has no other dimension.
    /// </summary>
    /// <param name="lengths">The tensor's shape.</param>
    /// <param name="inputLengths">The input's shape.</param>
    /// <param name="paramName">The name of the tensor's parameter.</param>
    /// <exception cref="ArgumentException">The shape is another. The message states both.</exception>
    public static void ThrowIfNotOnePerRow(ReadOnlySpan<nint> lengths, ReadOnlySpan<nint> inputLengths, string paramName)
    {
        // A tensor span of rank 0 cannot hold the value of the only row.
        ReadOnlySpan<nint> expected = inputLengths.Length == 1 ? [1] : inputLengths[..Math.Max(inputLengths.Length - 1, 0)];
        if (!lengths.SequenceEqual(expected))
        {
            ThrowHelper.ThrowNotShapeOfRows(lengths, inputLengths, paramName);
        }
    }

    /// <summary>Throws if a temperature is not a positive number that the kernel's type can hold, or if its reciprocal overflows that type.</summary>
    /// <param name="temperature">The temperature.</param>
    /// <param name="roundsToSingle">Whether the kernel computes in <see cref="float"/>.</param>
    /// <param name="paramName">The name of its parameter.</param>
    /// <exception cref="ArgumentOutOfRangeException">The temperature is another number. The message states the range.</exception>
    public static void ValidateTemperature(double temperature, bool roundsToSingle, string paramName)
    {
        double largest = roundsToSingle ? float.MaxValue : double.MaxValue;
        double inverse = roundsToSingle ? (float)(1 / temperature) : 1 / temperature;
        if (!(temperature > 0 && temperature <= largest) || !double.IsFinite(inverse))
        {
            ThrowHelper.ThrowTemperature(temperature, roundsToSingle, paramName);
        }
    }

    /// <summary>Throws if a temperature is not a positive number whose square is a normal number of the kernel's type.</summary>
    /// <param name="temperature">The temperature, whose square multiplies losses and gradients.</param>
    /// <param name="roundsToSingle">Whether the kernel computes in <see cref="float"/>.</param>
    /// <param name="paramName">The name of its parameter.</param>
    /// <exception cref="ArgumentOutOfRangeException">The temperature is another number. The message states the range.</exception>
    public static void ValidateSquaredTemperature(double temperature, bool roundsToSingle, string paramName)
    {
        double square = roundsToSingle ? (float)(temperature * temperature) : temperature * temperature;
        bool isNormal = roundsToSingle ? float.IsNormal((float)square) : double.IsNormal(square);
        if (!(temperature > 0 && isNormal))
        {
            ThrowHelper.ThrowSquaredTemperature(temperature, roundsToSingle, paramName);
        }
    }

    /// <summary>Throws if a destination shares memory with data that has another shape, so that it cannot be computed in place.</summary>
    /// <typeparam name="TDestination">The destination's element type.</typeparam>
    /// <typeparam name="TSource">The source's element type.</typeparam>
    /// <param name="destination">The elements of the destination that are written.</param>
    /// <param name="source">The source.</param>
    /// <param name="paramName">The name of the destination's parameter.</param>
    /// <exception cref="ArgumentException">The destination overlaps the source.</exception>
    public static void ThrowIfOverlapping<TDestination, TSource>(
        ReadOnlySpan<TDestination> destination, ReadOnlySpan<TSource> source, string paramName)
        where TDestination : unmanaged
        where TSource : unmanaged
    {
        if (MemoryMarshal.AsBytes(destination).Overlaps(MemoryMarshal.AsBytes(source)))
        {
            ThrowHelper.ThrowOverlapsSource(paramName);
        }
    }

    /// <summary>Throws if a tensor destination shares memory with data that has another shape, so that it cannot be computed in place.</summary>
    /// <typeparam name="TDestination">The destination's element type.</typeparam>
    /// <typeparam name="TSource">The source's element type.</typeparam>
    /// <param name="destination">The destination.</param>
    /// <param name="source">The source.</param>
    /// <param name="paramName">The name of the destination's parameter.</param>
    /// <exception cref="ArgumentException">The extents of destination and source in memory intersect.</exception>
    public static void ThrowIfOverlapping<TDestination, TSource>(
        in ReadOnlyTensorSpan<TDestination> destination, in ReadOnlyTensorSpan<TSource> source, string paramName)
        where TDestination : unmanaged
        where TSource : unmanaged
    {
        if (ExtentsOverlap(in destination, in source))
        {
            ThrowHelper.ThrowOverlapsSource(paramName);
        }
    }

    /// <summary>Throws if two destinations share memory.</summary>
    /// <typeparam name="TSecond">The second destination's element type.</typeparam>
    /// <typeparam name="TFirst">The first destination's element type.</typeparam>
    /// <param name="second">The elements of the second destination that are written.</param>
    /// <param name="first">The elements of the first destination that are written.</param>
    /// <param name="paramName">The name of the second destination's parameter.</param>
    /// <exception cref="ArgumentException">The destinations overlap.</exception>
    public static void ThrowIfDestinationsOverlap<TSecond, TFirst>(
        ReadOnlySpan<TSecond> second, ReadOnlySpan<TFirst> first, string paramName)
        where TSecond : unmanaged
        where TFirst : unmanaged
    {
        if (MemoryMarshal.AsBytes(second).Overlaps(MemoryMarshal.AsBytes(first)))
        {
            ThrowHelper.ThrowOverlapsDestination(paramName);
        }
    }

    /// <summary>Throws if two tensor destinations may share memory.</summary>
    /// <typeparam name="TSecond">The second destination's element type.</typeparam>
    /// <typeparam name="TFirst">The first destination's element type.</typeparam>
    /// <param name="second">The second destination.</param>
    /// <param name="first">The first destination.</param>
    /// <param name="paramName">The name of the second destination's parameter.</param>
    /// <exception cref="ArgumentException">
    /// The destinations have the same shape and may overlap, or their extents in memory intersect.
    /// </exception>
    public static void ThrowIfDestinationsOverlap<TSecond, TFirst>(
        in TensorSpan<TSecond> second, in TensorSpan<TFirst> first, string paramName)
        where TSecond : unmanaged
        where TFirst : unmanaged
    {
        if (second.Lengths.SequenceEqual(first.Lengths))
        {
            TensorValidation.ThrowIfOverlapping(in second, in first, paramName);
        }
        else if (ExtentsOverlap<TSecond, TFirst>(second, first))
        {
            ThrowHelper.ThrowOverlapsDestination(paramName);
        }
    }

    private static bool ExtentsOverlap<TFirst, TSecond>(in ReadOnlyTensorSpan<TFirst> first, in ReadOnlyTensorSpan<TSecond> second)
        where TFirst : unmanaged
        where TSecond : unmanaged
    {
        if (first.IsEmpty || second.IsEmpty)
        {
            return false;
        }

        nint offset = Unsafe.ByteOffset(
            ref Unsafe.As<TFirst, byte>(ref Unsafe.AsRef(in first.GetPinnableReference())),
            ref Unsafe.As<TSecond, byte>(ref Unsafe.AsRef(in second.GetPinnableReference())));
        (nint firstLow, nint firstHigh) = MemoryOverlap.GetExtent(first.Lengths, first.Strides);
        (nint secondLow, nint secondHigh) = MemoryOverlap.GetExtent(second.Lengths, second.Strides);
        return offset + (secondLow * Unsafe.SizeOf<TSecond>()) < (firstHigh + 1) * Unsafe.SizeOf<TFirst>()
            && offset + ((secondHigh + 1) * Unsafe.SizeOf<TSecond>()) > firstLow * Unsafe.SizeOf<TFirst>();
    }

    /// <summary>Counts the rows that a mask selects.</summary>
    /// <param name="mask">One value for each row.</param>
    /// <returns>The number of values that are not false.</returns>
    public static int CountRows(ReadOnlySpan<bool> mask) => mask.Length - mask.Count(false);
}
