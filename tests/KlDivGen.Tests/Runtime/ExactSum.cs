using System.Numerics;

namespace KlDivGen.Tests.Runtime;

/// <summary>Sums of <see cref="double"/> by arithmetic of integers of any length, in units of the smallest positive number.</summary>
internal static class ExactSum
{
    private static readonly BigInteger Infinity = BigInteger.One << 2098;

    /// <summary>Converts a finite number to units.</summary>
    public static BigInteger ToUnits(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(Math.Abs(value));
        long exponent = bits >> 52;
        BigInteger magnitude = exponent == 0 ? bits : (BigInteger)((bits & ((1L << 52) - 1)) | (1L << 52)) << (int)(exponent - 1);
        return value < 0 ? -magnitude : magnitude;
    }

    /// <summary>Rounds to the nearest number, by a search among all of them; a tie goes to the one whose last bit is 0.</summary>
    public static double Round(BigInteger units)
    {
        BigInteger magnitude = BigInteger.Abs(units);
        if (magnitude >= Infinity)
        {
            return units.Sign * double.PositiveInfinity;
        }

        // Positive numbers are in the order of their bits.
        long low = 0;
        long high = BitConverter.DoubleToInt64Bits(double.PositiveInfinity);
        while (high - low > 1)
        {
            long middle = low + ((high - low) / 2);
            if (ToUnits(BitConverter.Int64BitsToDouble(middle)) <= magnitude)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        BigInteger below = magnitude - ToUnits(BitConverter.Int64BitsToDouble(low));
        BigInteger above = (double.IsFinite(BitConverter.Int64BitsToDouble(high))
            ? ToUnits(BitConverter.Int64BitsToDouble(high)) : Infinity) - magnitude;
        bool isNearerToHigh = below > above || (below == above && (low & 1) != 0);
        double nearest = BitConverter.Int64BitsToDouble(isNearerToHigh ? high : low);
        return units.Sign < 0 ? -nearest : nearest;
    }
}
