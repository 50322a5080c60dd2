using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace KlDivGen.CompilerServices;

/// <summary>Powers of two, and products with them. Used by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PowerOfTwo
{
    /// <summary>1.5 · 2²³: adding it moves an integer to the low bits.</summary>
    private const float SingleShift = 12582912;

    /// <summary>1.5 · 2⁵².</summary>
    private const double DoubleShift = 6755399441055744;

    /// <summary>The exponent of the smallest normal number.</summary>
    private const float MinSingleExponent = -126;

    /// <summary>The exponent of the smallest normal number.</summary>
    private const double MinDoubleExponent = -1022;

    /// <summary>Computes value · 2ⁿ by adding n to the exponent.</summary>
    /// <param name="value">Normal numbers whose products are normal numbers too.</param>
    /// <param name="n">Integers.</param>
    /// <returns>The products, lane by lane.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Scale(Vector<float> value, Vector<float> n) =>
        Vector.AsVectorSingle(Vector.AsVectorInt32(value) + (Vector.AsVectorInt32(n + new Vector<float>(SingleShift)) << 23));

    /// <inheritdoc cref="Scale(Vector{float}, Vector{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Scale(Vector<double> value, Vector<double> n) =>
        Vector.AsVectorDouble(Vector.AsVectorInt64(value) + (Vector.AsVectorInt64(n + new Vector<double>(DoubleShift)) << 52));

    /// <inheritdoc cref="Scale(Vector{float}, Vector{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Scale(Vector512<float> value, Vector512<float> n) => Avx512F.IsSupported
        ? Avx512F.Scale(value, n)
        : Vector512.AsSingle(Vector512.AsInt32(value) + (Vector512.AsInt32(n + Vector512.Create(SingleShift)) << 23));

    /// <inheritdoc cref="Scale(Vector{float}, Vector{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Scale(Vector512<double> value, Vector512<double> n) => Avx512F.IsSupported
        ? Avx512F.Scale(value, n)
        : Vector512.AsDouble(Vector512.AsInt64(value) + (Vector512.AsInt64(n + Vector512.Create(DoubleShift)) << 52));

    /// <summary>Computes value · 2ⁿ, also where the product is smaller than every normal number.</summary>
    /// <param name="value">Numbers from 1 to 2.</param>
    /// <param name="n">Integers up to 126 (1022 for double), or −∞.</param>
    /// <returns>
    /// The products, lane by lane; where n is below the exponents of normal numbers, any number from 0 to twice the smallest normal number.
    /// </returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> ScaleClamped(Vector<float> value, Vector<float> n) =>
        Scale(value, Vector.MaxNative(n, new Vector<float>(MinSingleExponent)));

    /// <inheritdoc cref="ScaleClamped(Vector{float}, Vector{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> ScaleClamped(Vector<double> value, Vector<double> n) =>
        Scale(value, Vector.MaxNative(n, new Vector<double>(MinDoubleExponent)));

    /// <inheritdoc cref="ScaleClamped(Vector{float}, Vector{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ScaleClamped(Vector512<float> value, Vector512<float> n) =>
        Scale(value, Avx512F.IsSupported ? n : Vector512.MaxNative(n, Vector512.Create(MinSingleExponent)));

    /// <inheritdoc cref="ScaleClamped(Vector{float}, Vector{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> ScaleClamped(Vector512<double> value, Vector512<double> n) =>
        Scale(value, Avx512F.IsSupported ? n : Vector512.MaxNative(n, Vector512.Create(MinDoubleExponent)));

    /// <summary>Computes 2 to the power n/32 − 125, from a table of the 32 powers from 1 to 2.</summary>
    /// <param name="n">Numbers whose low 14 bits are an integer from 0 to 4095.</param>
    /// <returns>The powers, lane by lane, rounded to nearest.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Fractional(Vector512<int> n)
    {
        // Adding n to the exponent adds the fraction to the mantissa, too. The table's numbers have that, and the exponent 125, subtracted.
        Vector512<int> lower = Vector512.Create(
            0x01000000, 0x00FECD87, 0x00FDAAC3, 0x00FC980F, 0x00FB95C2, 0x00FAA43A, 0x00F9C3D3, 0x00F8F4F0,
            0x00F837F0, 0x00F78D3A, 0x00F6F532, 0x00F67043, 0x00F5FED7, 0x00F5A15B, 0x00F5583F, 0x00F523F6);
        Vector512<int> upper = Vector512.Create(
            0x00F504F3, 0x00F4FBAF, 0x00F508A4, 0x00F52C4D, 0x00F5672A, 0x00F5B9BE, 0x00F6248C, 0x00F6A81E,
            0x00F744FD, 0x00F7FBB8, 0x00F8CCDF, 0x00F9B907, 0x00FAC0C7, 0x00FBE4BA, 0x00FD257D, 0x00FE83B3);
        Vector512<int> power = Avx512F.IsSupported
            ? Avx512F.PermuteVar16x32x2(lower, n, upper)
            : Vector512.Shuffle(lower, n & Vector512.Create(31)) | Vector512.Shuffle(upper, (n & Vector512.Create(31)) ^ Vector512.Create(16));
        return Vector512.AsSingle(power + (n << 18));
    }

    /// <summary>Computes 2 to the power n/16 − 1021, from a table of the 16 powers from 1 to 2.</summary>
    /// <param name="n">Numbers whose low 16 bits are an integer from 0 to 16383.</param>
    /// <returns>The powers, lane by lane, rounded to nearest.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Fractional(Vector512<long> n)
    {
        Vector512<long> lower = Vector512.Create(
            0x0020000000000000, 0x001FB5586CF9890F, 0x001F72B83C7D517B, 0x001F387A6E756238,
            0x001F06FE0A31B715, 0x001EDEA64C123422, 0x001EBFDAD5362A27, 0x001EAB07DD485429);
        Vector512<long> upper = Vector512.Create(
            0x001EA09E667F3BCD, 0x001EA11473EB0187, 0x001EACE5422AA0DB, 0x001EC49182A3F090,
            0x001EE89F995AD3AD, 0x001F199BDD85529C, 0x001F5818DCFBA487, 0x001FA4AFA2A490DA);
        Vector512<long> power = Avx512F.IsSupported
            ? Avx512F.PermuteVar8x64x2(lower, n, upper)
            : Vector512.Shuffle(lower, n & Vector512.Create(15L)) | Vector512.Shuffle(upper, (n & Vector512.Create(15L)) ^ Vector512.Create(8L));
        return Vector512.AsDouble(power + (n << 48));
    }
}
