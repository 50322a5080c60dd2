using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace KlDivGen.CompilerServices;

/// <summary>
/// Converts numbers from and to structures that hold the 16 bits of a <see cref="Half"/>, whichever conversions the structure has itself.
/// Used by generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class HalfConverter
{
    /// <summary>Converts a half-precision number to the double of the same value.</summary>
    /// <typeparam name="T">The structure.</typeparam>
    /// <param name="value">The number.</param>
    /// <returns>The value; NaN for NaN.</returns>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> does not have 16 bits.</exception>
    public static double ToDouble<T>(T value)
        where T : unmanaged =>
        (double)Unsafe.BitCast<T, Half>(value);

    /// <summary>Rounds a number once, to the nearest half-precision number, ties to even.</summary>
    /// <typeparam name="T">The structure.</typeparam>
    /// <param name="value">The number.</param>
    /// <returns>The half-precision number; infinity where the number is too large, NaN for NaN.</returns>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> does not have 16 bits.</exception>
    public static T FromDouble<T>(double value)
        where T : unmanaged =>
        Unsafe.BitCast<Half, T>((Half)value);
}
