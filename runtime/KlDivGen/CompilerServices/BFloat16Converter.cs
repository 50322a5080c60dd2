using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace KlDivGen.CompilerServices;

/// <summary>
/// Converts numbers from and to structures that hold the 16 bits of a bfloat16, whichever conversions the structure has itself. Used by
/// generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BFloat16Converter
{
    private const int MissingBits = 16;

    private const double MinPower = 1.1754943508222875e-38;

    private const double MaxPower = 3.4028236692093846e38;

    private const double PlacesBelow = 1.5 * (1L << 45);

    /// <summary>Converts a bfloat16 to the double of the same value.</summary>
    /// <typeparam name="T">The structure.</typeparam>
    /// <param name="value">The bfloat16.</param>
    /// <returns>The value; NaN for NaN.</returns>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> does not have 16 bits.</exception>
    public static double ToDouble<T>(T value)
        where T : unmanaged =>
        BitConverter.UInt32BitsToSingle((uint)Unsafe.BitCast<T, ushort>(value) << MissingBits);

    /// <summary>Rounds a number once, to the nearest bfloat16, ties to even.</summary>
    /// <typeparam name="T">The structure.</typeparam>
    /// <param name="value">The number.</param>
    /// <returns>The bfloat16; infinity where the number is too large, NaN for NaN.</returns>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> does not have 16 bits.</exception>
    public static T FromDouble<T>(double value)
        where T : unmanaged
    {
        // Adding a number 1.5 · 2⁴⁵ times the power of two of the value rounds it to the places of bfloat16. That is exact as a float.
        const long ExponentBits = 0x7FF0000000000000;
        double power = BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(value) & ExponentBits);
        double anchor = Math.Clamp(power, MinPower, MaxPower) * PlacesBelow;
        double rounded = Math.CopySign(value + anchor - anchor, value);
        return Unsafe.BitCast<ushort, T>((ushort)(BitConverter.SingleToUInt32Bits((float)rounded) >> MissingBits));
    }
}
