using System.Runtime.CompilerServices;

namespace KlDivGen.Conformance.Arithmetic;

/// <summary>Converts elements of any type from and to double. The structures of libraries have no conversion, but known bits.</summary>
internal static class Element
{
    /// <summary>The value of an element, which is exact.</summary>
    public static double ToDouble<T>(T element)
        where T : unmanaged =>
        typeof(T) == typeof(double) ? Unsafe.BitCast<T, double>(element)
        : typeof(T) == typeof(float) ? Unsafe.BitCast<T, float>(element)
        : HasBitsOfHalf<T>() ? (double)Unsafe.BitCast<T, Half>(element)
        : BitConverter.UInt32BitsToSingle((uint)Unsafe.BitCast<T, ushort>(element) << 16);

    /// <summary>The element that is nearest to a value, of two the even one.</summary>
    public static T FromDouble<T>(double value)
        where T : unmanaged =>
        typeof(T) == typeof(double) ? Unsafe.BitCast<double, T>(value)
        : typeof(T) == typeof(float) ? Unsafe.BitCast<float, T>((float)value)
        : HasBitsOfHalf<T>() ? Unsafe.BitCast<Half, T>((Half)value)
        : Unsafe.BitCast<ushort, T>((ushort)(BitConverter.SingleToUInt32Bits((float)FloatFormat.BFloat16.Round(value)) >> 16));

    private static bool HasBitsOfHalf<T>() => typeof(T) == typeof(Half) || typeof(T) == typeof(Microsoft.ML.OnnxRuntime.Float16);
}
