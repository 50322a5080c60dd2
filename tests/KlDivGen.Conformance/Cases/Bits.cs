using System.Runtime.InteropServices;

namespace KlDivGen.Conformance.Cases;

/// <summary>Comparisons that distinguish 0 from −0 and one NaN from another.</summary>
internal static class Bits
{
    public static bool Equal(double a, double b) => BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b);

    public static bool Equal(double[] a, double[] b) => MemoryMarshal.AsBytes<double>(a).SequenceEqual(MemoryMarshal.AsBytes<double>(b));
}
