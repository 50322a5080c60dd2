using ClusterEvaluation;

namespace KlDivGen.ClusterEvaluation.Tests;

/// <summary>Tests of <see cref="PieceSet"/>, with a <see cref="HashSet{T}"/> as the reference.</summary>
public sealed class PieceSetTests
{
    private const int PieceCount = 200;

    [Fact]
    public void Pieces_in_any_order_give_the_set()
    {
        Random random = new(1);
        PieceSet set = new();
        HashSet<long> expected = [];
        for (int i = 0; i < 1000; i++)
        {
            long piece = random.Next(PieceCount);
            Assert.Equal(expected.Add(piece), set.Add(piece));
            AssertEqual(expected, set);
            AssertEqual(expected, PieceSet.Read(set.ToBytes(), PieceCount));
        }

        Assert.Equal(PieceCount, expected.Count);
        Assert.Equal(1, set.IntervalCount);
    }

    [Fact]
    public void Large_numbers_survive_the_bytes()
    {
        PieceSet set = new();
        long[] pieces = [0, 127, 128, 129, 1L << 35, long.MaxValue - 2];
        Assert.All(pieces, piece => Assert.True(set.Add(piece)));

        PieceSet read = PieceSet.Read(set.ToBytes(), long.MaxValue);

        Assert.Equal(pieces.Length, read.Count);
        Assert.All(pieces, piece => Assert.False(read.Add(piece)));
    }

    [Theory]
    [InlineData(new byte[] { 0x80 })]
    [InlineData(new byte[] { 0x00 })]
    [InlineData(new byte[] { 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x00 })]
    [InlineData(new byte[] { 0x00, 0xc8, 0x01 })]
    public void Damaged_bytes_are_rejected(byte[] bytes) =>
        Assert.Throws<FormatException>(() => PieceSet.Read(bytes, PieceCount));

    private static void AssertEqual(HashSet<long> expected, PieceSet set)
    {
        Assert.Equal(expected.Count, set.Count);
        for (long piece = 0; piece < PieceCount; piece++)
        {
            long missing = piece;
            while (expected.Contains(missing))
            {
                missing++;
            }

            Assert.Equal(missing, set.GetFirstMissing(piece));
        }
    }
}
