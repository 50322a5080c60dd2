using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace KlDivGen.CompilerServices;

/// <summary>Multiplies by powers of two whose exponents are floating-point numbers. Used by generated code.</summary>
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
}
