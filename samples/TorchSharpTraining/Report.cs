using System.Globalization;
using Spectre.Console;
using TorchSharp;

namespace TorchSharpTraining;

/// <summary>Prints settings and results in at most 80 columns.</summary>
internal static class Report
{
    private const int MaximumRows = 20;

    /// <summary>Prints the settings of the experiment.</summary>
    public static void WriteSettings(IAnsiConsole console, ExperimentSettings settings)
    {
        console.MarkupLine("[bold]Distilling a classifier of handwritten digits with TorchSharp[/]");
        Grid grid = PlainConsole.CreateGrid();
        grid.AddRow("teacher", $"{Experiment.TeacherHiddenUnits} hidden units, trained on {Experiment.TrainingImageCount} labeled digits");
        grid.AddRow(
            "students",
            $"{Experiment.StudentHiddenUnits} hidden units, seed {settings.Seed}, batches of {Batch.Rows}, the last one padded");
        grid.AddRow("KlDivGen", Invariant($"a generated loss, temperature {Losses.Temperature}, with a mask"));
        grid.AddRow("TorchSharp", "the same loss from log_softmax and kl_div");
        grid.AddRow("PyTorch", $"{torch.__version__}, {torch.get_num_threads()} thread");
        console.Write(grid);
    }

    /// <summary>Prints losses and times of the students, step by step.</summary>
    public static void WriteSteps(IAnsiConsole console, ExperimentResult result)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn("\nstep").RightAligned());
        string[] headers = ["KlDivGen\nloss", "TorchSharp\nloss", "relative\ndifference", "KlDivGen\nms", "TorchSharp\nms"];
        foreach (string header in headers)
        {
            table.AddColumn(new TableColumn(header).RightAligned());
        }

        (StepResult Ours, StepResult Theirs)[] steps = [.. result.KlDivGen.Steps.Zip(result.TorchSharp.Steps)];
        int interval = (steps.Length + MaximumRows - 1) / MaximumRows;
        foreach ((int index, (StepResult ours, StepResult theirs)) in steps.Index().Where(step => step.Index % interval == 0))
        {
            table.AddRow(
                Invariant($"{index + 1}"),
                Invariant($"{ours.Loss:0.000000}"),
                Invariant($"{theirs.Loss:0.000000}"),
                Invariant($"{GetDifference(ours, theirs):0.0E+0}"),
                Invariant($"{ours.Milliseconds:0.000}"),
                Invariant($"{theirs.Milliseconds:0.000}"));
        }

        console.Write(table);
        StepTimes times = StepTimes.Create(result);
        Grid grid = PlainConsole.CreateGrid();
        grid.AddRow("losses", Invariant(
            $"relative difference of {steps.Length} steps: at most {steps.Max(step => GetDifference(step.Ours, step.Theirs)):0.0E+0}"));
        grid.AddRow(
            "accuracy",
            Invariant($"{result.KlDivGen.Accuracy * 100:0.0} %, with TorchSharp's loss {result.TorchSharp.Accuracy * 100:0.0} %, ")
                + Invariant($"the teacher {result.TeacherAccuracy * 100:0.0} %"));
        grid.AddRow("time per step", Invariant(
            $"{times.KlDivGen:0.000} ms, with TorchSharp's loss {times.TorchSharp:0.000} ms: {times.SpeedUp:0.00} times as fast"));
        console.Write(grid);
    }

    /// <summary>Prints the times of the losses without a network.</summary>
    public static void WriteMeasurements(IAnsiConsole console, IEnumerable<LossMeasurement> measurements)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn("loss and gradient alone");
        foreach (string header in (string[])["KlDivGen ms", "TorchSharp ms", "speed-up"])
        {
            table.AddColumn(new TableColumn(header).RightAligned());
        }

        foreach (LossMeasurement measurement in measurements)
        {
            table.AddRow(
                Invariant($"{measurement.Rows} rows of {measurement.Classes:N0} logits"),
                Invariant($"{measurement.KlDivGen:0.000}"),
                Invariant($"{measurement.TorchSharp:0.000}"),
                Invariant($"{measurement.TorchSharp / measurement.KlDivGen:0.00}"));
        }

        console.Write(table);
    }

    private static double GetDifference(StepResult ours, StepResult theirs) => Math.Abs(ours.Loss - theirs.Loss) / Math.Abs(theirs.Loss);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
