using Spectre.Console;

namespace KlDivGen.Samples;

/// <summary>A console that writes escape codes to a terminal only. Files, pipes and build logs get plain text.</summary>
internal static class PlainConsole
{
    /// <summary>Creates a console that writes to a stream.</summary>
    public static IAnsiConsole Create(TextWriter writer)
    {
        AnsiConsoleOutput output = new(writer);
        return AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = output.IsTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            Out = output,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
    }

    /// <summary>Creates a grid of two columns, aligned with the text of a simple table: names and values.</summary>
    public static Grid CreateGrid() => new Grid()
        .AddColumn(new GridColumn().Padding(2, 0, 2, 0).NoWrap())
        .AddColumn(new GridColumn().Padding(0, 0, 0, 0));
}
