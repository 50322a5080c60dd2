namespace KlDivGen.Conformance.Arithmetic;

/// <summary>Scaling by a power of two, as <see cref="Math"/> has it, without a call where numbers and powers are normal.</summary>
internal static class PowersOfTwo
{
    private const int Bias = 1023;

    /// <summary>As <see cref="Math.ScaleB"/>: the value times 2 to the power of the exponent.</summary>
    public static double Scale(double value, int exponent) => (uint)(exponent + Bias - 1) < (2 * Bias)
        ? value * BitConverter.Int64BitsToDouble((long)(exponent + Bias) << 52)
        : Math.ScaleB(value, exponent);

    /// <summary>As <see cref="Math.ILogB"/>: the exponent of the value's leading bit.</summary>
    public static int ExponentOf(double value)
    {
        int biased = (int)(BitConverter.DoubleToInt64Bits(value) >> 52) & 0x7FF;
        return biased is > 0 and < 0x7FF ? biased - Bias : Math.ILogB(value);
    }
}
