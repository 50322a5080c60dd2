using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace KlDivGen.CompilerServices;

/// <summary>
/// Transposes as many rows as a vector has lanes, in squares of eight or four elements. The last squares of a row end with it, so they may
/// overlap others.
/// </summary>
internal static class RowTranspose
{
    private const nuint Large = 8;
    private const nuint Small = 4;

    private static nuint Lanes => (nuint)Vector<float>.Count;

    /// <summary>Transposes rows into lanes.</summary>
    /// <param name="rows">The first element of rows that follow one another.</param>
    /// <param name="length">The length of a row.</param>
    /// <param name="lanes">The first of <paramref name="length"/> vectors.</param>
    public static void ToLanes(ref float rows, nuint length, ref float lanes)
    {
        nuint side = SquareSide(length);
        if (side == 1 && Lanes == Large)
        {
            ColumnsToLanes(ref rows, length, ref lanes);
            return;
        }

        for (nuint row = 0; row < Lanes; row += side)
        {
            for (nuint i = 0; i < length; i += side)
            {
                nuint column = nuint.Min(i, length - side);
                Transpose(
                    side, ref Unsafe.Add(ref rows, (row * length) + column), length, ref Unsafe.Add(ref lanes, (column * Lanes) + row), Lanes);
            }
        }
    }

    /// <summary>Transposes lanes into rows.</summary>
    /// <param name="lanes">The first of <paramref name="length"/> vectors.</param>
    /// <param name="rows">The first element of rows that follow one another.</param>
    /// <param name="length">The length of a row.</param>
    public static void FromLanes(ref float lanes, ref float rows, nuint length)
    {
        nuint side = SquareSide(length);
        if (side == 1)
        {
            ColumnsFromLanes(ref lanes, ref rows, length);
            return;
        }

        for (nuint row = 0; row < Lanes; row += side)
        {
            for (nuint i = 0; i < length; i += side)
            {
                nuint column = nuint.Min(i, length - side);
                Transpose(
                    side, ref Unsafe.Add(ref lanes, (column * Lanes) + row), Lanes, ref Unsafe.Add(ref rows, (row * length) + column), length);
            }
        }
    }

    private static nuint SquareSide(nuint length) =>
        Avx.IsSupported && Lanes >= Large ? (length >= Large ? Large : 1)
        : (Sse.IsSupported || AdvSimd.Arm64.IsSupported) && length >= Small ? Small
        : 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(nuint side, ref float source, nuint sourceStride, ref float destination, nuint destinationStride)
    {
        if (side == Large)
        {
            TransposeLarge(ref source, sourceStride, ref destination, destinationStride);
        }
        else if (side == Small)
        {
            TransposeSmall(ref source, sourceStride, ref destination, destinationStride);
        }
        else
        {
            destination = source;
        }
    }

    /// <summary>
    /// Transposes eight rows that are too short for squares of eight. Each column is stored as a whole: a load must wait if it follows
    /// narrower stores to the same memory.
    /// </summary>
    private static void ColumnsToLanes(ref float rows, nuint length, ref float lanes)
    {
        for (nuint i = 0; i < length; i++)
        {
            ref float column = ref Unsafe.Add(ref rows, i);
            ref float lower = ref Unsafe.Add(ref column, Small * length);
            Vector256.Create(
                column,
                Unsafe.Add(ref column, length),
                Unsafe.Add(ref column, 2 * length),
                Unsafe.Add(ref column, 3 * length),
                lower,
                Unsafe.Add(ref lower, length),
                Unsafe.Add(ref lower, 2 * length),
                Unsafe.Add(ref lower, 3 * length)).StoreUnsafe(ref lanes, i * Large);
        }
    }

    /// <summary>Transposes lanes into rows that are too short for squares, element by element.</summary>
    private static void ColumnsFromLanes(ref float lanes, ref float rows, nuint length)
    {
        for (nuint row = 0; row < Lanes; row++)
        {
            ref float destination = ref Unsafe.Add(ref rows, row * length);
            for (nuint i = 0; i < length; i++)
            {
                Unsafe.Add(ref destination, i) = Unsafe.Add(ref lanes, (i * Lanes) + row);
            }
        }
    }

    /// <summary>Transposes a square of eight rows and columns.</summary>
    private static void TransposeLarge(ref float source, nuint sourceStride, ref float destination, nuint destinationStride)
    {
        // Halves of rows four apart, so that the rest stays within the halves of vectors.
        Vector256<float> a0 = Halves(ref source, 0, sourceStride), a1 = Halves(ref source, 1, sourceStride);
        Vector256<float> a2 = Halves(ref source, 2, sourceStride), a3 = Halves(ref source, 3, sourceStride);
        ref float right = ref Unsafe.Add(ref source, Small);
        Vector256<float> b0 = Halves(ref right, 0, sourceStride), b1 = Halves(ref right, 1, sourceStride);
        Vector256<float> b2 = Halves(ref right, 2, sourceStride), b3 = Halves(ref right, 3, sourceStride);
        Store(a0, a1, a2, a3, ref destination, destinationStride);
        Store(b0, b1, b2, b3, ref Unsafe.Add(ref destination, Small * destinationStride), destinationStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Halves(ref float source, nuint row, nuint stride) => Vector256.Create(
        Vector128.LoadUnsafe(ref source, row * stride), Vector128.LoadUnsafe(ref source, (row + Small) * stride));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(
        Vector256<float> a0, Vector256<float> a1, Vector256<float> a2, Vector256<float> a3, ref float destination, nuint stride)
    {
        Vector256<double> low01 = Avx.UnpackLow(a0, a1).AsDouble(), high01 = Avx.UnpackHigh(a0, a1).AsDouble();
        Vector256<double> low23 = Avx.UnpackLow(a2, a3).AsDouble(), high23 = Avx.UnpackHigh(a2, a3).AsDouble();
        Avx.UnpackLow(low01, low23).AsSingle().StoreUnsafe(ref destination);
        Avx.UnpackHigh(low01, low23).AsSingle().StoreUnsafe(ref destination, stride);
        Avx.UnpackLow(high01, high23).AsSingle().StoreUnsafe(ref destination, 2 * stride);
        Avx.UnpackHigh(high01, high23).AsSingle().StoreUnsafe(ref destination, 3 * stride);
    }

    /// <summary>Transposes a square of four rows and columns.</summary>
    private static void TransposeSmall(ref float source, nuint sourceStride, ref float destination, nuint destinationStride)
    {
        Vector128<float> a0 = Vector128.LoadUnsafe(ref source), a1 = Vector128.LoadUnsafe(ref source, sourceStride);
        Vector128<float> a2 = Vector128.LoadUnsafe(ref source, 2 * sourceStride), a3 = Vector128.LoadUnsafe(ref source, 3 * sourceStride);
        Vector128<double> low01 = UnpackLow(a0, a1), high01 = UnpackHigh(a0, a1);
        Vector128<double> low23 = UnpackLow(a2, a3), high23 = UnpackHigh(a2, a3);
        UnpackLow(low01, low23).AsSingle().StoreUnsafe(ref destination);
        UnpackHigh(low01, low23).AsSingle().StoreUnsafe(ref destination, destinationStride);
        UnpackLow(high01, high23).AsSingle().StoreUnsafe(ref destination, 2 * destinationStride);
        UnpackHigh(high01, high23).AsSingle().StoreUnsafe(ref destination, 3 * destinationStride);
    }

    private static Vector128<double> UnpackLow(Vector128<float> a, Vector128<float> b) =>
        (Sse.IsSupported ? Sse.UnpackLow(a, b) : AdvSimd.Arm64.ZipLow(a, b)).AsDouble();

    private static Vector128<double> UnpackHigh(Vector128<float> a, Vector128<float> b) =>
        (Sse.IsSupported ? Sse.UnpackHigh(a, b) : AdvSimd.Arm64.ZipHigh(a, b)).AsDouble();

    private static Vector128<double> UnpackLow(Vector128<double> a, Vector128<double> b) =>
        Sse2.IsSupported ? Sse2.UnpackLow(a, b) : AdvSimd.Arm64.ZipLow(a, b);

    private static Vector128<double> UnpackHigh(Vector128<double> a, Vector128<double> b) =>
        Sse2.IsSupported ? Sse2.UnpackHigh(a, b) : AdvSimd.Arm64.ZipHigh(a, b);
}
