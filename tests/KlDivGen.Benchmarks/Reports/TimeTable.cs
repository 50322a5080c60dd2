using System.Globalization;
using KlDivGen.Benchmarks.Measuring;

namespace KlDivGen.Benchmarks.Reports;

/// <summary>Nanoseconds per element of every kernel.</summary>
internal static class TimeTable
{
    /// <summary>The length that the tables show.</summary>
    public const int Length = 32_768;

    private static readonly string[] Columns =
    [
        Names.KlDivGen, Names.TensorPrimitives, Names.Blocks, Names.Libmvec, Names.Sleef1, Names.NaiveLoop, Names.PyTorch,
        Names.PyTorchKeepingMemory, Names.MemoryBandwidth,
    ];

    /// <summary>The kernels of the short table: each has a counterpart that consists of calls of TensorPrimitives.</summary>
    private static readonly (string Kernel, string Implementation)[] Selection =
    [
        (Scenarios.Sum, Names.KlDivGen),
        (Scenarios.SumLogTarget, Names.KlDivGen),
        (Scenarios.Sum, Names.Deterministic),
        (Scenarios.None, Names.KlDivGen),
        (Scenarios.GradInput, Names.KlDivGen),
        (Scenarios.GradBoth, Names.KlDivGen),
        (Scenarios.DoubleSum, Names.KlDivGen),
        (Scenarios.DoubleSumLogTarget, Names.KlDivGen),
        (Scenarios.Logits, Names.KlDivGen),
        (Scenarios.LogitsGradInput, Names.KlDivGen),
    ];

    /// <summary>Writes the table of all kernels and implementations.</summary>
    public static string WriteAll(Results results)
    {
        string[] columns = [.. Columns.Where(c => Scenarios.All.Any(s => results.Find(s.Kernel, Length, c) is not null))];
        MarkdownTable table = new(1, ["kernel", .. columns]);
        foreach (Scenario scenario in Scenarios.All.Where(s => results.Find(s.Kernel, Length, Names.KlDivGen) is not null))
        {
            table.Add([scenario.Kernel, .. columns.Select(c => results.Find(scenario.Kernel, Length, c) is { } time ? Number(time.Best) : "")]);
        }

        return table.ToString();
    }

    /// <summary>Writes the short table: this library, TensorPrimitives, and the ratio of their times.</summary>
    public static string WriteSelection(Results results)
    {
        MarkdownTable table = new(1, "kernel", Names.KlDivGen, Names.TensorPrimitives, "ratio");
        foreach ((string kernel, string implementation) in Selection)
        {
            if (results.Find(kernel, Length, implementation) is { } time && results.Find(kernel, Length, Names.TensorPrimitives) is { } against)
            {
                string name = implementation == Names.Deterministic ? $"{kernel}, `Deterministic`" : kernel;
                table.Add(name, Number(time.Best), Number(against.Best), Number(time.Best / against.Best));
            }
        }

        return table.ToString();
    }

    private static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
