using System.CommandLine;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Distillation.Plot;
using Spectre.Console;

namespace Distillation;

/// <summary>
/// Knowledge distillation with a generated loss. The exit code is 0, or 2 where the command line or the output is unusable, with
/// one line on the standard error stream that says why.
/// </summary>
internal static class Program
{
    private const int Unusable = 2;

    // What an epoch's description takes, so that the bars keep their length.
    private const int DescriptionWidth = 42;

    private static int Main(string[] args) => Run(args, Console.Out, Console.Error);

    /// <summary>The whole program, over any writers.</summary>
    internal static int Run(string[] args, TextWriter output, TextWriter error)
    {
        ParseResult parsed = new CommandLine((settings, path) => Distil(settings, path, output, error)).Root.Parse(args);
        if (parsed.Errors is [var first, ..])
        {
            error.WriteLine(first.Message);
            return Unusable;
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error.WriteLine(exception.Message);
            return Unusable;
        }
    }

    private static void Distil(ExperimentSettings settings, string path, TextWriter output, TextWriter error)
    {
        // Looked for first, so that a wrong path is not found out after the work.
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? path;
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"{path} cannot be written: there is no folder {folder}");
        }

        IAnsiConsole console = ConsoleOn(output);
        Experiment experiment = new(Digits.Load(), settings);
        Report.WriteSetting(console, experiment, settings);
        ExperimentResult result = RunWithProgress(experiment, settings, ConsoleOn(error));
        Report.WriteResult(console, result);
        WritePicture(path, LearningCurves.Draw(settings, result));
        output.WriteLine($"The learning curves are in {path}");
    }

    // Bars on the error stream, so that the standard output stays clean; none where nobody sees them.
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

                    task.Description = $"{name,-11}  loss {Report.Loss(epoch)}  accuracy {Report.Accuracy(epoch),7}";
                    task.Increment(1);
                });
            });
    }

    private static void WritePicture(string path, XDocument picture)
    {
        XmlWriterSettings settings = new() { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false) };
        using XmlWriter writer = XmlWriter.Create(path, settings);
        picture.Save(writer);
    }

    // Colours for a terminal only: a file, a pipe and a build server's log get plain text.
    private static IAnsiConsole ConsoleOn(TextWriter writer)
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
