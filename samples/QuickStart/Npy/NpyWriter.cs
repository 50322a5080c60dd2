using System.Runtime.InteropServices;
using System.Text;

namespace QuickStart.Npy;

/// <summary>
/// Writes a <c>.npy</c> file of version 1.0 piece by piece. The elements go to a temporary file in the same folder, which takes
/// the file's name when all are there: a run that fails leaves nothing behind and an older file as it was.
/// </summary>
internal sealed class NpyWriter : IDisposable
{
    // NumPy aligns the first element so that a file can be mapped into memory.
    private const int Alignment = 64;

    private readonly string path;
    private readonly FileStream stream;
    private bool completed;

    private NpyWriter(string path, FileStream stream)
    {
        this.path = path;
        this.stream = stream;
    }

    /// <summary>Starts a file and reserves the room it needs.</summary>
    /// <exception cref="UnusableException">The path is not one of a file that could be written.</exception>
    public static NpyWriter Create(string path, NpyElement element, NpyHeader like)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? path;
        if (Directory.Exists(path))
            throw new UnusableException($"{path} cannot be written: it is a folder");
        if (!Directory.Exists(folder))
            throw new UnusableException($"{path} cannot be written: there is no folder {folder}");

        byte[] header = Header(element, like);
        NpyWriter writer = new(path, new FileStream(
            Path.Combine(folder, $".{Path.GetFileName(path)}.{Path.GetRandomFileName()}"),
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                BufferSize = 0,
                PreallocationSize = header.Length + checked(like.Count * element.Size()),
            }));
        writer.Write<byte>(header);
        return writer;
    }

    /// <summary>Writes the next elements.</summary>
    public void Write<T>(ReadOnlySpan<T> elements)
        where T : unmanaged => this.stream.Write(MemoryMarshal.AsBytes(elements));

    /// <summary>Gives the file its name.</summary>
    public void Complete()
    {
        this.stream.Dispose();
        File.Move(this.stream.Name, this.path, overwrite: true);
        this.completed = true;
    }

    /// <summary>Closes the file, and deletes it where it was not completed.</summary>
    public void Dispose()
    {
        this.stream.Dispose();
        if (!this.completed)
            File.Delete(this.stream.Name);
    }

    private static byte[] Header(NpyElement element, NpyHeader like)
    {
        string dictionary = $"{{'descr': '{element.Descr()}', 'fortran_order': False, 'shape': {like.ShapeText}, }}";

        // Ten bytes come before the dictionary, and a newline ends it.
        int length = (((10 + dictionary.Length + 1) + Alignment - 1) / Alignment * Alignment) - 10;
        return
        [
            0x93, .. "NUMPY"u8, 1, 0, (byte)length, (byte)(length >> 8),
            .. Encoding.Latin1.GetBytes(dictionary.PadRight(length - 1)), (byte)'\n',
        ];
    }
}
