using System.Numerics;
using System.Runtime.CompilerServices;

namespace KlDivGen.CompilerServices;

/// <summary>The logarithm of a number in each lane, by the algorithm of <see cref="ScalarLogarithm"/>, with fused multiply-adds.</summary>
internal static class LaneLogarithm
{
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
        Vector<long> biasedExponent = (bits + new Vector<long>(Exponent - ScalarLogarithm.ElevenSixteenths)) >>> 52;
        Vector<double> n = Vector.AsVectorDouble(biasedExponent | new Vector<long>(TwoTo52)) - new Vector<double>(BiasedTwoTo52);
        Vector<double> m = Vector.AsVectorDouble(bits - (biasedExponent << 52) + new Vector<long>(Exponent));
        Vector<double> r = Vector.ConditionalSelect(isSmall, rho, m - Vector<double>.One);
        n = Vector.AndNot(n, Vector.AsVectorDouble(isSmall));
        Vector<double> small = SmallTerm(r);
        Vector<double> logarithm = (n * ScalarLogarithm.Ln2Hi) + (r + (small + (n * ScalarLogarithm.Ln2Lo)));
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
}
