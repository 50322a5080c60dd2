using System.Diagnostics;
using KlDivGen.Benchmarks.Data;
using KlDivGen.Benchmarks.Implementations;
using KlDivGen.Benchmarks.Measuring;
using KlDivGen.Benchmarks.Reports;

namespace KlDivGen.Benchmarks.Suite;

/// <summary>Shows how the time of an element depends on the length of the rows that the data consists of.</summary>
internal static class ShortRows
{
    /// <summary>A multiple of every length of a row.</summary>
    private const int Length = 32_000;

    private static readonly int[] Classes = [2, 5, 10, 16, 32, 64, 100, 200, 256, 1_000, Length];

    /// <summary>Measures every kernel with rows of every length; they take turns.</summary>
    public static MarkdownTable Measure(MeasurementOptions options)
    {
        Candidate[] candidates =
        [
            .. from kernel in GeneratedKernels.Rows
               from classes in Classes
               select new Candidate($"{kernel.Name}, {classes}", data => new RowsOf(data.Operands<float>(SpecialValues.None), classes, kernel.Run))
               {
                   ComputesLoss = false,
               },
        ];
        const string Kernel = "float32 losses from logits";
        Scenario scenario = new(Kernel, TargetKind.LogTarget, [Length], candidates);
        using ProgressLine progress = new();
        Dictionary<string, double> times = Interleaved.Measure(scenario.At(Length), options, detail => progress.Show(1, 1, Kernel, detail))
            .ToDictionary(timing => timing.Candidate.Name, timing => timing.Best);
        progress.Done(1, 1, Kernel);

        MarkdownTable table = new(0, ["classes", .. GeneratedKernels.Rows.SelectMany(kernel => new[] { kernel.Name, "of one row" })]);
        foreach (int classes in Classes)
        {
            table.Add([$"{classes:N0}", .. GeneratedKernels.Rows.SelectMany(kernel =>
            {
                double time = times[$"{kernel.Name}, {classes}"];
                return new[] { $"{time:0.00}", $"{time / times[$"{kernel.Name}, {Length}"]:0.00}" };
            })]);
        }

        return table;
    }

    /// <summary>A kernel over rows of one length. Data for warming up may have another length, and then has rows of one class.</summary>
    private sealed class RowsOf(Operands<float> data, int classes, Func<Operands<float>, int, double> run) : Implementation
    {
        public override double Expected => double.NaN;

        public override double Time(long repetitions)
        {
            int length = data.Length % classes == 0 ? classes : 1;
            long start = Stopwatch.GetTimestamp();
            for (long i = 0; i < repetitions; i++)
            {
                this.Result = run(data, length);
            }

            return Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        }
    }
}
