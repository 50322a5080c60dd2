using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace KlDivGen.CompilerServices;

/// <summary>
/// Adds numbers without rounding: a superaccumulator. Only the total is rounded, once, so that it does not depend on the order of the
/// additions. Used by generated code that returns a <see cref="PartialLoss"/>.
/// </summary>
/// <remarks>
/// The sum is an integer multiple of the smallest positive <see cref="double"/>, 2⁻¹⁰⁷⁴, in two's complement. A finite number is less
/// than 2²⁰⁹⁸ such units; 34 limbs of 64 bits hold the sum of more than 2⁷⁶ of them. Unlike the accumulator of R. M. Neal ("Fast Exact
/// Summation Using Small and Large Superaccumulators", 2015), whose limbs overlap to postpone carries, equal sums have equal limbs. An
/// addition carries beyond the second limb only where a sum crosses a power of two.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct ExactAccumulator
{
    /// <summary>The number of limbs.</summary>
    internal const int LimbCount = 34;

    /// <summary>The magnitude of every finite number is less than two to the power of this, in units of the sum.</summary>
    internal const int MaxBitLength = 2098;

    private const int FractionBits = 52;
    private const int MaxExponent = 0x7FF;

    private LimbArray limbs;

    /// <summary>Initializes an accumulator from its parts.</summary>
    /// <param name="limbs">The limbs of the finite sum.</param>
    /// <param name="nonFinite">The numbers that are not finite.</param>
    internal ExactAccumulator(ReadOnlySpan<ulong> limbs, NonFiniteKinds nonFinite)
    {
        limbs.CopyTo(this.limbs);
        this.NonFinite = nonFinite;
    }

    /// <summary>Gets the kinds of numbers that were added and are not finite.</summary>
    internal NonFiniteKinds NonFinite { get; private set; }

    /// <summary>Gets the limbs of the sum of all finite numbers, in two's complement, beginning with the least significant one.</summary>
    [UnscopedRef]
    internal readonly ReadOnlySpan<ulong> Limbs => this.limbs;

    /// <summary>Gets the number of bits of the magnitude of the sum of all finite numbers.</summary>
    internal readonly int BitLength
    {
        get
        {
            LimbArray magnitude = this.GetMagnitude();
            return GetBitLength(magnitude);
        }
    }

    /// <summary>
    /// Gets the total, rounded to nearest. It is infinite if it is out of range or if a number was, and <see cref="double.NaN"/> if a
    /// number was NaN or if both infinities were added.
    /// </summary>
    public readonly double Total => this.NonFinite switch
    {
        NonFiniteKinds.None => this.RoundToNearest(),
        NonFiniteKinds.PositiveInfinity => double.PositiveInfinity,
        NonFiniteKinds.NegativeInfinity => double.NegativeInfinity,
        _ => double.NaN,
    };

    private readonly bool IsNegative => (long)this.limbs[LimbCount - 1] < 0;

    /// <summary>Adds numbers.</summary>
    /// <param name="values">The numbers to add.</param>
    public void Add(ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            this.Add(value);
        }
    }

    /// <summary>Adds a number.</summary>
    /// <param name="value">The number to add.</param>
    public void Add(double value)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(value);
        int exponent = (int)(bits >> FractionBits) & MaxExponent;
        ulong significand = bits & ((1UL << FractionBits) - 1);
        if (exponent == MaxExponent)
        {
            this.NonFinite |= significand != 0 ? NonFiniteKinds.NaN
                : value > 0 ? NonFiniteKinds.PositiveInfinity
                : NonFiniteKinds.NegativeInfinity;
            return;
        }

        // The exponent of subnormal numbers is that of the smallest normal ones.
        int position = 0;
        if (exponent != 0)
        {
            significand |= 1UL << FractionBits;
            position = exponent - 1;
        }

        int limb = position / 64;
        int shift = position % 64;
        UInt128 shifted = (UInt128)significand << shift;
        if (value < 0)
        {
            this.Subtract(limb, (ulong)shifted, (ulong)(shifted >> 64));
        }
        else
        {
            this.Add(limb, (ulong)shifted, (ulong)(shifted >> 64));
        }
    }

    /// <summary>Adds the sum of another accumulator.</summary>
    /// <param name="other">The other accumulator.</param>
    public void Add(in ExactAccumulator other)
    {
        ulong carry = 0;
        for (int i = 0; i < LimbCount; i++)
        {
            UInt128 sum = (UInt128)this.limbs[i] + other.limbs[i] + carry;
            this.limbs[i] = (ulong)sum;
            carry = (ulong)(sum >> 64);
        }

        this.NonFinite |= other.NonFinite;
    }

    /// <summary>Returns the sum with its counts.</summary>
    /// <param name="elements">The number of elements whose losses were added.</param>
    /// <param name="rows">The number of rows whose losses were added; 0 if the data has no rows. Rows without elements do not count.</param>
    /// <returns>The sum with its counts.</returns>
    public readonly PartialLoss ToPartialLoss(long elements, long rows) => new(this, elements, elements == 0 ? 0 : rows);

    /// <summary>Determines whether two accumulators have the same sum.</summary>
    internal static bool AreEqual(in ExactAccumulator left, in ExactAccumulator right) =>
        left.NonFinite == right.NonFinite && left.Limbs.SequenceEqual(right.Limbs);

    private void Add(int limb, ulong low, ulong high)
    {
        ulong sum = this.limbs[limb] + low;
        this.limbs[limb] = sum;
        // The high part has at most 52 bits: this does not overflow.
        high += sum < low ? 1UL : 0;
        sum = this.limbs[limb + 1] + high;
        this.limbs[limb + 1] = sum;
        if (sum < high)
        {
            // The carry out of the last limb is that of a negative sum that becomes positive.
            for (int i = limb + 2; i < LimbCount && ++this.limbs[i] == 0; i++)
            {
            }
        }
    }

    private void Subtract(int limb, ulong low, ulong high)
    {
        ulong minuend = this.limbs[limb];
        this.limbs[limb] = minuend - low;
        high += minuend < low ? 1UL : 0;
        minuend = this.limbs[limb + 1];
        this.limbs[limb + 1] = minuend - high;
        if (minuend < high)
        {
            for (int i = limb + 2; i < LimbCount && this.limbs[i]-- == 0; i++)
            {
            }
        }
    }

    private readonly LimbArray GetMagnitude()
    {
        LimbArray magnitude = this.limbs;
        if (this.IsNegative)
        {
            ulong carry = 1;
            for (int i = 0; i < LimbCount; i++)
            {
                magnitude[i] = ~magnitude[i] + carry;
                carry &= magnitude[i] == 0 ? 1UL : 0;
            }
        }

        return magnitude;
    }

    private static int GetBitLength(ReadOnlySpan<ulong> magnitude)
    {
        int limb = magnitude.LastIndexOfAnyExcept(0UL);
        return limb < 0 ? 0 : (64 * limb) + 64 - (int)ulong.LeadingZeroCount(magnitude[limb]);
    }

    private readonly double RoundToNearest()
    {
        LimbArray magnitude = this.GetMagnitude();
        int bitLength = GetBitLength(magnitude);
        if (bitLength > MaxBitLength)
        {
            return this.IsNegative ? double.NegativeInfinity : double.PositiveInfinity;
        }

        ulong bits = magnitude[0];
        if (bitLength > FractionBits + 1)
        {
            // The significand is the 53 highest bits. Below them is one bit that rounds up, unless there is a tie.
            int position = bitLength - (FractionBits + 1);
            ulong significand = GetBits(magnitude, position) & ((1UL << (FractionBits + 1)) - 1);
            bool isHalfOrMore = (GetBits(magnitude, position - 1) & 1) != 0;
            if (isHalfOrMore && ((significand & 1) != 0 || HasBitsBelow(magnitude, position - 1)))
            {
                significand++;
            }

            // The leading bit of the significand adds 1 to the exponent. So does a carry, also that to infinity.
            bits = ((ulong)position << FractionBits) + significand;
        }

        double value = BitConverter.UInt64BitsToDouble(bits);
        return this.IsNegative ? -value : value;
    }

    /// <summary>Returns the 64 bits from a position on.</summary>
    private static ulong GetBits(ReadOnlySpan<ulong> magnitude, int position)
    {
        int limb = position / 64;
        ulong high = limb + 1 < LimbCount ? magnitude[limb + 1] : 0;
        return (ulong)(new UInt128(high, magnitude[limb]) >> (position % 64));
    }

    private static bool HasBitsBelow(ReadOnlySpan<ulong> magnitude, int position)
    {
        int limb = position / 64;
        return (magnitude[limb] & ((1UL << (position % 64)) - 1)) != 0 || magnitude[..limb].ContainsAnyExcept(0UL);
    }

    /// <summary>Kinds of numbers that are not finite.</summary>
    [Flags]
    internal enum NonFiniteKinds : ushort
    {
        /// <summary>Every number is finite.</summary>
        None = 0,

        /// <summary>A number is NaN.</summary>
        NaN = 1,

        /// <summary>A number is +∞.</summary>
        PositiveInfinity = 2,

        /// <summary>A number is −∞.</summary>
        NegativeInfinity = 4,
    }

    [InlineArray(LimbCount)]
    private struct LimbArray
    {
        private ulong first;
    }
}
