using System.CommandLine;
using KlDivGen.Benchmarks.Measuring;
using KlDivGen.Benchmarks.Reports;
using KlDivGen.Benchmarks.Suite;

namespace KlDivGen.Benchmarks;

/// <summary>The commands of this program.</summary>
internal static class Commands
{
    private static readonly Option<bool> Quick = new("--quick") { Description = "Fewer and shorter rounds: a first impression." };

    private static readonly Option<string> Only = new("--only")
    {
        Description = "Only kernels whose name contains this text, such as \"float32 sum\".",
        DefaultValueFactory = _ => "",
    };

    /// <summary>The command line.</summary>
    public static RootCommand Root { get; } = new("Benchmarks of the kernels that KlDivGen generates.")
    {
        All(), Ratios(), Rows(), Aot(), Stack(), Errors(), Pages(), Readme(),
    };

    private static Command All()
    {
        Command command = new("all", "Measure everything. Without --quick, write the page of this processor and the README's section.") { Quick };
        command.SetAction(async (arguments, _) =>
        {
            if (arguments.GetValue(Quick))
            {
                Print(BenchmarkRunner.Measure(QuickRuns(), MeasurementOptions.Quick));
                return;
            }

            Results results = BenchmarkRunner.Measure(AllRuns(), MeasurementOptions.Full);
            (List<RunResult> runs, List<string> absent) = await NarrowVectors.MeasureAsync();
            results = results.With(runs, absent);
            (runs, absent) = await NativeAot.MeasureAsync(quick: false);
            results = results.With(runs, absent);
            string file = ReportWriter.PathOf(results.Machine.Cpu);
            results.Write(file);
            ReportWriter.WritePages();
            ReportWriter.WriteReadme(Processor.FolderName(results.Machine.Cpu));
            Print(results);
            Console.WriteLine($"Written: {Path.GetDirectoryName(file)} and the README's section.");
        });
        return command;
    }

    private static Command Ratios()
    {
        Option<FileInfo?> json = new("--json") { Description = "Also write the results to this file." };
        Command command = new("ratios", "Measure the target ratios in this process; the implementations take turns.") { Quick, Only, json };
        command.SetAction(arguments =>
        {
            IEnumerable<Target> targets =
                Targets.Current.Where(t => t.Kernel.Contains(arguments.GetValue(Only)!, StringComparison.OrdinalIgnoreCase));
            Results results = BenchmarkRunner.Measure([.. BenchmarkRunner.RunsOf(targets)], Options(arguments));
            Print(results);
            if (arguments.GetValue(json) is { } file)
            {
                results.Write(file.FullName);
            }
        });
        return command;
    }

    private static Command Rows()
    {
        Command command = new("rows", "Measure losses from logits in rows of 2 to 32,000 classes: nanoseconds per element, and compared with one row.") { Quick };
        command.SetAction(arguments => Console.WriteLine($"{Machine.Current().Description}\n\n{ShortRows.Measure(Options(arguments))}"));
        return command;
    }

    private static Command Aot()
    {
        Command command = new("aot", "Measure the target ratios compiled with Native AOT, for several instruction sets.") { Quick };
        command.SetAction(async (arguments, _) =>
        {
            BenchmarkRun[] jitted = [.. BenchmarkRunner.RunsOf(Targets.For(nativeAot: true, widestVector: 128))];
            (List<RunResult> runs, List<string> absent) = await NativeAot.MeasureAsync(arguments.GetValue(Quick));
            Print(BenchmarkRunner.Measure(jitted, Options(arguments)).With(runs, absent));
        });
        return command;
    }

    private static Command Stack()
    {
        Command command = new("stack", "Measure at every depth of the stack. The rounds of the other commands vary it.") { Only };
        command.SetAction(arguments => Console.WriteLine(StackDepths.Measure(arguments.GetValue(Only)!)));
        return command;
    }

    private static Command Errors()
    {
        Command command = new("accuracy", "Measure the errors of the implementations on the same data; write the README's table.");
        command.SetAction(_ =>
        {
            string table = Accuracy.Measure().ToString();
            Console.WriteLine(table);
            ReportWriter.WriteReadme("accuracy", table);
        });
        return command;
    }

    private static Command Pages()
    {
        Command command = new("pages", "Write the charts and the page of every processor from its results.json.");
        command.SetAction(_ => ReportWriter.WritePages());
        return command;
    }

    private static Command Readme()
    {
        Argument<string> folder = new("folder")
        {
            Description = "The folder of results to show, such as \"amd-zen-5\"; that of this processor by default.",
            DefaultValueFactory = _ => Processor.FolderName(Processor.Name),
        };
        Command command = new("readme", "Write the README's section about speed.") { folder };
        command.SetAction(arguments => ReportWriter.WriteReadme(arguments.GetValue(folder)!));
        return command;
    }

    private static MeasurementOptions Options(ParseResult arguments) =>
        arguments.GetValue(Quick) ? MeasurementOptions.Quick : MeasurementOptions.Full;

    private static BenchmarkRun[] AllRuns() =>
    [
        .. from scenario in Scenarios.All
           from length in scenario.Lengths.Union(Targets.Current.Where(t => t.Kernel == scenario.Kernel).Select(t => t.Length)).Order()
           select scenario.At(length),
    ];

    /// <summary>The targets, and the sums by all implementations at all but the largest lengths.</summary>
    private static BenchmarkRun[] QuickRuns()
    {
        BenchmarkRun[] sums =
        [
            .. from kernel in new[] { Scenarios.Sum, Scenarios.SumLogTarget }
               let scenario = Scenarios.Of(kernel)
               from length in scenario.Lengths
               where length <= 1 << 20
               select scenario.At(length),
        ];
        return [.. sums, .. BenchmarkRunner.RunsOf(Targets.Current).Where(r => !sums.Any(s => s.Scenario == r.Scenario && s.Length == r.Length))];
    }

    private static void Print(Results results)
    {
        Console.WriteLine(results.Machine.Description);
        foreach (string absent in results.Absent)
        {
            Console.WriteLine($"Absent: {absent}");
        }

        Console.WriteLine($"\n{RatioTable.Write(results)}");
    }
}
