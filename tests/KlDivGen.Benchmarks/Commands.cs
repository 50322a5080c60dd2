using System.CommandLine;
using KlDivGen.Benchmarks.Measuring;
using KlDivGen.Benchmarks.Reports;

namespace KlDivGen.Benchmarks;

/// <summary>The commands of this program.</summary>
internal static partial class Commands
{
    /// <summary>The command <c>ratios</c>: the promised ratios, measured in this process.</summary>
    public static Command Ratios()
    {
        Option<bool> quick = QuickOption();
        Option<string?> only = OnlyOption();
        Option<FileInfo?> json = new("--json") { Description = "Also write the results to this file." };
        Command command = new("ratios", "Measure the promised ratios in this process, contenders in turns.") { quick, only, json };
        command.SetAction(arguments =>
        {
            string part = arguments.GetValue(only) ?? "";
            Goal[] goals = [.. Goals.Current.Where(g => g.Kernel.Contains(part, StringComparison.OrdinalIgnoreCase))];
            Results results = Run.Heats([.. Run.ForGoals(goals)], goals, arguments.GetValue(quick) ? Effort.Quick : Effort.Full);
            Print(results);
            if (arguments.GetValue(json) is { } file)
            {
                results.Write(file.FullName);
            }
        });
        return command;
    }

    /// <summary>Adds the commands that need the JIT, an SDK or the repository.</summary>
    static partial void AddSuiteCommands(RootCommand root);

    /// <summary>Adds the other commands, where this program has them.</summary>
    public static void AddSuite(RootCommand root) => AddSuiteCommands(root);

    private static Option<bool> QuickOption() => new("--quick") { Description = "Fewer and shorter rounds: a look, not a record." };

    private static Option<string?> OnlyOption() =>
        new("--only") { Description = "Only kernels whose name contains this, such as \"float32 sum\"." };

    private static void Print(Results results)
    {
        Machine machine = results.Machine;
        Console.WriteLine($"{machine.Cpu}, {machine.Cores} cores, {machine.OperatingSystem}");
        foreach (string absent in results.Absent)
        {
            Console.WriteLine($"Absent: {absent}");
        }

        foreach (IGrouping<string, RatioResult> ratios in results.Ratios.GroupBy(r => r.Runtime))
        {
            Console.WriteLine($"\n{ratios.Key}\n\n{RatioTable.Write(ratios)}");
        }
    }
}
