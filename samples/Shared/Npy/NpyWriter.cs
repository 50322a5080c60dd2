using System.Runtime.InteropServices;
using System.Text;

namespace KlDivGen.Samples.Npy;

/// <summary>
/// Writes a <c>.npy</c> file of version 1.0, one chunk at a time. The elements go to a temporary file in the same folder, which is
/// renamed when it is complete. A run that fails deletes it and does not change an existing file.
/// </summary>
internal sealed class NpyWriter : IDisposable
{
    // NumPy aligns the first element, so that files can be memory-mapped.
    private const int Alignment = 64;

    private readonly string path;
    private readonly FileStream stream;
    private bool completed;

    private NpyWriter(string path, FileStream stream)
    {
        this.path = path;
        this.stream = stream;
    }

    /// <summary>Creates the temporary file and reserves its disk space.</summary>
    /// <exception cref="InvalidInputException">The path is a folder, or its folder does not exist.</exception>
    public static NpyWriter Create(string path, NpyElementType elementType, IReadOnlyList<long> shape)
    {
        OutputPath.RequireFolder(path);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        byte[] header = FormatHeader(elementType, shape);
        NpyWriter writer = new(path, new FileStream(
            Path.Combine(folder, $".{Path.GetFileName(path)}.{Path.GetRandomFileName()}"),
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                BufferSize = 0,
                PreallocationSize = header.Length + shape.Aggregate((long)elementType.GetSize(), (length, size) => checked(length * size)),
            }));
        writer.Write<byte>(header);
        return writer;
    }

    /// <summary>Writes the next elements.</summary>
    public void Write<T>(ReadOnlySpan<T> elements)
        where T : unmanaged => this.stream.Write(MemoryMarshal.AsBytes(elements));

    /// <summary>Renames the temporary file to its final name.</summary>
    public void Complete()
    {
        this.stream.Dispose();
        File.Move(this.stream.Name, this.path, overwrite: true);
        this.completed = true;
    }

    /// <summary>Closes the temporary file, and deletes it if it is not complete.</summary>
    public void Dispose()
    {
        this.stream.Dispose();
        if (!this.completed)
        {
            File.Delete(this.stream.Name);
        }
    }

    private static byte[] FormatHeader(NpyElementType elementType, IReadOnlyList<long> shape)
    {
        string dictionary = $"{{'descr': '{elementType.GetDescr()}', 'fortran_order': False, 'shape': {NpyHeader.FormatShape(shape)}, }}";

        // Ten bytes precede the dictionary, and a newline ends it.
        int length = (((10 + dictionary.Length + 1) + Alignment - 1) / Alignment * Alignment) - 10;
        return
        [
            0x93, .. "NUMPY"u8, 1, 0, (byte)length, (byte)(length >> 8),
            .. Encoding.Latin1.GetBytes(dictionary.PadRight(length - 1)), (byte)'\n',
        ];
    }
}
