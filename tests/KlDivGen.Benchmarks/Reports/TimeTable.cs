using System.Globalization;
using KlDivGen.Benchmarks.Measuring;

namespace KlDivGen.Benchmarks.Reports;

/// <summary>Nanoseconds an element, kernel by kernel, of those that most kernels are measured against.</summary>
internal static class TimeTable
{
    private static readonly string[] Columns =
        [Names.KlDivGen, Names.TensorPrimitives, Names.Chunked, Names.Sleef1, Names.Loop, Names.PyTorch, Names.Floor];

    /// <summary>Writes the table for one length.</summary>
    public static string Write(Results results, int length)
    {
        string[] columns = [.. Columns.Where(c => Scenarios.All.Any(s => results.Find(s.Kernel, length, c) is not null))];
        MarkdownTable table = new(1, ["kernel", .. columns]);
        foreach (Scenario scenario in Scenarios.All)
        {
            if (results.Find(scenario.Kernel, length, Names.KlDivGen) is not null)
            {
                table.Add([scenario.Kernel, .. columns.Select(c => Cell(results.Find(scenario.Kernel, length, c)))]);
            }
        }

        return table.ToString();
    }

    private static string Cell(Measurement? measurement) => measurement?.Best.ToString("0.00", CultureInfo.InvariantCulture) ?? "";
}
