using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using KlDivGen.CompilerServices;

namespace KlDivGen;

/// <summary>
/// The loss of a piece of the data: an exact sum and its counts. The losses of pieces merge with <c>+</c> into that of the whole, bit
/// for bit, in any order and grouping, on any number of threads or machines.
/// </summary>
/// <remarks>
/// <para>
/// A method with <see cref="KLDivLossAttribute"/> adds the losses of a block of <see cref="BlockLength"/> elements, or of a row, as
/// usual. From there on, nothing is rounded until <see cref="Sum"/> is read. Pieces give the bits of the whole if they are cut at
/// multiples of <see cref="BlockLength"/> elements, or between rows. On different machines, the blocks have the same bits if the method
/// is <see cref="KLDivLossAttribute.Deterministic"/>.
/// </para>
/// <para>
/// <see cref="TryWriteBytes"/> writes version 1 of a fixed layout of <see cref="ByteCount"/> bytes, which <see cref="Read"/> reads. All
/// numbers are little-endian.
/// </para>
/// <list type="table">
/// <listheader><term>offset</term><description>content</description></listheader>
/// <item><term>0</term><description>the ASCII characters <c>KLDP</c></description></item>
/// <item><term>4</term><description>the version, an unsigned 16-bit integer</description></item>
/// <item>
/// <term>6</term>
/// <description>an unsigned 16-bit integer: 1 if a loss is NaN, plus 2 if one is +∞, plus 4 if one is −∞</description>
/// </item>
/// <item><term>8</term><description><see cref="Elements"/>, a signed 64-bit integer</description></item>
/// <item><term>16</term><description><see cref="Rows"/>, a signed 64-bit integer</description></item>
/// <item>
/// <term>24</term>
/// <description>the sum of the finite losses in units of 2⁻¹⁰⁷⁴, a signed 2176-bit integer in two's complement</description>
/// </item>
/// <item><term>296</term><description>the CRC-32C (RFC 3720) of the bytes before it, an unsigned 32-bit integer</description></item>
/// </list>
/// </remarks>
/// <example>
/// <code>
/// PartialLoss loss = PartialLoss.Zero;
/// foreach ((float[] input, float[] target) in pieces)
/// {
///     loss += Losses.Partial(input, target);
/// }
///
/// double mean = loss.Mean;
/// </code>
/// </example>
public readonly struct PartialLoss : IEquatable<PartialLoss>
{
    /// <summary>The number of elements whose losses are added before the exact sum. Pieces are cut at multiples of it.</summary>
    public const int BlockLength = 8192;

    /// <summary>The number of bytes that <see cref="TryWriteBytes"/> writes.</summary>
    public const int ByteCount = ChecksumOffset + sizeof(uint);

    private const int VersionOffset = 4;
    private const int NonFiniteOffset = 6;
    private const int ElementsOffset = 8;
    private const int RowsOffset = 16;
    private const int SumOffset = 24;
    private const int ChecksumOffset = SumOffset + (ExactAccumulator.LimbCount * sizeof(ulong));
    private const ushort Version = 1;
    private const ExactAccumulator.NonFiniteKinds AllNonFiniteKinds = ExactAccumulator.NonFiniteKinds.NaN
        | ExactAccumulator.NonFiniteKinds.PositiveInfinity | ExactAccumulator.NonFiniteKinds.NegativeInfinity;

    private readonly ExactAccumulator sum;

    /// <summary>Initializes a loss.</summary>
    /// <param name="sum">The sum of the losses.</param>
    /// <param name="elements">The number of elements.</param>
    /// <param name="rows">The number of rows.</param>
    internal PartialLoss(in ExactAccumulator sum, long elements, long rows)
    {
        this.sum = sum;
        this.Elements = elements;
        this.Rows = rows;
    }

    /// <summary>Gets the loss of no data. Adding it changes nothing.</summary>
    public static PartialLoss Zero => default;

    /// <summary>Gets the number of elements whose losses are in the sum.</summary>
    public long Elements { get; }

    /// <summary>Gets the number of rows whose losses are in the sum; 0 if the data has no rows.</summary>
    public long Rows { get; }

    /// <summary>Gets the sum of the losses: the exact sum of all blocks or rows, rounded to nearest. 0 for no data.</summary>
    public double Sum => this.sum.Total;

    /// <summary>Gets the mean loss of an element: <see cref="Sum"/> divided by <see cref="Elements"/>. NaN for no data.</summary>
    public double Mean => Divide(this.Sum, this.Elements);

    private static ReadOnlySpan<byte> Signature => "KLDP"u8;

    /// <summary>Merges the losses of two pieces of data that have no element in common.</summary>
    /// <param name="left">The loss of one piece.</param>
    /// <param name="right">The loss of the other piece.</param>
    /// <returns>The loss of both.</returns>
    /// <exception cref="OverflowException">A count exceeds <see cref="long.MaxValue"/>.</exception>
    public static PartialLoss operator +(in PartialLoss left, in PartialLoss right)
    {
        ExactAccumulator sum = left.sum;
        sum.Add(in right.sum);
        return new PartialLoss(in sum, checked(left.Elements + right.Elements), checked(left.Rows + right.Rows));
    }

    /// <summary>Determines whether two losses have the same exact sum and the same counts.</summary>
    /// <param name="left">The first loss.</param>
    /// <param name="right">The second loss.</param>
    /// <returns><see langword="true"/> if they are equal.</returns>
    public static bool operator ==(in PartialLoss left, in PartialLoss right) =>
        left.Elements == right.Elements && left.Rows == right.Rows && ExactAccumulator.AreEqual(in left.sum, in right.sum);

    /// <summary>Determines whether two losses have another exact sum or other counts.</summary>
    /// <param name="left">The first loss.</param>
    /// <param name="right">The second loss.</param>
    /// <returns><see langword="true"/> if they are not equal.</returns>
    public static bool operator !=(in PartialLoss left, in PartialLoss right) => !(left == right);

    /// <summary>Reads a loss that <see cref="TryWriteBytes"/> has written.</summary>
    /// <param name="source">The bytes, <see cref="ByteCount"/> in number.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="FormatException">The bytes are not a loss, are damaged, or are of a later version.</exception>
    public static PartialLoss Read(ReadOnlySpan<byte> source)
    {
        if (source.Length < NonFiniteOffset || !source.StartsWith(Signature))
        {
            throw new FormatException("The bytes are not a PartialLoss.");
        }

        ushort version = BinaryPrimitives.ReadUInt16LittleEndian(source[VersionOffset..]);
        if (version != Version)
        {
            throw new FormatException($"The bytes are a PartialLoss of version {version}; only version {Version} is supported.");
        }

        if (source.Length != ByteCount)
        {
            throw new FormatException($"A PartialLoss has {ByteCount} bytes, but there are {source.Length}.");
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(source[ChecksumOffset..]) != ComputeChecksum(source))
        {
            throw new FormatException("The checksum of the PartialLoss is wrong: its bytes are damaged.");
        }

        Span<ulong> limbs = stackalloc ulong[ExactAccumulator.LimbCount];
        for (int i = 0; i < limbs.Length; i++)
        {
            limbs[i] = BinaryPrimitives.ReadUInt64LittleEndian(source[(SumOffset + (i * sizeof(ulong)))..]);
        }

        ExactAccumulator.NonFiniteKinds nonFinite =
            (ExactAccumulator.NonFiniteKinds)BinaryPrimitives.ReadUInt16LittleEndian(source[NonFiniteOffset..]);
        PartialLoss loss = new(
            new ExactAccumulator(limbs, nonFinite),
            BinaryPrimitives.ReadInt64LittleEndian(source[ElementsOffset..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[RowsOffset..]));
        return loss.IsPossible ? loss : throw new FormatException("The PartialLoss cannot be that of any data.");
    }

    /// <summary>Computes the loss of an example: <see cref="Sum"/> divided by the number of examples.</summary>
    /// <param name="batchSize">The number of examples in all merged pieces.</param>
    /// <returns>The loss of an example.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is not positive.</exception>
    public double BatchMean(long batchSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        return Divide(this.Sum, batchSize);
    }

    /// <summary>Writes the loss in a layout that is the same on every machine and in every later version of this library.</summary>
    /// <param name="destination">Receives the bytes.</param>
    /// <param name="bytesWritten"><see cref="ByteCount"/>, or 0 if the destination is too short.</param>
    /// <returns><see langword="false"/> if the destination is shorter than <see cref="ByteCount"/>.</returns>
    public bool TryWriteBytes(Span<byte> destination, out int bytesWritten)
    {
        if (destination.Length < ByteCount)
        {
            bytesWritten = 0;
            return false;
        }

        Signature.CopyTo(destination);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[VersionOffset..], Version);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[NonFiniteOffset..], (ushort)this.sum.NonFinite);
        BinaryPrimitives.WriteInt64LittleEndian(destination[ElementsOffset..], this.Elements);
        BinaryPrimitives.WriteInt64LittleEndian(destination[RowsOffset..], this.Rows);
        ReadOnlySpan<ulong> limbs = this.sum.Limbs;
        for (int i = 0; i < limbs.Length; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(destination[(SumOffset + (i * sizeof(ulong)))..], limbs[i]);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(destination[ChecksumOffset..], ComputeChecksum(destination));
        bytesWritten = ByteCount;
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(PartialLoss other) => this == other;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PartialLoss other && this == other;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(this.Sum, this.Elements, this.Rows);

    /// <summary>Returns the sum and the counts as text, in the invariant culture.</summary>
    /// <returns>The text.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"Sum = {this.Sum}, Elements = {this.Elements}, Rows = {this.Rows}");

    /// <summary>
    /// Gets whether some data has this loss: the counts are possible, and each element adds at most one finite number to the sum.
    /// </summary>
    private bool IsPossible
    {
        get
        {
            if (this.Elements < 0 || this.Rows < 0 || this.Rows > this.Elements || (this.sum.NonFinite & ~AllNonFiniteKinds) != 0)
            {
                return false;
            }

            int bitLength = this.sum.BitLength;
            return this.Elements == 0
                ? bitLength == 0 && this.sum.NonFinite == ExactAccumulator.NonFiniteKinds.None
                : bitLength <= ExactAccumulator.MaxBitLength + 64 - (int)long.LeadingZeroCount(this.Elements);
        }
    }

    private static double Divide(double sum, long count)
    {
        // 0/0 has another sign on each processor family.
        double quotient = sum / count;
        return double.IsNaN(quotient) ? double.NaN : quotient;
    }

    private static uint ComputeChecksum(ReadOnlySpan<byte> bytes)
    {
        uint checksum = uint.MaxValue;
        for (int i = 0; i < ChecksumOffset; i += sizeof(ulong))
        {
            checksum = BitOperations.Crc32C(checksum, BinaryPrimitives.ReadUInt64LittleEndian(bytes[i..]));
        }

        return ~checksum;
    }
}
