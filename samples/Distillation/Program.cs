using System.Text;
using System.Xml;
using System.Xml.Linq;
using Distillation.Plot;
using Spectre.Console;

namespace Distillation;

/// <summary>
/// Knowledge distillation with generated losses. <see cref="CommandLineProgram"/> defines the exit codes.
/// </summary>
internal static class Program
{
    // The width of the longest description, so that the progress bars keep their length.
    private const int DescriptionWidth = 42;

    private static int Main(string[] args) => Run(args, Console.Out, Console.Error);

    /// <summary>Runs the program with the given output streams.</summary>
    internal static int Run(string[] args, TextWriter output, TextWriter error)
    {
        CommandLine commandLine = new((settings, files) => RunExperiment(settings, files, output, error));
        return CommandLineProgram.Run(commandLine.Root, args, output, error);
    }

    private static void RunExperiment(ExperimentSettings settings, OutputFiles files, TextWriter output, TextWriter error)
    {
        // Validated before the training, which takes some seconds.
        files.RequireFolders();
        IAnsiConsole console = PlainConsole.Create(output);
        Experiment experiment = new(Digits.Load(), settings);
        Report.WriteSettings(console, experiment, settings);
        ExperimentResult result = RunWithProgress(experiment, settings, PlainConsole.Create(error));
        Report.WriteResult(console, result);
        WriteChart(files.Chart, LearningCurveChart.Draw(settings, result));
        output.WriteLine($"Learning curves: {files.Chart}");
        if (files.Logits is { } logits)
        {
            TeacherFiles.WriteLogits(logits, result.TeacherNetwork, experiment.TestImages);
            output.WriteLine($"Logits of the teacher: {logits}");
        }

        if (files.Weights is { } weights)
        {
            TeacherFiles.WriteWeights(weights, result.TeacherNetwork);
            output.WriteLine($"Weights of the teacher: {weights}");
        }
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
}
