using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace KlDivGen.Conformance.Data;

/// <summary>Reads the reference tables, which are NumPy arrays of doubles embedded in this assembly.</summary>
internal static partial class Npy
{
    /// <summary>Reads the rows of a table.</summary>
    public static double[][] Read(string name)
    {
        using Stream stream = typeof(Npy).Assembly.GetManifestResourceStream($"{name}.npy")
            ?? throw new InvalidOperationException($"There is no table {name}.npy.");
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);

        // Version 1 of the format: magic, two bytes of version, the length of the header, and a Python dictionary as the header.
        int start = 10 + BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8));
        string header = Encoding.Latin1.GetString(bytes, 10, start - 10);
        Match match = Shape().Match(header);
        if (!match.Success || !header.Contains("'<f8'", StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{name}.npy is not a table of doubles: {header}");
        }

        int columns = int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture);
        Span<double> values = MemoryMarshal.Cast<byte, double>(bytes.AsSpan(start));
        double[][] rows = new double[int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)][];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = values.Slice(i * columns, columns).ToArray();
        }

        return rows;
    }

    [GeneratedRegex(@"'fortran_order': False, 'shape': \((\d+), (\d+)\)")]
    private static partial Regex Shape();
}
