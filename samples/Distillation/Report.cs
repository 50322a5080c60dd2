using System.Globalization;
using Spectre.Console;

namespace Distillation;

/// <summary>Sets the results in text that fits 80 columns.</summary>
internal static class Report
{
    /// <summary>Says what is about to be trained.</summary>
    public static void WriteSetting(IAnsiConsole console, Experiment experiment, ExperimentSettings settings)
    {
        console.MarkupLine("[bold]Distilling a classifier of handwritten digits[/]");
        Grid grid = new Grid().AddColumn(new GridColumn().Padding(2, 0, 2, 0).NoWrap()).AddColumn(new GridColumn().Padding(0, 0, 0, 0));
        grid.AddRow("teacher", $"{Experiment.TeacherUnits} hidden units, learns from {Experiment.TeacherImages} labelled digits");
        grid.AddRow(
            "students", $"{Experiment.StudentUnits} hidden units, the same first weights, the same {Experiment.StudentImages} digits");
        grid.AddRow("hard labels", "learns what the digits are");
        grid.AddRow("distilled", string.Create(
            CultureInfo.InvariantCulture, $"learns what the teacher says of them, at temperature {settings.Temperature}"));
        grid.AddRow("accuracy", $"on {experiment.HeldOutImages} digits that none of them learns from");
        console.Write(grid);
    }

    /// <summary>Prints every epoch, and what it comes to.</summary>
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
                    .. Cells(result.Teacher[epoch]), .. Cells(result.HardLabels[epoch]), .. Cells(result.Distilled[epoch]),
                ]);
        }

        console.Write(table);
        (string distilled, string hard, string teacher) = (Share(result.Distilled), Share(result.HardLabels), Share(result.Teacher));
        console.MarkupLineInterpolated($"The student reaches [bold]{distilled}[/] when distilled and {hard} from hard labels alone.");
        console.WriteLine($"The teacher reaches {teacher}.");
    }

    /// <summary>A loss as the table and the progress display show it.</summary>
    public static string Loss(Epoch epoch) => epoch.Loss.ToString("0.0000", CultureInfo.InvariantCulture);

    /// <summary>An accuracy as the table and the progress display show it.</summary>
    public static string Accuracy(Epoch epoch) => string.Create(CultureInfo.InvariantCulture, $"{epoch.Accuracy * 100:0.0} %");

    private static string[] Cells(Epoch epoch) => [Loss(epoch), Accuracy(epoch)];

    private static string Share(IReadOnlyList<Epoch> epochs) => Accuracy(epochs[^1]);
}
