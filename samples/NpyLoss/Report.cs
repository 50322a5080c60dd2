using System.Globalization;
using System.Numerics;
using KlDivGen;
using KlDivGen.Samples.Npy;
using Spectre.Console;

namespace NpyLoss;

/// <summary>Prints the result as a table of at most 80 columns.</summary>
internal static class Report
{
    /// <summary>Prints the files, the settings and the losses.</summary>
    public static void Write(IAnsiConsole console, LossRequest request, LossResult result)
    {
        Grid files = PlainConsole.CreateGrid();
        files.AddRow(new Text("input"), new Text($"{Path.GetFileName(request.Input)}, {Describe(result.Input)}"));
        string form = request.LogTarget ? "log-probabilities" : "probabilities";
        files.AddRow(new Text("target"), new Text($"{Path.GetFileName(request.Target)}, {Describe(result.Target)}, {form}"));
        files.AddRow(new Text("dialect"), new Text(request.Dialect));
        if (request.Output is not null)
        {
            files.AddRow(new Text("output"), new Text($"{Path.GetFileName(request.Output)}, the loss of each element"));
        }

        console.Write(files);

        Table table = new Table().Border(TableBorder.Simple).AddColumns(
            new TableColumn("reduction"), new TableColumn("value"), new TableColumn("time").RightAligned());
        foreach (string reduction in (string[])[Reductions.None, Reductions.Mean, Reductions.Sum, Reductions.BatchMean])
        {
            if (request.Reduction is null || request.Reduction == reduction)
            {
                table.AddRow(new Text(reduction), new Text(FormatLoss(reduction, result)), new Text(FormatDuration(
                    reduction == Reductions.None ? result.ElementwiseTime.TotalSeconds : result.SumTime.TotalSeconds)));
            }
        }

        console.Write(table);
        Style dim = new(decoration: Decoration.Dim);
        string time = $"the kernel alone, over all elements; {Vector<byte>.Count * 8}-bit vectors, .NET {Environment.Version}";
        console.Write(PlainConsole.CreateGrid().AddRow(new Text("time", dim), new Text(time, dim)));
    }

    private static string FormatLoss(string reduction, LossResult result) => reduction switch
    {
        Reductions.Sum => FormatNumber(result.Sum),
        Reductions.Mean => FormatNumber(result.Sum / result.Input.Count),
        Reductions.BatchMean => FormatNumber(result.Sum / result.Input.BatchSize),
        _ when result.Input.Count == 0 => "no values",
        _ when result.Input.Count == 1 => $"1 value, {result.Minimum:G4}",
        _ when double.IsNaN(result.Minimum) => $"{result.Input.Count:N0} values, NaN among them",
        _ => $"{result.Input.Count:N0} values from {result.Minimum:G4} to {result.Maximum:G4}",
    };

    private static string Describe(NpyHeader header) => $"{header.ElementType.GetName()} {header.ShapeText}";

    private static string FormatNumber(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string FormatDuration(double seconds) => seconds switch
    {
        < 1e-6 => $"{FormatThreeDigits(seconds * 1e9)} ns",
        < 1e-3 => $"{FormatThreeDigits(seconds * 1e6)} µs",
        < 1 => $"{FormatThreeDigits(seconds * 1e3)} ms",
        _ => $"{FormatThreeDigits(seconds)} s",
    };

    private static string FormatThreeDigits(double value) =>
        value.ToString(value < 10 ? "0.00" : value < 100 ? "0.0" : "0", CultureInfo.InvariantCulture);
}
