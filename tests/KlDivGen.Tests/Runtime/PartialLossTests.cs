using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using KlDivGen.CompilerServices;

namespace KlDivGen.Tests.Runtime;

public sealed class PartialLossTests
{
    private const int ChecksumOffset = PartialLoss.ByteCount - sizeof(uint);

    public static TheoryData<string> Kinds => [.. RandomNumbers.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Any_partition_order_and_tree_of_merges_gives_the_same_bits(string kind)
    {
        double[] blocks = RandomNumbers.Create(kind, 300, seed: 4);
        PartialLoss whole = Create(blocks);
        byte[] bytes = ToBytes(whole);
        Assert.Equal(ExactSum.Round(blocks.Aggregate(BigInteger.Zero, (sum, block) => sum + ExactSum.ToUnits(block))), whole.Sum);
        for (int seed = 0; seed < 100; seed++)
        {
            Random random = new(seed);
            double[] shuffled = [.. blocks];
            random.Shuffle(shuffled);
            PartialLoss merged = MergeTree(shuffled, random);
            Assert.Equal(whole, merged);
            Assert.Equal(bytes, ToBytes(merged));
        }
    }

    [Fact]
    public void Any_order_of_merges_with_non_finite_blocks_gives_the_same_bits()
    {
        double[][] cases =
        [
            [double.NaN, 1, 2, double.PositiveInfinity],
            [double.PositiveInfinity, 1, double.MaxValue, double.MaxValue],
            [double.NegativeInfinity, double.PositiveInfinity, 3, 4],
        ];
        foreach (double[] blocks in cases)
        {
            PartialLoss whole = Create(blocks);
            Assert.Equal(blocks.Sum(), whole.Sum);
            Assert.All(Enumerable.Range(0, 50), seed => Assert.Equal(whole, MergeTree(blocks, new Random(seed))));
        }
    }

    [Fact]
    public void Zero_is_neutral()
    {
        Assert.Equal(default, PartialLoss.Zero);
        Assert.Equal(0, BitConverter.DoubleToInt64Bits(PartialLoss.Zero.Sum));
        Assert.Equal(BitConverter.DoubleToInt64Bits(double.NaN), BitConverter.DoubleToInt64Bits(PartialLoss.Zero.Mean));
        Assert.Equal(0, PartialLoss.Zero.BatchMean(3));

        PartialLoss loss = Create([0.1, -3]);
        Assert.Equal(loss, loss + PartialLoss.Zero);
        Assert.Equal(loss, PartialLoss.Zero + loss);
        Assert.Equal(PartialLoss.Zero, PartialLoss.Zero + PartialLoss.Zero);
    }

    [Fact]
    public void Counts_add_and_divide_the_sum()
    {
        PartialLoss loss = Create([0.5, 0.25], elements: 6, rows: 2) + Create([1], elements: 4, rows: 1);
        Assert.Equal(10, loss.Elements);
        Assert.Equal(3, loss.Rows);
        Assert.Equal(1.75, loss.Sum);
        Assert.Equal(1.75 / 10, loss.Mean);
        Assert.Equal(1.75 / 3, loss.BatchMean(3));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public void A_batch_size_that_is_not_positive_throws(long batchSize) =>
        Assert.Throws<ArgumentOutOfRangeException>(nameof(batchSize), () => Create([1]).BatchMean(batchSize));

    [Fact]
    public void A_count_that_overflows_throws()
    {
        PartialLoss largest = Create([], long.MaxValue, long.MaxValue);
        Assert.Throws<OverflowException>(() => largest + Create([], 1, 0));
        Assert.Throws<OverflowException>(() => Create([], 1, 1) + largest);
        Assert.Equal(largest, largest + PartialLoss.Zero);
    }

    [Fact]
    public void Equality_compares_the_exact_sum_and_the_counts()
    {
        PartialLoss loss = Create([1, double.Epsilon], 2, 1);
        PartialLoss same = Create([double.Epsilon, 1], 2, 1);
        Assert.True(loss == same);
        Assert.False(loss != same);
        Assert.True(loss.Equals((object)same));
        Assert.Equal(loss.GetHashCode(), same.GetHashCode());

        PartialLoss[] others =
            [Create([1], 2, 1), Create([1, double.Epsilon], 3, 1), Create([1, double.Epsilon], 2, 2), Create([1, double.NaN], 2, 1)];
        Assert.All(others, other =>
        {
            Assert.True(loss != other);
            Assert.False(loss.Equals((object)other));
        });
        Assert.False(loss.Equals("loss"));
    }

    [Fact]
    public void Text_is_in_the_invariant_culture()
    {
        CultureInfo culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo previous = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = culture;
        try
        {
            Assert.Equal("Sum = 0.5, Elements = 7, Rows = 2", Create([0.5], 7, 2).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = previous;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Bytes_make_a_round_trip(string kind)
    {
        foreach (int count in new[] { 0, 1, 2, 100 })
        {
            PartialLoss loss = Create(RandomNumbers.Create(kind, count, seed: 5), 1000, 10);
            Assert.Equal(loss, PartialLoss.Read(ToBytes(loss)));
        }
    }

    [Fact]
    public void Bytes_of_extreme_losses_make_a_round_trip()
    {
        PartialLoss[] losses =
        [
            PartialLoss.Zero,
            Create([double.NaN, double.PositiveInfinity, double.NegativeInfinity, -1]),
            Create(Enumerable.Repeat(-double.MaxValue, 1000)),
            Create([], long.MaxValue, long.MaxValue),
        ];
        Assert.All(losses, loss => Assert.Equal(loss, PartialLoss.Read(ToBytes(loss))));
    }

    /// <summary>The layout is a promise to programs and files of other versions.</summary>
    [Fact]
    public void The_layout_of_version_1_is_fixed()
    {
        byte[] bytes = new byte[300];
        "KLDP"u8.CopyTo(bytes);
        bytes[4] = 1;
        bytes[6] = 2;
        bytes[8] = 3;
        bytes[16] = 2;

        // −1 is −2¹⁰⁷⁴ units, and 2⁻¹⁰⁷⁴ is one unit.
        bytes[24] = 1;
        bytes[24 + (1074 / 8)] = 0b1111_1100;
        bytes.AsSpan((24 + (1074 / 8) + 1)..296).Fill(0xFF);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(296), Crc32C(bytes.AsSpan(0, 296)));

        PartialLoss loss = Create([-1, double.Epsilon, double.PositiveInfinity], 3, 2);
        Assert.Equal(bytes, ToBytes(loss));
        Assert.Equal(loss, PartialLoss.Read(bytes));
    }

    [Fact]
    public void A_destination_may_be_longer_but_not_shorter()
    {
        PartialLoss loss = Create([1.5]);
        byte[] destination = new byte[PartialLoss.ByteCount + 1];
        destination[^1] = 7;
        Assert.True(loss.TryWriteBytes(destination, out int bytesWritten));
        Assert.Equal(PartialLoss.ByteCount, bytesWritten);
        Assert.Equal(7, destination[^1]);

        byte[] tooShort = new byte[PartialLoss.ByteCount - 1];
        Assert.False(loss.TryWriteBytes(tooShort, out bytesWritten));
        Assert.Equal(0, bytesWritten);
        Assert.All(tooShort, value => Assert.Equal(0, value));
    }

    [Fact]
    public void Bytes_with_any_bit_flipped_are_rejected()
    {
        byte[] bytes = ToBytes(Create([0.1, -1e300, double.NaN], 100, 10));
        for (int bit = 0; bit < 8 * bytes.Length; bit++)
        {
            byte[] damaged = [.. bytes];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<FormatException>(() => PartialLoss.Read(damaged));
        }
    }

    [Fact]
    public void Bytes_of_any_other_length_are_rejected()
    {
        byte[] bytes = [.. ToBytes(Create([0.1])), .. new byte[8]];
        for (int length = 0; length <= bytes.Length; length++)
        {
            if (length != PartialLoss.ByteCount)
            {
                Assert.Throws<FormatException>(() => PartialLoss.Read(bytes.AsSpan(0, length)));
            }
        }
    }

    /// <summary>Bytes whose checksum is right but that no data can have: another program may have written them.</summary>
    [Theory]
    [InlineData("version 2", 4, 2)]
    [InlineData("version 0", 4, 0)]
    [InlineData("unknown flag", 6, 8)]
    [InlineData("unknown flag", 7, 1)]
    [InlineData("negative elements", 15, 0x80)]
    [InlineData("negative rows", 23, 0x80)]
    [InlineData("more rows than elements", 16, 5)]
    [InlineData("a sum without elements", 8, 0)]
    [InlineData("a sum beyond that of all elements", 24 + (2101 / 8), 1 << (2101 % 8))]
    public void Impossible_bytes_are_rejected(string reason, int offset, byte value)
    {
        byte[] bytes = ToBytes(Create([1, 2], 4, 0));
        bytes[offset] = value;
        WriteChecksum(bytes);
        Assert.True(Record.Exception(() => PartialLoss.Read(bytes)) is FormatException, reason);
    }

    [Fact]
    public void A_non_finite_loss_without_elements_is_rejected()
    {
        byte[] bytes = ToBytes(PartialLoss.Zero);
        bytes[6] = 1;
        WriteChecksum(bytes);
        Assert.Throws<FormatException>(() => PartialLoss.Read(bytes));
    }

    [Fact]
    public void The_largest_sum_of_all_elements_is_accepted()
    {
        PartialLoss loss = Create(Enumerable.Repeat(double.MaxValue, 7), 7, 7);
        Assert.Equal(loss, PartialLoss.Read(ToBytes(loss)));
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        byte[] bytes = new byte[PartialLoss.ByteCount];
        double sum = 0;
        Assert.Equal(0, AllocationMeter.Measure(() =>
        {
            ExactAccumulator accumulator = default;
            accumulator.Add(0.1);
            PartialLoss loss = accumulator.ToPartialLoss(1, 0);
            loss += loss;
            loss.TryWriteBytes(bytes, out _);
            sum = PartialLoss.Read(bytes).Sum;
        }));
        Assert.Equal(0.2, sum);
    }

    private static PartialLoss Create(IEnumerable<double> blocks)
    {
        double[] array = [.. blocks];
        return Create(array, array.Length, 0);
    }

    private static PartialLoss Create(IEnumerable<double> blocks, long elements, long rows)
    {
        ExactAccumulator accumulator = default;
        foreach (double block in blocks)
        {
            accumulator.Add(block);
        }

        return accumulator.ToPartialLoss(elements, rows);
    }

    /// <summary>Cuts the blocks at random, until pieces are short, and merges the pieces in the shape of the tree of cuts.</summary>
    private static PartialLoss MergeTree(ReadOnlySpan<double> blocks, Random random)
    {
        if (blocks.Length <= 1 || random.Next(8) == 0)
        {
            return Create(blocks.ToArray());
        }

        int cut = random.Next(blocks.Length + 1);
        return cut == 0 || cut == blocks.Length
            ? PartialLoss.Zero + Create(blocks.ToArray())
            : MergeTree(blocks[..cut], random) + MergeTree(blocks[cut..], random);
    }

    private static byte[] ToBytes(PartialLoss loss)
    {
        byte[] bytes = new byte[PartialLoss.ByteCount];
        Assert.True(loss.TryWriteBytes(bytes, out int bytesWritten));
        Assert.Equal(bytes.Length, bytesWritten);
        return bytes;
    }

    private static void WriteChecksum(byte[] bytes) =>
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(ChecksumOffset), Crc32C(bytes.AsSpan(0, ChecksumOffset)));

    /// <summary>Computes CRC-32C bit by bit, with the reversed polynomial of RFC 3720.</summary>
    private static uint Crc32C(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0x82F6_3B78 : 0);
            }
        }

        return ~crc;
    }
}
