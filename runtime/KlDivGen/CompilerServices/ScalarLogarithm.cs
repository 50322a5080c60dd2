using System.Numerics;
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
    private const double Ln2Hi = 0.69314718055989033;
    private const double Ln2Lo = 5.4979230187083712e-14;
    private const long ElevenSixteenths = 0x3FE6000000000000;

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

    /// <summary>Computes log(1 + ρ), without cancellation near ρ = 0.</summary>
    /// <param name="rho">A number from −1 to +∞, or NaN.</param>
    public static double LogOnePlus(double rho) => Math.Abs(rho) < 0.3 ? rho + SmallTerm(rho) : Log(1 + rho);

    /// <summary>Computes ρ − log(1 + ρ), without cancellation near ρ = 0. It is never negative.</summary>
    /// <param name="rho">A number from −1 to +∞, or NaN.</param>
    public static double MinusLogOnePlus(double rho) => Math.Abs(rho) < 0.3 ? -SmallTerm(rho) : rho - Log(1 + rho);

    /// <summary>Computes log(1 + ρ), and ρ − log(1 + ρ), without cancellation near ρ = 0, in each lane.</summary>
    /// <param name="rho">Finite numbers above −1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<double> Logarithm, Vector<double> Excess) OnePlus(Vector<double> rho)
    {
        const long Exponent = 0x3FF0000000000000;
        const long TwoTo52 = 0x4330000000000000;
        const double BiasedTwoTo52 = (1L << 52) + 1023;
        Vector<long> isSmall = Vector.LessThan(Vector.Abs(rho), new Vector<double>(0.3));
        Vector<long> bits = Vector.AsVectorInt64(rho + Vector<double>.One);
        Vector<long> biasedExponent = (bits + new Vector<long>(Exponent - ElevenSixteenths)) >>> 52;
        Vector<double> n = Vector.AsVectorDouble(biasedExponent | new Vector<long>(TwoTo52)) - new Vector<double>(BiasedTwoTo52);
        Vector<double> m = Vector.AsVectorDouble(bits - (biasedExponent << 52) + new Vector<long>(Exponent));
        Vector<double> r = Vector.ConditionalSelect(isSmall, rho, m - Vector<double>.One);
        n = Vector.AndNot(n, Vector.AsVectorDouble(isSmall));
        Vector<double> small = SmallTerm(r);
        Vector<double> logarithm = (n * Ln2Hi) + (r + (small + (n * Ln2Lo)));
        return (logarithm, Vector.ConditionalSelect(isSmall, -small, rho - logarithm));
    }

    /// <summary>log(1 + r) − r.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> SmallTerm(Vector<double> r)
    {
        Vector<double> s = r / (r + new Vector<double>(2));
        Vector<double> z = s * s;
        Vector<double> p = new(0.15055467686149396);
        p = Vector.MultiplyAddEstimate(p, z, new Vector<double>(0.15287499216796863));
        p = Vector.MultiplyAddEstimate(p, z, new Vector<double>(0.18184622256915672));
        p = Vector.MultiplyAddEstimate(p, z, new Vector<double>(0.22222177941519139));
        p = Vector.MultiplyAddEstimate(p, z, new Vector<double>(0.28571428944511629));
        p = Vector.MultiplyAddEstimate(p, z, new Vector<double>(0.39999999998511765));
        p = Vector.MultiplyAddEstimate(p, z, new Vector<double>(0.66666666666668672));
        return -s * (r - (z * p));
    }

    /// <summary>log(1 + r) − r.</summary>
    private static double SmallTerm(double r)
    {
        double s = r / (2 + r);
        double z = s * s;
        double p = 0.66666666666668672 + (z * (0.39999999998511765 + (z * (0.28571428944511629 + (z * (0.22222177941519139
            + (z * (0.18184622256915672 + (z * (0.15287499216796863 + (z * 0.15055467686149396)))))))))));
        return -s * (r - (z * p));
    }
}
