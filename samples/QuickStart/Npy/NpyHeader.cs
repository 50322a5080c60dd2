using System.Buffers.Binary;
using System.Text;

namespace QuickStart.Npy;

/// <summary>
/// What a <c>.npy</c> file says about its array, in versions 1.0, 2.0 and 3.0 of the format: six bytes of magic, two of version,
/// the length of the header in two bytes or four, and a Python dictionary (NEP 1, <c>numpy.lib.format</c>).
/// </summary>
/// <param name="Element">The element type.</param>
/// <param name="Shape">The dimensions; none for a single number.</param>
/// <param name="Count">The number of elements, the product of the dimensions.</param>
/// <param name="DataOffset">Where the first element is in the file, in bytes.</param>
internal sealed record NpyHeader(NpyElement Element, IReadOnlyList<long> Shape, long Count, long DataOffset)
{
    // NumPy's headers are some hundred bytes long; a length beyond this one is damage, and not worth the memory.
    private const int MaximumLength = 1 << 20;

    // NumPy's own limit, since its version 2.
    private const int MaximumRank = 64;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>N of batchmean: the first dimension, and 1 where there is none.</summary>
    public long BatchSize => this.Shape.Count == 0 ? 1 : this.Shape[0];

    /// <summary>The bytes of all elements.</summary>
    public long DataLength => checked(this.Count * this.Element.Size());

    /// <summary>The shape as Python writes it: <c>(450, 10)</c>, <c>(5,)</c>, <c>()</c>.</summary>
    public string ShapeText => this.Shape.Count == 1 ? $"({this.Shape[0]},)" : $"({string.Join(", ", this.Shape)})";

    /// <summary>Reads the header at the start of a stream.</summary>
    /// <exception cref="UnusableException">It is damaged, or of an array that this sample does not read; the message follows the
    /// file's name.</exception>
    public static NpyHeader Read(Stream stream)
    {
        Span<byte> start = stackalloc byte[8];
        if (stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || !start.StartsWith(Magic))
            throw new UnusableException("is not a .npy file");
        int major = start[6], minor = start[7];
        if (major is < 1 or > 3 || minor != 0)
            throw new UnusableException($"is in version {major}.{minor} of the .npy format; 1.0, 2.0 and 3.0 are supported");

        Span<byte> lengthBytes = stackalloc byte[major == 1 ? sizeof(ushort) : sizeof(uint)];
        Fill(stream, lengthBytes);
        long length = major == 1
            ? BinaryPrimitives.ReadUInt16LittleEndian(lengthBytes)
            : BinaryPrimitives.ReadUInt32LittleEndian(lengthBytes);
        if (length > MaximumLength)
            throw new UnusableException($"has a broken header: it claims to be {length} bytes long");

        byte[] bytes = new byte[length];
        Fill(stream, bytes);
        string text = (major == 3 ? Encoding.UTF8 : Encoding.Latin1).GetString(bytes);
        return Parse(text, start.Length + lengthBytes.Length + length);
    }

    private static NpyHeader Parse(string text, long dataOffset)
    {
        try
        {
            Dictionary<string, object?> fields = PythonLiteral.ParseDictionary(text);
            if (fields.Count != 3 || !fields.TryGetValue("descr", out object? descr)
                || !fields.TryGetValue("fortran_order", out object? order) || !fields.TryGetValue("shape", out object? dimensions))
                throw new FormatException("its keys are not 'descr', 'fortran_order' and 'shape'");
            if (order is not bool fortranOrder)
                throw new FormatException("'fortran_order' is neither True nor False");

            (IReadOnlyList<long> shape, long count) = ReadShape(dimensions);
            NpyElement element = ReadElement(descr);
            return !fortranOrder
                ? new NpyHeader(element, shape, count, dataOffset)
                : throw new UnusableException("is in Fortran order; numpy.ascontiguousarray makes it C order");
        }
        catch (FormatException exception)
        {
            throw new UnusableException($"has a broken header: {exception.Message}");
        }
    }

    private static NpyElement ReadElement(object? descr) => descr switch
    {
        "<f4" => NpyElement.Single,
        "<f8" => NpyElement.Double,
        ">f4" => throw new UnusableException("is big-endian ('>f4'); array.astype('<f4') makes it little-endian"),
        ">f8" => throw new UnusableException("is big-endian ('>f8'); array.astype('<f8') makes it little-endian"),
        string other => throw new UnusableException(
            $"holds elements of type '{other}'; float32 ('<f4') and float64 ('<f8') are supported"),
        List<object?> => throw new UnusableException("holds records; plain float32 and float64 arrays are supported"),
        _ => throw new FormatException("'descr' is not a type"),
    };

    private static (IReadOnlyList<long> Shape, long Count) ReadShape(object? value)
    {
        if (value is not object?[] { Length: <= MaximumRank } dimensions || !dimensions.All(dimension => dimension is >= 0L))
            throw new FormatException($"'shape' is not a tuple of at most {MaximumRank} sizes");

        // A zero anywhere makes the array empty, however large the other dimensions are. The largest product allowed here
        // is one whose bytes can still be counted.
        long[] shape = [.. dimensions.Cast<long>()];
        UInt128 count = shape.Contains(0) ? UInt128.Zero : UInt128.One;
        foreach (long dimension in shape)
        {
            count *= (UInt128)dimension;
            if (count > long.MaxValue / sizeof(double))
                throw new FormatException("'shape' has more elements than a file can hold");
        }

        return (shape, (long)count);
    }

    private static void Fill(Stream stream, Span<byte> bytes)
    {
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw new UnusableException("ends inside its header");
    }
}
