using System.Globalization;
using System.Numerics;
using KlDivGen;
using QuickStart.Npy;
using Spectre.Console;

namespace QuickStart;

/// <summary>Sets the results in tables that fit 80 columns.</summary>
internal static class Report
{
    private static string Machine =>
        $"{Vector<byte>.Count * 8}-bit vectors, .NET {Environment.Version}";

    /// <summary>Prints what the program without arguments found.</summary>
    public static void Write(IAnsiConsole console, Demonstration demonstration)
    {
        NpyHeader header = demonstration.Header;
        console.MarkupLine("[bold]The KL divergence of a student from its teacher[/]");
        console.MarkupLineInterpolated(
            $"{header.BatchSize} handwritten digits, {header.Shape[1]} classes: {header.Count:N0} values in {header.Element.Name()}");
        WriteSection(console, "Target: the teacher's probabilities", "y · (log y − x)", demonstration.OfProbabilities());
        WriteSection(console, "Target: their logarithms", "exp(y) · (y − x)", demonstration.OfLogs());
        console.WriteLine();
        WriteNotes(
            console,
            ("exact", "40-digit arithmetic on the same float32 values"),
            ("off by", "the relative error; for none, the largest error of an element"),
            ("time", $"the median of many calls on one thread; {Machine}"));
        console.WriteLine();
        console.MarkupLine("Your own arrays: [bold]--input A.npy --target B.npy[/], and --help for the rest");
    }

    /// <summary>Prints what a run over the user's own arrays found.</summary>
    public static void Write(IAnsiConsole console, ComparisonRequest request, ComparisonResult result)
    {
        Grid files = NewGrid();
        files.AddRow(new Text("input"), new Text($"{Path.GetFileName(request.Input)}, {Describe(result.Input)}"));
        string form = request.LogTarget ? "log-probabilities" : "probabilities";
        files.AddRow(new Text("target"), new Text($"{Path.GetFileName(request.Target)}, {Describe(result.Target)}, {form}"));
        files.AddRow(new Text("dialect"), new Text(request.Dialect));
        if (request.Output is not null)
            files.AddRow(new Text("output"), new Text($"{Path.GetFileName(request.Output)}, the loss of each element"));
        console.Write(files);

        Table table = NewTable().AddColumns(
            new TableColumn("reduction"), new TableColumn("value"), new TableColumn("time").RightAligned());
        foreach (string reduction in (string[])[Reductions.None, Reductions.Mean, Reductions.Sum, Reductions.BatchMean])
        {
            if (request.Reduction is null || request.Reduction == reduction)
                table.AddRow(new Text(reduction), new Text(ValueOf(reduction, result)), new Text(Duration(
                    reduction == Reductions.None ? result.EachTime.TotalSeconds : result.SumTime.TotalSeconds)));
        }

        console.Write(table);
        WriteNotes(console, ("time", $"the kernel alone, over all elements; {Machine}"));
    }

    private static string ValueOf(string reduction, ComparisonResult result) => reduction switch
    {
        Reductions.Sum => Number(result.Sum),
        Reductions.Mean => Number(result.Sum / result.Input.Count),
        Reductions.BatchMean => Number(result.Sum / result.Input.BatchSize),
        _ when result.Input.Count == 0 => "no values",
        _ when result.Input.Count == 1 => $"1 value, {result.Minimum:G4}",
        _ when double.IsNaN(result.Minimum) => $"{result.Input.Count:N0} values, NaN among them",
        _ => $"{result.Input.Count:N0} values from {result.Minimum:G4} to {result.Maximum:G4}",
    };

    private static void WriteSection(IAnsiConsole console, string title, string formula, IReadOnlyList<Measurement> rows)
    {
        console.WriteLine();
        console.MarkupLineInterpolated($"[bold]{title}[/]   {formula}");
        Table table = NewTable().AddColumns(
            new TableColumn("reduction").Width(9),
            new TableColumn("KlDivGen").Width(19),
            new TableColumn("exact").Width(19),
            new TableColumn("off by").Width(7).RightAligned(),
            new TableColumn("time").Width(7).RightAligned());
        foreach (Measurement row in rows)
        {
            table.AddRow(
                new Text(row.Reduction),
                new Text(row.Value is { } value ? Number(value) : "each element"),
                new Text(row.Exact is { } exact ? exact.ToString(CultureInfo.InvariantCulture) : string.Empty),
                new Text(row.Error.ToString("0.0e+0", CultureInfo.InvariantCulture)),
                new Text(Duration(row.Seconds)));
        }

        console.Write(table);
    }

    private static void WriteNotes(IAnsiConsole console, params ReadOnlySpan<(string Term, string Meaning)> notes)
    {
        Grid grid = NewGrid();
        foreach ((string term, string meaning) in notes)
            grid.AddRow(new Text(term, new Style(decoration: Decoration.Dim)), new Text(meaning, new Style(decoration: Decoration.Dim)));
        console.Write(grid);
    }

    // Two columns that begin where the tables' text does.
    private static Grid NewGrid() => new Grid()
        .AddColumn(new GridColumn().Padding(2, 0, 2, 0).NoWrap())
        .AddColumn(new GridColumn().Padding(0, 0, 0, 0));

    private static Table NewTable() => new Table().Border(TableBorder.Simple).HideFooters();

    private static string Describe(NpyHeader header) => $"{header.Element.Name()} {header.ShapeText}";

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Duration(double seconds) => seconds switch
    {
        < 1e-6 => $"{ThreeDigits(seconds * 1e9)} ns",
        < 1e-3 => $"{ThreeDigits(seconds * 1e6)} µs",
        < 1 => $"{ThreeDigits(seconds * 1e3)} ms",
        _ => $"{ThreeDigits(seconds)} s",
    };

    private static string ThreeDigits(double value) =>
        value.ToString(value < 10 ? "0.00" : value < 100 ? "0.0" : "0", CultureInfo.InvariantCulture);
}
