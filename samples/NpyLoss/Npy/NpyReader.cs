using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace NpyLoss.Npy;

/// <summary>
/// Reads the elements of a <c>.npy</c> file in order, one chunk at a time, so that the file may be larger than memory. float32
/// elements can be read as float64.
/// </summary>
internal sealed class NpyReader : IDisposable
{
    private readonly FileStream stream;
    private float[] singleBuffer = [];

    private NpyReader(FileStream stream, NpyHeader header)
    {
        this.stream = stream;
        this.Header = header;
    }

    /// <summary>The type and shape of the array.</summary>
    public NpyHeader Header { get; }

    /// <summary>Opens a file and validates its header and its length.</summary>
    /// <exception cref="InvalidInputException">The file is damaged, or holds an array that is not supported.</exception>
    public static NpyReader Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw new InvalidInputException($"{path} is a folder");
        }

        // Reads are large: a buffer of the stream would only add a copy.
        FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        try
        {
            return new NpyReader(stream, ReadHeader(stream));
        }
        catch (InvalidInputException exception)
        {
            stream.Dispose();
            throw new InvalidInputException($"{path} {exception.Message}");
        }
    }

    /// <summary>Reads the next elements and fills the span with them.</summary>
    /// <typeparam name="T"><see cref="float"/> for float32 arrays, <see cref="double"/> for float32 and float64 arrays.</typeparam>
    public void Read<T>(Span<T> elements)
        where T : unmanaged
    {
        if (typeof(T) == typeof(double) && this.Header.ElementType == NpyElementType.Single)
        {
            if (this.singleBuffer.Length < elements.Length)
            {
                this.singleBuffer = new float[elements.Length];
            }

            Span<float> singles = this.singleBuffer.AsSpan(0, elements.Length);
            this.stream.ReadExactly(MemoryMarshal.AsBytes(singles));
            TensorPrimitives.ConvertChecked<float, double>(singles, MemoryMarshal.Cast<T, double>(elements));
        }
        else
        {
            this.stream.ReadExactly(MemoryMarshal.AsBytes(elements));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => this.stream.Dispose();

    private static NpyHeader ReadHeader(FileStream stream)
    {
        if (!stream.CanSeek)
        {
            throw new InvalidInputException("is not a regular file");
        }

        NpyHeader header = NpyHeader.Read(stream);
        long length = stream.Length - header.DataOffset;
        string problem = length < header.DataLength ? "truncated" : "too long";
        return length == header.DataLength
            ? header
            : throw new InvalidInputException(
                $"is {problem}: shape {header.ShapeText} of {header.ElementType.GetName()} "
                + $"needs {header.DataLength} bytes of data, and it has {length}");
    }
}
