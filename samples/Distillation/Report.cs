using System.Globalization;
using Spectre.Console;

namespace Distillation;

/// <summary>Prints settings and results in at most 80 columns.</summary>
internal static class Report
{
    /// <summary>Prints the settings of the experiment.</summary>
    public static void WriteSettings(IAnsiConsole console, Experiment experiment, ExperimentSettings settings)
    {
        console.MarkupLine("[bold]Distilling a classifier of handwritten digits[/]");
        Grid grid = PlainConsole.CreateGrid();
        grid.AddRow("teacher", $"{Experiment.TeacherHiddenUnits} hidden units, trained on {Experiment.TeacherImageCount} labeled digits");
        grid.AddRow(
            "students", $"{Experiment.StudentHiddenUnits} hidden units, same initial weights, same {Experiment.StudentImageCount} digits");
        grid.AddRow("hard labels", "a student trained on the labels");
        grid.AddRow("distilled", string.Create(
            CultureInfo.InvariantCulture, $"a student trained on the teacher's logits, temperature {settings.Temperature}"));
        grid.AddRow("accuracy", $"on {experiment.TestImages.Count} digits that are not used in training");
        console.Write(grid);
    }

    /// <summary>Prints the result of every epoch and a conclusion.</summary>
    public static void WriteResult(IAnsiConsole console, ExperimentResult result)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn("\nepoch").RightAligned());
        foreach (string name in Experiment.Networks)
        {
            table.AddColumn(new TableColumn($"{name}\nloss").RightAligned());
            table.AddColumn(new TableColumn("\naccuracy").RightAligned());
        }

        for (int epoch = 0; epoch < result.Teacher.Count; epoch++)
        {
            table.AddRow(
                [
                    (epoch + 1).ToString(CultureInfo.InvariantCulture),
                    .. FormatCells(result.Teacher[epoch]),
                    .. FormatCells(result.HardLabels[epoch]),
                    .. FormatCells(result.Distilled[epoch]),
                ]);
        }

        console.Write(table);
        string distilled = FormatFinalAccuracy(result.Distilled);
        string hardLabels = FormatFinalAccuracy(result.HardLabels);
        console.MarkupLineInterpolated($"The distilled student reaches [bold]{distilled}[/], the student trained on labels {hardLabels}.");
        console.WriteLine($"The teacher reaches {FormatFinalAccuracy(result.Teacher)}.");
    }

    /// <summary>Formats a loss for the table and the progress display.</summary>
    public static string FormatLoss(EpochResult epoch) => epoch.Loss.ToString("0.0000", CultureInfo.InvariantCulture);

    /// <summary>Formats an accuracy for the table and the progress display.</summary>
    public static string FormatAccuracy(EpochResult epoch) => string.Create(CultureInfo.InvariantCulture, $"{epoch.Accuracy * 100:0.0} %");

    private static string[] FormatCells(EpochResult epoch) => [FormatLoss(epoch), FormatAccuracy(epoch)];

    private static string FormatFinalAccuracy(IReadOnlyList<EpochResult> history) => FormatAccuracy(history[^1]);
}
