using System.Globalization;
using Spectre.Console;

namespace ClusterEvaluation;

/// <summary>Prints the result in at most 80 columns.</summary>
internal static class Report
{
    /// <summary>Prints the counts and the divergence.</summary>
    public static void Write(IAnsiConsole console, EvaluationResult result)
    {
        Grid grid = PlainConsole.CreateGrid();
        AddRow(grid, "run", $"{result.Run}");
        AddRow(grid, "files", $"{result.Pairs:N0} pairs, {result.Pieces:N0} pieces");
        AddRow(grid, "rows", $"{result.Rows:N0}, {result.Elements:N0} logits of each side");
        AddRow(grid, "KL divergence", $"{result.Mean:G9} nats per row, mean");
        AddRow(grid, string.Empty, $"{result.Sum:G17} nats, sum");
        console.Write(grid);
    }

    private static void AddRow(Grid grid, string name, FormattableString value) =>
        grid.AddRow(new Text(name), new Text(value.ToString(CultureInfo.InvariantCulture)));

}
