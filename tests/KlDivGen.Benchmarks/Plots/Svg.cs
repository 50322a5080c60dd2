using System.Globalization;
using System.Security;
using System.Text;

namespace KlDivGen.Benchmarks.Plots;

/// <summary>Writes an SVG image. Coordinates are pixels from the upper left corner.</summary>
internal sealed class Svg(double width, double height)
{
    /// <summary>The colour of text.</summary>
    public const string Ink = "#1f2328";

    /// <summary>The colour of axis labels and notes.</summary>
    public const string Grey = "#6e7781";

    /// <summary>The colour of grid lines.</summary>
    public const string Faint = "#e4e8ec";

    private readonly StringBuilder body = new();

    /// <summary>Draws a straight line.</summary>
    public void Line(double x1, double y1, double x2, double y2, string colour) =>
        this.Add($"<path d=\"M{x1:0.#} {y1:0.#}L{x2:0.#} {y2:0.#}\" stroke=\"{colour}\"/>");

    /// <summary>Draws a line through points, with a dot at each point.</summary>
    public void Path(IReadOnlyList<(double X, double Y)> points, string colour, double thickness)
    {
        string path = string.Join(' ', points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.X:0.#},{p.Y:0.#}")));
        this.Add($"<polyline points=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{thickness:0.#}\"/>");
        foreach ((double x, double y) in points)
        {
            this.Add($"<circle cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"{thickness + 0.8:0.#}\" fill=\"{colour}\"/>");
        }
    }

    /// <summary>Draws a filled rectangle with rounded corners.</summary>
    public void Rectangle(double x, double y, double w, double h, string colour) =>
        this.Add($"<rect x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{w:0.#}\" height=\"{h:0.#}\" rx=\"2\" fill=\"{colour}\"/>");

    /// <summary>Writes text. Its baseline starts, is centred or ends at the point, depending on <paramref name="anchor"/>.</summary>
    public void Text(double x, double y, string text, string colour = Ink, double size = 12, string anchor = "start", bool bold = false)
    {
        string style = $"fill=\"{colour}\" text-anchor=\"{anchor}\" font-weight=\"{(bold ? "bold" : "normal")}\"";
        this.Add($"<text x=\"{x:0.#}\" y=\"{y:0.#}\" font-size=\"{size:0.#}\" {style}>{SecurityElement.Escape(text)}</text>");
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        <svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="Helvetica, Arial, sans-serif">
        <rect width="{width}" height="{height}" rx="8" fill="#ffffff"/>
        {this.body}</svg>

        """).ReplaceLineEndings("\n");

    private void Add(FormattableString element) => this.body.Append(element.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
