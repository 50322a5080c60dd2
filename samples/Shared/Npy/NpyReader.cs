using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KlDivGen.Samples.Npy;

/// <summary>
/// Reads the elements of a <c>.npy</c> file in order, one chunk at a time, so that the file may be larger than memory. The
/// elements can be read as a wider type.
/// </summary>
internal sealed class NpyReader : IDisposable
{
    private readonly FileStream stream;
    private byte[] buffer = [];

    private NpyReader(FileStream stream, NpyHeader header)
    {
        this.stream = stream;
        this.Header = header;
    }

    /// <summary>The type and shape of the array.</summary>
    public NpyHeader Header { get; }

    /// <summary>Opens a file and validates its header and its length.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="supported">The element types that the caller can use.</param>
    /// <exception cref="InvalidInputException">The file is damaged, or holds an array that is not supported.</exception>
    public static NpyReader Open(string path, params IReadOnlyList<NpyElementType> supported)
    {
        if (Directory.Exists(path))
        {
            throw new InvalidInputException($"{path} is a folder");
        }

        // Reads are large: a buffer of the stream would only add a copy.
        FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        try
        {
            return new NpyReader(stream, ReadHeader(stream, supported));
        }
        catch (InvalidInputException exception)
        {
            stream.Dispose();
            throw new InvalidInputException($"{path} {exception.Message}");
        }
    }

    /// <summary>Sets the element that is read next.</summary>
    /// <param name="element">The index of the element in C order.</param>
    public void Seek(long element) =>
        this.stream.Position = this.Header.DataOffset + (element * this.Header.ElementType.GetSize());

    /// <summary>Reads the next elements and fills the span with them.</summary>
    /// <typeparam name="T">The type of the file's elements, or a wider one.</typeparam>
    public void Read<T>(Span<T> elements)
        where T : unmanaged, INumber<T>
    {
        switch (this.Header.ElementType)
        {
            case NpyElementType.Half:
                this.ReadAs<Half, T>(elements);
                break;
            case NpyElementType.Single:
                this.ReadAs<float, T>(elements);
                break;
            case NpyElementType.Double:
                this.ReadAs<double, T>(elements);
                break;
            case NpyElementType.Int32:
                this.ReadAs<int, T>(elements);
                break;
            default:
                this.ReadAs<long, T>(elements);
                break;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => this.stream.Dispose();

    private static NpyHeader ReadHeader(FileStream stream, IReadOnlyList<NpyElementType> supported)
    {
        if (!stream.CanSeek)
        {
            throw new InvalidInputException("is not a regular file");
        }

        NpyHeader header = NpyHeader.Read(stream, supported);
        long length = stream.Length - header.DataOffset;
        string problem = length < header.DataLength ? "truncated" : "too long";
        return length == header.DataLength
            ? header
            : throw new InvalidInputException(
                $"is {problem}: shape {header.ShapeText} of {header.ElementType.GetName()} "
                + $"needs {header.DataLength} bytes of data, and it has {length}");
    }

    private void ReadAs<TFile, T>(Span<T> elements)
        where TFile : unmanaged, INumber<TFile>
        where T : unmanaged, INumber<T>
    {
        if (typeof(TFile) == typeof(T))
        {
            this.stream.ReadExactly(MemoryMarshal.AsBytes(elements));
            return;
        }

        int length = checked(elements.Length * Unsafe.SizeOf<TFile>());
        if (this.buffer.Length < length)
        {
            this.buffer = new byte[length];
        }

        Span<byte> bytes = this.buffer.AsSpan(0, length);
        this.stream.ReadExactly(bytes);
        TensorPrimitives.ConvertChecked<TFile, T>(MemoryMarshal.Cast<byte, TFile>(bytes), elements);
    }
}
