using System.Buffers;
using System.Runtime.InteropServices;

namespace ClusterEvaluation;

/// <summary>
/// A set of pieces, kept as sorted intervals. Pieces are handed out in order, so there are at most as many intervals as pieces in flight,
/// whatever the number of pieces.
/// </summary>
internal sealed class PieceSet
{
    // Neither overlapping nor adjacent.
    private readonly List<Interval> intervals = [];

    /// <summary>The number of pieces in the set.</summary>
    public long Count { get; private set; }

    /// <summary>The number of intervals.</summary>
    public int IntervalCount => this.intervals.Count;

    /// <summary>Reads a set that <see cref="ToBytes"/> has written.</summary>
    /// <exception cref="FormatException">The bytes are not a set of pieces below <paramref name="pieceCount"/>.</exception>
    public static PieceSet Read(ReadOnlySpan<byte> bytes, long pieceCount)
    {
        PieceSet set = new();
        long end = -1;
        while (!bytes.IsEmpty)
        {
            long start = end + 1 + ReadNumber(ref bytes, pieceCount - end - 2);
            end = start + 1 + ReadNumber(ref bytes, pieceCount - start - 1);
            set.intervals.Add(new Interval(start, end));
            set.Count += end - start;
        }

        return set;
    }

    /// <summary>Adds a piece.</summary>
    /// <returns><see langword="false"/> if the set already has it.</returns>
    public bool Add(long piece)
    {
        int index = this.FindLast(piece);
        if (index >= 0 && piece < this.intervals[index].End)
        {
            return false;
        }

        this.Count++;
        bool extendsPrevious = index >= 0 && this.intervals[index].End == piece;
        bool extendsNext = index + 1 < this.intervals.Count && this.intervals[index + 1].Start == piece + 1;
        Span<Interval> span = CollectionsMarshal.AsSpan(this.intervals);
        switch (extendsPrevious, extendsNext)
        {
            case (true, true):
                span[index] = span[index] with { End = span[index + 1].End };
                this.intervals.RemoveAt(index + 1);
                break;
            case (true, false):
                span[index] = span[index] with { End = piece + 1 };
                break;
            case (false, true):
                span[index + 1] = span[index + 1] with { Start = piece };
                break;
            default:
                this.intervals.Insert(index + 1, new Interval(piece, piece + 1));
                break;
        }

        return true;
    }

    /// <summary>Returns the first piece at or after a position that is not in the set.</summary>
    public long GetFirstMissing(long position)
    {
        int index = this.FindLast(position);
        return index >= 0 ? long.Max(position, this.intervals[index].End) : position;
    }

    /// <summary>Returns the set as bytes: the gap before each interval and its length, both as LEB128 numbers.</summary>
    public byte[] ToBytes()
    {
        ArrayBufferWriter<byte> writer = new(16 + (4 * this.intervals.Count));
        long end = -1;
        foreach (Interval interval in this.intervals)
        {
            WriteNumber(writer, interval.Start - end - 1);
            WriteNumber(writer, interval.End - interval.Start - 1);
            end = interval.End;
        }

        return writer.WrittenSpan.ToArray();
    }

    private static void WriteNumber(ArrayBufferWriter<byte> writer, long number)
    {
        ulong rest = (ulong)number;
        for (; rest >= 0x80; rest >>= 7)
        {
            writer.Write([(byte)(rest | 0x80)]);
        }

        writer.Write([(byte)rest]);
    }

    private static long ReadNumber(ref ReadOnlySpan<byte> bytes, long maximum)
    {
        long number = 0;
        for (int shift = 0; shift < 63 && !bytes.IsEmpty; shift += 7)
        {
            byte next = bytes[0];
            bytes = bytes[1..];
            number |= (long)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return number <= maximum ? number : throw new FormatException("The set has a piece that does not exist.");
            }
        }

        throw new FormatException("The set of pieces is damaged.");
    }

    // Returns the index of the last interval that starts at or before a piece, or −1.
    private int FindLast(long piece)
    {
        int index = CollectionsMarshal.AsSpan(this.intervals).BinarySearch(new Interval(piece, piece), Interval.ByStart);
        return index < 0 ? ~index - 1 : index;
    }

    private readonly record struct Interval(long Start, long End)
    {
        public static IComparer<Interval> ByStart { get; } = Comparer<Interval>.Create((left, right) => left.Start.CompareTo(right.Start));
    }
}
