using KlDivGen.Conformance.Data;
using KlDivGen.Conformance.Memory;

namespace KlDivGen.Conformance.Rows;

/// <summary>Rows whose mask is false: they are not read, have zeros, and do not count.</summary>
internal static class RowMasks
{
    private const int Rows = 4;

    public static IEnumerable<string> Run(RowCase kernel, OperandMemory memory) =>
        NoRow(kernel, memory).Concat(SomeRows(kernel, memory)).Concat(UnmappedRows(kernel, memory));

    /// <summary>Where no row counts, every result is 0.</summary>
    private static IEnumerable<string> NoRow(RowCase kernel, OperandMemory memory)
    {
        RandomSource random = new(81);
        foreach (int classes in (int[])[1, 7, 40, 300])
        {
            RowData drawn = RowData.Draw(kernel.Settings with { HasMask = false }, random, RowVariant.All[0], Rows, classes);
            RowData data = WithMask(drawn, new bool[Rows]);
            foreach (string error in RowVerifier.FindErrors(kernel, memory, data))
            {
                yield return $"no row counts: {error}";
            }
        }
    }

    /// <summary>Rows that count, some of them side by side, and masked rows between and after them.</summary>
    private static IEnumerable<string> SomeRows(RowCase kernel, OperandMemory memory)
    {
        RandomSource random = new(83);
        foreach (int classes in (int[])[1, 7, 40, 270])
        {
            foreach (int masked in (int[])[0, 3, 16, 20, RowData.GroupRows])
            {
                RowData drawn = RowData.Draw(kernel.Settings with { HasMask = false }, random, RowVariant.All[0], RowData.GroupRows, classes);
                RowData data = WithMask(drawn, [.. Enumerable.Range(0, RowData.GroupRows).Select(row => row != masked)]);
                foreach (string error in RowVerifier.FindErrors(kernel, memory, data))
                {
                    yield return $"row {masked} does not count: {error}";
                }
            }
        }
    }

    /// <summary>Masked rows on memory that cannot be read.</summary>
    private static IEnumerable<string> UnmappedRows(RowCase kernel, OperandMemory memory)
    {
        if (!OperatingSystem.IsLinux())
        {
            yield break;
        }

        RandomSource random = new(82);
        foreach (int classes in (int[])[1, 2, 5, 8, 31, 64, 100, 270])
        {
            // The last row, masked, lies beside a whole group, transposed or not.
            bool[] mask = classes is 31 or 270 ? [.. Enumerable.Repeat(true, RowData.GroupAndOne - 1), false] : [true, false, true, false];
            RowData drawn = RowData.Draw(kernel.Settings with { HasMask = false }, random, RowVariant.All[0], mask.Length, classes);
            RowData data = WithMask(drawn, mask);
            RowCall call = data.CreateCall(kernel.Settings) with { UnmappedElements = classes };
            foreach (string error in RowVerifier.FindErrors(kernel, memory, data, call))
            {
                yield return $"unmapped row: {error}";
            }
        }
    }

    /// <summary>Masks rows, which then hold NaN.</summary>
    public static RowData WithMask(RowData data, bool[] mask)
    {
        for (int row = 0; row < mask.Length; row++)
        {
            if (!mask[row])
            {
                data.X.AsSpan(row * data.Classes, data.Classes).Fill(double.NaN);
                data.Y.AsSpan(row * data.Classes, data.Classes).Fill(double.NaN);
            }
        }

        return new(data.Classes, data.X, data.Y, mask, data.Weights, data.GradOutputs) { Temperature = data.Temperature };
    }
}
