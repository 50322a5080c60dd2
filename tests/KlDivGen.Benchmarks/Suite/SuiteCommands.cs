using System.CommandLine;
using KlDivGen.Benchmarks.Measuring;
using KlDivGen.Benchmarks.Reports;
using KlDivGen.Benchmarks.Suite;

namespace KlDivGen.Benchmarks;

/// <content>The commands that need the JIT, an SDK or the repository.</content>
internal static partial class Commands
{
    static partial void AddSuiteCommands(RootCommand root)
    {
        root.Add(All());
        root.Add(Aot());
        root.Add(BenchmarkDotNet());
        root.Add(Stack());
        root.Add(Errors());
        root.Add(Pages());
        root.Add(Readme());
    }

    private static Command All()
    {
        Option<bool> quick = QuickOption();
        Command command = new("all", "Measure everything, jitted, at equal widths, and ahead of time; write results, plots and tables.") { quick };
        command.SetAction(arguments =>
        {
            bool isQuick = arguments.GetValue(quick);
            string file = Publication.ResultsFile(isQuick);
            Results results = Everything(isQuick);
            results.Write(file);
            Publication.WritePages(file);
            Print(results);
            Console.WriteLine($"Written: {file} and what was made of it beside it.");
        });
        return command;
    }

    private static Command Aot()
    {
        Option<bool> quick = QuickOption();
        Command command = new("aot", "Measure the promised ratios compiled with Native AOT, by default and with AVX2.") { quick };
        command.SetAction(arguments =>
        {
            Results jitted = JittedSums(arguments.GetValue(quick));
            Print(WithAheadOfTime(jitted with { Ratios = [] }, arguments.GetValue(quick)));
        });
        return command;
    }

    private static Command BenchmarkDotNet()
    {
        Option<bool> quick = QuickOption();
        Option<string?> only = OnlyOption();
        Command command = new("bdn", "Measure with BenchmarkDotNet, every contender in a process of its own.") { quick, only };
        command.SetAction(arguments =>
        {
            MarkdownTable table = new(3, "kernel", "n", "contender", "best, ns an element", "median");
            foreach (Measurement m in BenchmarkDotNetRun.All(arguments.GetValue(quick), arguments.GetValue(only) ?? ""))
            {
                table.Add(m.Kernel, $"{m.Length:N0}", m.Contender, $"{m.Best:0.000}", $"{m.Median:0.000}");
            }

            Console.WriteLine(table);
        });
        return command;
    }

    private static Command Stack()
    {
        Option<string?> only = OnlyOption();
        Command command = new("stack", "Measure at every depth of the stack, as which rounds of the other commands take turns.") { only };
        command.SetAction(arguments => Console.WriteLine(StackDepths.Measure(arguments.GetValue(only) ?? "")));
        return command;
    }

    private static Command Errors()
    {
        Command command = new("accuracy", "Compare everyone's errors on the same data; write the README's table.");
        command.SetAction(_ =>
        {
            string table = Accuracy.Measure().ToString();
            Console.WriteLine(table);
            Publication.WriteReadme("accuracy", table);
        });
        return command;
    }

    private static Command Pages()
    {
        Command command = new("plot", "Draw plots and write tables from the results that are kept.");
        command.SetAction(_ => Publication.WritePages(Publication.ResultsFile(quick: false)));
        return command;
    }

    private static Command Readme()
    {
        Command command = new("readme", "Write the README's benchmark section from the results that are kept.");
        command.SetAction(_ => Publication.WriteReadme());
        return command;
    }

    /// <summary>
    /// Quick: the goals, and the sums by everyone at all lengths but the longest. Full: the whole table of scenarios, the goals at equal
    /// widths, Native AOT, and BenchmarkDotNet.
    /// </summary>
    private static Results Everything(bool quick)
    {
        Effort effort = quick ? Effort.Quick : Effort.Full;
        Results results = Run.Heats(quick ? QuickHeats() : AllHeats(), Goals.Current, effort);
        if (quick)
        {
            return results;
        }

        (List<Results> equal, List<string> absent) = EqualWidths.Run();
        results = With(results with { Absent = [.. results.Absent, .. absent] }, equal);
        results = WithAheadOfTime(results, quick);
        return results with { Measurements = [.. results.Measurements, .. BenchmarkDotNetRun.All(quick)] };
    }

    private static Heat[] AllHeats() => [.. Scenarios.All.SelectMany(s => Lengths(s).Select(n => s.At(n)))];

    private static IEnumerable<int> Lengths(Scenario scenario) =>
        scenario.Lengths.Union(Goals.Current.Where(g => g.Kernel == scenario.Kernel).Select(g => g.Length)).Order();

    private static Heat[] QuickHeats()
    {
        Heat[] sums =
        [
            .. from kernel in new[] { Scenarios.Sum, Scenarios.SumLogTarget }
               let scenario = Scenarios.Of(kernel)
               from length in scenario.Lengths
               where length <= 1 << 20
               select scenario.At(length),
        ];
        return [.. sums, .. Run.ForGoals(Goals.Current).Where(g => !sums.Any(s => s.Scenario == g.Scenario && s.Length == g.Length))];
    }

    private static Results JittedSums(bool quick)
    {
        Goal[] goals = [.. Goals.Current.Where(g => g.Length == 32_768 && g.Kernel is Scenarios.Sum or Scenarios.SumLogTarget)];
        return Run.Heats([.. Run.ForGoals(goals)], goals, quick ? Effort.Quick : Effort.Full);
    }

    private static Results WithAheadOfTime(Results jitted, bool quick)
    {
        (Results[] results, string? absence) = AheadOfTime.Run(quick);
        if (absence is not null)
        {
            return jitted with { Absent = [.. jitted.Absent, absence] };
        }

        Results all = With(jitted, results);
        return all with { Ratios = [.. all.Ratios, .. AheadOfTime.AgainstJitted(jitted, results[^1])] };
    }

    private static Results With(Results results, IEnumerable<Results> others) => others.Aggregate(results, (all, other) => all with
    {
        Ratios = [.. all.Ratios, .. other.Ratios],
        Measurements = [.. all.Measurements, .. other.Measurements],
    });
}
