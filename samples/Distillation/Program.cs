using System.CommandLine;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Distillation.Plot;
using Spectre.Console;

namespace Distillation;

/// <summary>
/// Knowledge distillation with a generated loss. The exit code is 0 on success, and 2 if the command line or the output file is
/// invalid; one line on the standard error stream says why.
/// </summary>
internal static class Program
{
    private const int InvalidInput = 2;

    // The width of the longest description, so that the progress bars keep their length.
    private const int DescriptionWidth = 42;

    private static int Main(string[] args) => Run(args, Console.Out, Console.Error);

    /// <summary>Runs the program with the given output streams.</summary>
    internal static int Run(string[] args, TextWriter output, TextWriter error)
    {
        ParseResult parsed = new CommandLine((settings, path) => RunExperiment(settings, path, output, error)).Root.Parse(args);
        if (parsed.Errors is [var first, ..])
        {
            error.WriteLine(first.Message);
            return InvalidInput;
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error.WriteLine(exception.Message);
            return InvalidInput;
        }
    }

    private static void RunExperiment(ExperimentSettings settings, string path, TextWriter output, TextWriter error)
    {
        // Validated before the training, which takes some seconds.
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? path;
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"{path} cannot be written: there is no folder {folder}");
        }

        IAnsiConsole console = CreateConsole(output);
        Experiment experiment = new(Digits.Load(), settings);
        Report.WriteSettings(console, experiment, settings);
        ExperimentResult result = RunWithProgress(experiment, settings, CreateConsole(error));
        Report.WriteResult(console, result);
        WriteChart(path, LearningCurveChart.Draw(settings, result));
        output.WriteLine($"Learning curves: {path}");
    }

    // The progress bars go to the error stream, so that the standard output holds the result alone. There are none if it is redirected.
    private static ExperimentResult RunWithProgress(Experiment experiment, ExperimentSettings settings, IAnsiConsole console)
    {
        if (!console.Profile.Out.IsTerminal)
        {
            return experiment.Run((_, _) => { });
        }

        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new ElapsedTimeColumn())
            .Start(context =>
            {
                Dictionary<string, ProgressTask> tasks = Experiment.Networks.ToDictionary(
                    name => name, name => context.AddTask(name.PadRight(DescriptionWidth), autoStart: false, maxValue: settings.Epochs));
                return experiment.Run((name, epoch) =>
                {
                    ProgressTask task = tasks[name];
                    if (!task.IsStarted)
                    {
                        task.StartTask();
                    }

                    task.Description = $"{name,-11}  loss {Report.FormatLoss(epoch)}  accuracy {Report.FormatAccuracy(epoch),7}";
                    task.Increment(1);
                });
            });
    }

    private static void WriteChart(string path, XDocument chart)
    {
        XmlWriterSettings settings = new() { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false) };
        using XmlWriter writer = XmlWriter.Create(path, settings);
        chart.Save(writer);
    }

    // Escape codes are written to a terminal only. Files, pipes and build logs get plain text.
    private static IAnsiConsole CreateConsole(TextWriter writer)
    {
        AnsiConsoleOutput output = new(writer);
        return AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = output.IsTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            Out = output,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
    }
}
