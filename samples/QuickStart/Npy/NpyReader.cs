using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace QuickStart.Npy;

/// <summary>
/// Reads the elements of a <c>.npy</c> file from first to last, as many at a time as the caller has room for, so that the file
/// may be larger than memory. float32 elements are widened, exactly, where float64 is asked for.
/// </summary>
internal sealed class NpyReader : IDisposable
{
    private readonly FileStream stream;
    private float[] narrow = [];

    private NpyReader(FileStream stream, NpyHeader header)
    {
        this.stream = stream;
        this.Header = header;
    }

    /// <summary>What the file says about its array.</summary>
    public NpyHeader Header { get; }

    /// <summary>Opens a file and checks that all of its array is there.</summary>
    /// <exception cref="UnusableException">It is damaged, or holds an array this sample does not read.</exception>
    public static NpyReader Open(string path)
    {
        if (Directory.Exists(path))
            throw new UnusableException($"{path} is a folder");

        // Every read is a large piece: a buffer in between would only copy.
        FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        try
        {
            return new NpyReader(stream, ReadHeader(stream));
        }
        catch (UnusableException exception)
        {
            stream.Dispose();
            throw new UnusableException($"{path} {exception.Message}");
        }
    }

    /// <summary>Reads the next elements, as many as there is room for.</summary>
    /// <typeparam name="T"><see cref="float"/> for a float32 array, <see cref="double"/> for either.</typeparam>
    public void Read<T>(Span<T> elements)
        where T : unmanaged
    {
        if (typeof(T) == typeof(double) && this.Header.Element == NpyElement.Single)
        {
            if (this.narrow.Length < elements.Length)
                this.narrow = new float[elements.Length];
            Span<float> read = this.narrow.AsSpan(0, elements.Length);
            this.stream.ReadExactly(MemoryMarshal.AsBytes(read));
            TensorPrimitives.ConvertChecked<float, double>(read, MemoryMarshal.Cast<T, double>(elements));
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
            throw new UnusableException("is not a regular file");
        NpyHeader header = NpyHeader.Read(stream);
        long length = stream.Length - header.DataOffset;
        string difference = length < header.DataLength ? "truncated" : "too long";
        return length == header.DataLength
            ? header
            : throw new UnusableException(
                $"is {difference}: shape {header.ShapeText} of {header.Element.Name()} "
                + $"needs {header.DataLength} bytes of data, and it has {length}");
    }
}
