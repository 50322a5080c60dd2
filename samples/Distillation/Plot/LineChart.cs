using System.Globalization;
using System.Xml.Linq;

namespace Distillation.Plot;

/// <summary>A line of a chart.</summary>
/// <param name="Name">The text in the legend.</param>
/// <param name="Color">The color, in SVG syntax.</param>
/// <param name="Values">The values, one for each epoch.</param>
internal sealed record Curve(string Name, string Color, IReadOnlyList<double> Values);

/// <summary>A line chart of values over epochs, drawn as a part of an SVG document.</summary>
/// <param name="Title">The title.</param>
/// <param name="X">The axis of the epochs.</param>
/// <param name="Y">The axis of the values.</param>
/// <param name="Curves">The curves. The last is drawn on top.</param>
internal sealed record LineChart(string Title, Axis X, Axis Y, IReadOnlyList<Curve> Curves)
{
    /// <summary>The namespace of SVG.</summary>
    public static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private const double LegendLineHeight = 18;

    /// <summary>Draws the chart with its plot area at the given position.</summary>
    public XElement Draw(double left, double top, double width, double height)
    {
        double GetX(double position) => left + (position * width);
        double GetY(double position) => top + ((1 - position) * height);

        XElement chart = new(Svg + "g", CreateText(left, top - 14, this.Title, "start", new XAttribute("font-weight", "bold")));
        foreach (Tick tick in this.Y.Ticks)
        {
            double y = GetY(tick.Position);
            chart.Add(CreateLine(left, y, left + width, y), CreateText(left - 8, y + 4, tick.Label, "end"));
        }

        foreach (Tick tick in this.X.Ticks)
        {
            double x = GetX(tick.Position);
            chart.Add(CreateLine(x, top + height, x, top + height + 4), CreateText(x, top + height + 18, tick.Label, "middle"));
        }

        chart.Add(CreateText(left + (width / 2), top + height + 36, "epoch", "middle"));

        for (int i = 0; i < this.Curves.Count; i++)
        {
            Curve curve = this.Curves[i];
            (double X, double Y)[] points = [.. curve.Values.Select((value, index) =>
                (GetX(this.X.GetPosition(index + 1)), GetY(this.Y.GetPosition(value))))];
            double legendY = top + height + 62 + (i * LegendLineHeight);
            chart.Add(
                new XElement(
                    Svg + "polyline",
                    new XAttribute("points", string.Join(' ', points.Select(point => $"{FormatNumber(point.X)},{FormatNumber(point.Y)}"))),
                    new XAttribute("fill", "none"),
                    new XAttribute("stroke", curve.Color),
                    new XAttribute("stroke-width", 2),
                    new XAttribute("stroke-linejoin", "round")),
                CreateDot(points[^1].X, points[^1].Y, curve.Color),
                CreateDot(left + 4, legendY - 4, curve.Color),
                CreateText(left + 16, legendY, curve.Name, "start"));
        }

        return chart;
    }

    private static XElement CreateLine(double x1, double y1, double x2, double y2) => new(
        Svg + "line",
        new XAttribute("x1", FormatNumber(x1)),
        new XAttribute("y1", FormatNumber(y1)),
        new XAttribute("x2", FormatNumber(x2)),
        new XAttribute("y2", FormatNumber(y2)),
        new XAttribute("stroke", "#ddd"));

    private static XElement CreateDot(double x, double y, string color) => new(
        Svg + "circle",
        new XAttribute("cx", FormatNumber(x)),
        new XAttribute("cy", FormatNumber(y)),
        new XAttribute("r", 4),
        new XAttribute("fill", color));

    private static XElement CreateText(double x, double y, string text, string anchor, params XAttribute[] attributes) => new(
        Svg + "text",
        new XAttribute("x", FormatNumber(x)),
        new XAttribute("y", FormatNumber(y)),
        new XAttribute("text-anchor", anchor),
        attributes,
        text);

    private static string FormatNumber(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
