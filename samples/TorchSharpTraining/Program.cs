using Distillation;
using Spectre.Console;

namespace TorchSharpTraining;

/// <summary>
/// Knowledge distillation with TorchSharp, whose loss is a generated method. <see cref="CommandLineProgram"/> defines the exit codes.
/// </summary>
internal static class Program
{
    private static int Main(string[] args) => Run(args, Console.Out, Console.Error);

    /// <summary>Runs the program with the given output streams.</summary>
    internal static int Run(string[] args, TextWriter output, TextWriter error) =>
        CommandLineProgram.Run(new CommandLine((settings, chart) => RunExperiment(settings, chart, output)).Root, args, output, error);

    private static void RunExperiment(ExperimentSettings settings, string chart, TextWriter output)
    {
        OutputPath.RequireFolder(chart);
        Libtorch.Load();
        IAnsiConsole console = PlainConsole.Create(output);
        Report.WriteSettings(console, settings);
        ExperimentResult result = new Experiment(Digits.Load(), settings).Run();
        Report.WriteSteps(console, result);
        Report.WriteMeasurements(console, [LossMeasurement.Run(Batch.Rows, Digits.Classes), LossMeasurement.Run(Batch.Rows, 32_000)]);
        File.WriteAllText(chart, StepChart.Draw(result));
        output.WriteLine($"Losses and times of all steps: {chart}");
    }
}
