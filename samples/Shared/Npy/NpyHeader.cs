using System.Buffers.Binary;
using System.Text;

namespace KlDivGen.Samples.Npy;

/// <summary>
/// The header of a <c>.npy</c> file, versions 1.0, 2.0 and 3.0: a magic string of six bytes, a version of two, the length of the
/// dictionary in two or four, and a Python dictionary (NEP 1, <c>numpy.lib.format</c>).
/// </summary>
/// <param name="ElementType">The element type.</param>
/// <param name="Shape">The dimensions; empty for a scalar.</param>
/// <param name="Count">The number of elements, the product of the dimensions.</param>
/// <param name="DataOffset">The position of the first element in the file, in bytes.</param>
internal sealed record NpyHeader(NpyElementType ElementType, IReadOnlyList<long> Shape, long Count, long DataOffset)
{
    // A header of NumPy has about a hundred bytes. A length above this limit means that the file is damaged.
    private const int MaximumLength = 1 << 20;

    // The limit of NumPy 2.
    private const int MaximumRank = 64;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>The divisor of batchmean: the first dimension, or 1 for a scalar.</summary>
    public long BatchSize => this.Shape.Count == 0 ? 1 : this.Shape[0];

    /// <summary>The size of all elements in bytes.</summary>
    public long DataLength => checked(this.Count * this.ElementType.GetSize());

    /// <summary>The shape in Python syntax: <c>(450, 10)</c>, <c>(5,)</c>, <c>()</c>.</summary>
    public string ShapeText => FormatShape(this.Shape);

    /// <summary>Formats a shape in Python syntax.</summary>
    public static string FormatShape(IReadOnlyList<long> shape) => shape.Count == 1 ? $"({shape[0]},)" : $"({string.Join(", ", shape)})";

    /// <summary>Reads the header at the start of a stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="supported">The element types that the caller can use.</param>
    /// <exception cref="InvalidInputException">The header is damaged, or describes an array that is not supported. The message has no
    /// subject: it continues a sentence that begins with the path of the file.</exception>
    public static NpyHeader Read(Stream stream, IReadOnlyList<NpyElementType> supported)
    {
        Span<byte> start = stackalloc byte[8];
        if (stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || !start.StartsWith(Magic))
        {
            throw new InvalidInputException("is not a .npy file");
        }

        int major = start[6], minor = start[7];
        if (major is < 1 or > 3 || minor != 0)
        {
            throw new InvalidInputException($"uses version {major}.{minor} of the .npy format; 1.0, 2.0 and 3.0 are supported");
        }

        Span<byte> lengthBytes = stackalloc byte[major == 1 ? sizeof(ushort) : sizeof(uint)];
        ReadExactly(stream, lengthBytes);
        long length = major == 1
            ? BinaryPrimitives.ReadUInt16LittleEndian(lengthBytes)
            : BinaryPrimitives.ReadUInt32LittleEndian(lengthBytes);
        if (length > MaximumLength)
        {
            throw new InvalidInputException($"has a broken header: its length is given as {length} bytes");
        }

        byte[] bytes = new byte[length];
        ReadExactly(stream, bytes);
        string text = (major == 3 ? Encoding.UTF8 : Encoding.Latin1).GetString(bytes);
        return Parse(text, supported, start.Length + lengthBytes.Length + length);
    }

    private static NpyHeader Parse(string text, IReadOnlyList<NpyElementType> supported, long dataOffset)
    {
        try
        {
            Dictionary<string, object?> fields = PythonLiteralParser.ParseDictionary(text);
            if (fields.Count != 3 || !fields.TryGetValue("descr", out object? descr)
                || !fields.TryGetValue("fortran_order", out object? order) || !fields.TryGetValue("shape", out object? dimensions))
            {
                throw new FormatException("its keys are not 'descr', 'fortran_order' and 'shape'");
            }

            if (order is not bool fortranOrder)
            {
                throw new FormatException("'fortran_order' is neither True nor False");
            }

            (IReadOnlyList<long> shape, long count) = ParseShape(dimensions);
            NpyElementType elementType = ParseElementType(descr, supported);
            return !fortranOrder
                ? new NpyHeader(elementType, shape, count, dataOffset)
                : throw new InvalidInputException("is in Fortran order; convert it with numpy.ascontiguousarray");
        }
        catch (FormatException exception)
        {
            throw new InvalidInputException($"has a broken header: {exception.Message}");
        }
    }

    private static NpyElementType ParseElementType(object? descr, IReadOnlyList<NpyElementType> supported)
    {
        if (descr is not string text)
        {
            throw descr is List<object?>
                ? new InvalidInputException($"holds records; plain arrays of {Describe(supported)} are supported")
                : new FormatException("'descr' is not a type");
        }

        foreach (NpyElementType elementType in supported)
        {
            string littleEndian = elementType.GetDescr();
            if (text == littleEndian)
            {
                return elementType;
            }

            if (text == $">{littleEndian[1..]}")
            {
                throw new InvalidInputException($"is big-endian ('{text}'); convert it with array.astype('{littleEndian}')");
            }
        }

        throw new InvalidInputException($"holds elements of type '{text}'; {Describe(supported)} are supported");
    }

    private static string Describe(IReadOnlyList<NpyElementType> supported)
    {
        string[] names = [.. supported.Select(elementType => $"{elementType.GetName()} ('{elementType.GetDescr()}')")];
        return names.Length == 1 ? names[0] : $"{string.Join(", ", names[..^1])} and {names[^1]}";
    }

    private static (IReadOnlyList<long> Shape, long Count) ParseShape(object? value)
    {
        if (value is not object?[] { Length: <= MaximumRank } dimensions || !dimensions.All(dimension => dimension is >= 0L))
        {
            throw new FormatException($"'shape' is not a tuple of at most {MaximumRank} sizes");
        }

        // One dimension of 0 makes the array empty, whatever the others are. Otherwise the size in bytes must fit into 64 bits.
        long[] shape = [.. dimensions.Cast<long>()];
        UInt128 count = shape.Contains(0) ? UInt128.Zero : UInt128.One;
        foreach (long dimension in shape)
        {
            count *= (UInt128)dimension;
            if (count > long.MaxValue / sizeof(double))
            {
                throw new FormatException("'shape' has more elements than are supported");
            }
        }

        return (shape, (long)count);
    }

    private static void ReadExactly(Stream stream, Span<byte> bytes)
    {
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            throw new InvalidInputException("ends inside its header");
        }
    }
}
