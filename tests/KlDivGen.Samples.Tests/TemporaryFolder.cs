using System.Runtime.InteropServices;
using System.Text;

namespace KlDivGen.Samples.Tests;

/// <summary>
/// A temporary folder with <c>.npy</c> files. They are built here byte by byte, from NumPy's format description, independently of
/// the code under test.
/// </summary>
public sealed class TemporaryFolder : IDisposable
{
    private readonly string path = Directory.CreateTempSubdirectory("kldivgen-").FullName;

    /// <summary>The sorted names of all files in the folder.</summary>
    public IEnumerable<string> Names => Directory.EnumerateFileSystemEntries(this.path).Select(entry => Path.GetFileName(entry)!).Order();

    /// <summary>The path of a file in the folder.</summary>
    public string this[string name] => Path.Combine(this.path, name);

    /// <summary>Returns the dictionary that NumPy writes for a type and a shape.</summary>
    public static string FormatHeader(string descr, string shape) => $"{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}";

    /// <summary>Returns a complete file: magic string, version, length of the header, header padded to 64 bytes, data.</summary>
    public static byte[] FormatFile(string header, ReadOnlySpan<byte> data, int major = 1)
    {
        int prefixLength = major == 1 ? 10 : 12;
        byte[] text = Encoding.UTF8.GetBytes(header);
        int length = ((prefixLength + text.Length + 1 + 63) / 64 * 64) - prefixLength;
        List<byte> bytes = [0x93, .. "NUMPY"u8, (byte)major, 0, (byte)length, (byte)(length >> 8)];
        if (major > 1)
        {
            bytes.AddRange([0, 0]);
        }

        bytes.AddRange(text);
        bytes.AddRange(Enumerable.Repeat((byte)' ', length - text.Length - 1));
        bytes.Add((byte)'\n');
        bytes.AddRange(data);
        return [.. bytes];
    }

    /// <summary>Writes a file and returns its path.</summary>
    public string Write(string name, ReadOnlySpan<byte> bytes)
    {
        File.WriteAllBytes(this[name], bytes);
        return this[name];
    }

    /// <summary>Writes a float32 array and returns its path.</summary>
    public string Write(string name, string shape, ReadOnlySpan<float> values) =>
        this.Write(name, FormatFile(FormatHeader("<f4", shape), MemoryMarshal.AsBytes(values)));

    /// <summary>Writes a float64 array and returns its path.</summary>
    public string Write(string name, string shape, ReadOnlySpan<double> values) =>
        this.Write(name, FormatFile(FormatHeader("<f8", shape), MemoryMarshal.AsBytes(values)));

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(this.path, recursive: true);
}
