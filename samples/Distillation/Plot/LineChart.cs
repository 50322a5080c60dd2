using System.Globalization;
using System.Xml.Linq;

namespace Distillation.Plot;

/// <summary>One line of a chart: its value after each epoch.</summary>
/// <param name="Name">What the legend says.</param>
/// <param name="Colour">A colour of SVG.</param>
/// <param name="Values">One value for each epoch, from the first.</param>
internal sealed record Curve(string Name, string Colour, IReadOnlyList<double> Values);

/// <summary>Draws curves over epochs as a part of an SVG image.</summary>
/// <param name="Title">What the values are.</param>
/// <param name="X">The axis of the epochs.</param>
/// <param name="Y">The axis of the values.</param>
/// <param name="Curves">The curves, the last one on top.</param>
internal sealed record LineChart(string Title, Axis X, Axis Y, IReadOnlyList<Curve> Curves)
{
    /// <summary>The namespace of SVG.</summary>
    public static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private const double LegendLine = 18;

    /// <summary>Draws the chart, its plotting area at the place given.</summary>
    public XElement Draw(double left, double top, double width, double height)
    {
        double AtX(double position) => left + (position * width);
        double AtY(double position) => top + ((1 - position) * height);

        XElement chart = new(Svg + "g", Text(left, top - 14, this.Title, "start", new XAttribute("font-weight", "bold")));
        foreach (Tick tick in this.Y.Ticks)
        {
            double y = AtY(tick.Position);
            chart.Add(Line(left, y, left + width, y), Text(left - 8, y + 4, tick.Label, "end"));
        }

        foreach (Tick tick in this.X.Ticks)
        {
            double x = AtX(tick.Position);
            chart.Add(Line(x, top + height, x, top + height + 4), Text(x, top + height + 18, tick.Label, "middle"));
        }

        chart.Add(Text(left + (width / 2), top + height + 36, "epoch", "middle"));

        for (int i = 0; i < this.Curves.Count; i++)
        {
            Curve curve = this.Curves[i];
            (double X, double Y)[] points = [.. curve.Values.Select((value, index) =>
                (AtX(this.X.Position(index + 1)), AtY(this.Y.Position(value))))];
            double legend = top + height + 62 + (i * LegendLine);
            chart.Add(
                new XElement(
                    Svg + "polyline",
                    new XAttribute("points", string.Join(' ', points.Select(point => $"{Number(point.X)},{Number(point.Y)}"))),
                    new XAttribute("fill", "none"),
                    new XAttribute("stroke", curve.Colour),
                    new XAttribute("stroke-width", 2),
                    new XAttribute("stroke-linejoin", "round")),
                Dot(points[^1].X, points[^1].Y, curve.Colour),
                Dot(left + 4, legend - 4, curve.Colour),
                Text(left + 16, legend, curve.Name, "start"));
        }

        return chart;
    }

    private static XElement Line(double x1, double y1, double x2, double y2) => new(
        Svg + "line",
        new XAttribute("x1", Number(x1)),
        new XAttribute("y1", Number(y1)),
        new XAttribute("x2", Number(x2)),
        new XAttribute("y2", Number(y2)),
        new XAttribute("stroke", "#ddd"));

    private static XElement Dot(double x, double y, string colour) => new(
        Svg + "circle",
        new XAttribute("cx", Number(x)),
        new XAttribute("cy", Number(y)),
        new XAttribute("r", 4),
        new XAttribute("fill", colour));

    private static XElement Text(double x, double y, string text, string anchor, params XAttribute[] more) => new(
        Svg + "text",
        new XAttribute("x", Number(x)),
        new XAttribute("y", Number(y)),
        new XAttribute("text-anchor", anchor),
        more,
        text);

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
