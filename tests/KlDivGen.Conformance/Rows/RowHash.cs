using System.Globalization;
using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Checks;
using KlDivGen.Conformance.Data;
using KlDivGen.Conformance.Matrix;
using KlDivGen.Conformance.Memory;

namespace KlDivGen.Conformance.Rows;

/// <summary>One hash for each deterministic method that computes row by row, like <see cref="Hash"/>.</summary>
internal static class RowHash
{
    private static readonly int[] Lengths = [1, 2, 3, 5, 8, 13, 16, 21, 31, 32, 33, 47, 64, 65, 100, 129, 200, 257, 500, 1023, 2049, 5003];

    /// <summary>Returns a line for each deterministic method of a group: its title and its hash.</summary>
    public static IEnumerable<string> Compute(string group)
    {
        using OperandMemory memory = new();
        foreach (RowCase kernel in RowGroups.Get(group).Where(c => c.Settings.Deterministic))
        {
            ulong hash = 0xCBF29CE484222325;
            RandomSource random = new(61);
            foreach (RowVariant variant in RowVariant.All)
            {
                foreach (int length in Lengths)
                {
                    RowData data = RowData.Draw(kernel.Settings, random, variant, length < 100 ? 3 : 1, length);
                    RowCall call = data.CreateCall(kernel.Settings) with
                    {
                        Placement = new((Edge)(length & 1), length % 7, length % 5, length % 3),
                    };
                    hash = Hash.Add(hash, kernel.Run(memory, call));
                }
            }

            yield return $"{kernel.Title} {hash.ToString("x16", CultureInfo.InvariantCulture)}";
        }
    }
}
