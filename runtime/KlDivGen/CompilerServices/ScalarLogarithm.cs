using System.Runtime.CompilerServices;

namespace KlDivGen.CompilerServices;

/// <summary>
/// The logarithm of one number, in additions, multiplications and one division, so that it has the same bits on every machine, which the
/// functions of <see cref="Math"/> do not have.
/// </summary>
/// <remarks>
/// y = 2ⁿ · m with m in [11/16, 11/8); with r = m − 1 and s = r / (2 + r), log m = r − s · (r − s² · P(s²)). P is a minimax fit. It is
/// the algorithm of the kernels, with an error below 1 ULP.
/// </remarks>
internal static class ScalarLogarithm
{
    internal const double Ln2Hi = 0.69314718055989033;
    internal const double Ln2Lo = 5.4979230187083712e-14;
    internal const long ElevenSixteenths = 0x3FE6000000000000;

    /// <summary>Computes log y.</summary>
    /// <param name="y">A positive normal number, 0, +∞ or NaN.</param>
    public static double Log(double y)
    {
        if (!(y > 0) || y == double.PositiveInfinity)
        {
            return y == 0 ? double.NegativeInfinity : y < 0 ? double.NaN : y;
        }

        long exponent = (BitConverter.DoubleToInt64Bits(y) - ElevenSixteenths) >> 52;
        double m = BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(y) - (exponent << 52));
        double r = m - 1;
        return (exponent * Ln2Hi) + (r + (SmallTerm(r) + (exponent * Ln2Lo)));
    }

    /// <summary>Computes log(1 + ρ), and ρ − log(1 + ρ), which is never negative, without cancellation near ρ = 0.</summary>
    /// <param name="rho">A number from −1 to +∞, or NaN.</param>
    public static (double Logarithm, double Excess) OnePlus(double rho)
    {
        if (Math.Abs(rho) < 0.3)
        {
            double small = SmallTerm(rho);
            return (rho + small, -small);
        }

        double logarithm = Log(1 + rho);
        return (logarithm, rho - logarithm);
    }

    /// <summary>log(1 + r) − r.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double SmallTerm(double r)
    {
        double s = r / (2 + r);
        double z = s * s;
        double p = 0.66666666666668672 + (z * (0.39999999998511765 + (z * (0.28571428944511629 + (z * (0.22222177941519139
            + (z * (0.18184622256915672 + (z * (0.15287499216796863 + (z * 0.15055467686149396)))))))))));
        return -s * (r - (z * p));
    }
}
