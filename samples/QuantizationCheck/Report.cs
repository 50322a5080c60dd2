using System.Globalization;
using Spectre.Console;

namespace QuantizationCheck;

/// <summary>Prints the result in at most 80 columns.</summary>
internal static class Report
{
    /// <summary>Prints the files and the statistics.</summary>
    public static void Write(IAnsiConsole console, CheckResult result)
    {
        Grid files = PlainConsole.CreateGrid();
        files.AddRow(new Text("reference"), new Text(result.Reference));
        files.AddRow(new Text("quantized"), new Text(result.Quantized));
        files.AddRow(new Text("tokens"), new Text(Invariant($"{result.Tokens:N0}, vocabulary of {result.Vocabulary:N0}")));
        if (result.NanTokens > 0)
        {
            files.AddRow(new Text("NaN"), new Text(Invariant(
                $"{result.NanTokens:N0} tokens, the first is {result.FirstNanToken}: they hold NaN or +∞, or −∞ alone, and are left out")));
        }

        console.Write(files);
        WriteTable(console, "KL divergence, nats", GetDivergenceRows(result.Divergence));
        WriteTable(console, "top choice", [
            ("the same", Invariant($"{result.TopChoice.SameShare * 100:0.000} %")),
            ("mean Δp", Invariant($"{result.TopChoice.MeanProbabilityDifference * 100:0.0000} %")),
            ("RMS Δp", Invariant($"{result.TopChoice.RmsProbabilityDifference * 100:0.0000} %"))]);
        if (result.Perplexity is { } perplexity)
        {
            WriteTable(console, "perplexity", [
                ("reference", Format(perplexity.Reference)),
                ("quantized", Format(perplexity.Quantized)),
                ("ratio", Format(perplexity.Ratio))]);
        }

        if (result.Classes is { } classes)
        {
            WriteClasses(console, classes);
        }
    }

    private static void WriteClasses(IAnsiConsole console, IReadOnlyList<ClassSummary> classes)
    {
        Table table = new Table().Border(TableBorder.Simple);
        foreach (string header in (string[])["class", "tokens", "mean, nats", "maximum", "token", "the same top"])
        {
            table.AddColumn(new TableColumn(header).RightAligned());
        }

        foreach (ClassSummary summary in classes)
        {
            table.AddRow(
                Invariant($"{summary.Class}"),
                Invariant($"{summary.Tokens:N0}"),
                Format(summary.Mean),
                Format(summary.Maximum),
                Invariant($"{summary.MaximumToken}"),
                Invariant($"{summary.SameShare * 100:0.000} %"));
        }

        console.Write(table);
    }

    private static (string Name, string Value)[] GetDivergenceRows(DivergenceSummary divergence) =>
    [
        ("mean", $"{Format(divergence.Mean)} ± {Format(divergence.StandardError)}"),
        ("median", Format(divergence.Median)),
        ("90.0 %", Format(divergence.Percentile90)),
        ("95.0 %", Format(divergence.Percentile95)),
        ("99.0 %", Format(divergence.Percentile99)),
        ("99.9 %", Format(divergence.Percentile99_9)),
        ("maximum", divergence.MaximumToken is { } token
            ? Invariant($"{Format(divergence.Maximum)}, token {token}")
            : Format(divergence.Maximum)),
    ];

    private static void WriteTable(IAnsiConsole console, string title, (string Name, string Value)[] rows)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumns(new TableColumn(title).Width(20), new TableColumn(string.Empty));
        foreach ((string name, string value) in rows)
        {
            table.AddRow(new Text(name), new Text(value));
        }

        console.Write(table);
    }

    // Five significant digits.
    private static string Format(double value) => value.ToString("G5", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
