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
}
