using System.Globalization;
using KlDivGen.Benchmarks.Measuring;
using KlDivGen.Benchmarks.Reports;

namespace KlDivGen.Benchmarks.Plots;

/// <summary>Nanoseconds per element by the number of elements, on logarithmic axes: one panel per kind of target.</summary>
internal static class SizePlot
{
    private const double Width = 960;
    private const double Height = 452;
    private const double Top = 96;
    private const double Bottom = 400;
    private const double PanelWidth = 250;
    private const double PanelStep = 470;
    private const double LabelHeight = 14;

    private static readonly (double Length, string Name)[] LengthTicks =
        [(10, "10"), (1_000, "1 k"), (1 << 15, "32 k"), (1 << 20, "1 M"), (1 << 24, "16 M")];

    /// <summary>Draws the plot.</summary>
    public static string Draw(Results results)
    {
        Svg svg = new(Width, Height);
        svg.Text(20, 30, "Sum of the Kullback–Leibler loss by size, nanoseconds per element", size: 17, bold: true);
        svg.Text(20, 50, $"float32, one thread · {results.Machine.Summary}", Svg.Grey);
        (string Title, List<Curve> Curves)[] panels =
        [
            ("probability target", Curves(results, Scenarios.Sum)),
            ("log target", Curves(results, Scenarios.SumLogTarget)),
        ];
        Point[] shown = [.. panels.SelectMany(p => p.Curves).SelectMany(c => c.Points)];
        Axis x = new(shown.Min(p => p.Length), shown.Max(p => p.Length), 0, PanelWidth);
        Axis y = new(shown.Min(p => p.Nanoseconds) / 1.1, shown.Max(p => p.Nanoseconds) * 1.1, Bottom, Top);
        for (int i = 0; i < panels.Length; i++)
        {
            DrawPanel(svg, 50 + (i * PanelStep), panels[i].Title, panels[i].Curves, x, y);
        }

        return svg.ToString();
    }

    private static List<Curve> Curves(Results results, string kernel) =>
    [
        .. from shown in Palette.Implementations
           let points = Points(results, kernel, shown.Implementation).ToArray()
           where points.Length > 1
           select new Curve(shown.Implementation, shown.Colour, points),
    ];

    private static IEnumerable<Point> Points(Results results, string kernel, string implementation)
    {
        foreach (int length in Scenarios.Of(kernel).Lengths)
        {
            if (results.Find(kernel, length, implementation) is { } time)
            {
                yield return new(length, time.Best);
            }
        }
    }

    private static void DrawPanel(Svg svg, double left, string title, List<Curve> curves, Axis x, Axis y)
    {
        svg.Text(left, Top - 14, title, size: 13, bold: true);
        foreach (double tick in y.Ticks(0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500))
        {
            svg.Line(left, y.At(tick), left + PanelWidth, y.At(tick), Svg.Faint);
            svg.Text(left - 6, y.At(tick) + 4, tick.ToString("0.##", CultureInfo.InvariantCulture), Svg.Grey, 11, "end");
        }

        foreach ((double tick, string name) in LengthTicks)
        {
            if (x.Contains(tick))
            {
                svg.Line(left + x.At(tick), Bottom, left + x.At(tick), Bottom + 4, Svg.Grey);
                svg.Text(left + x.At(tick), Bottom + 18, name, Svg.Grey, 11, "middle");
            }
        }

        svg.Text(left + (PanelWidth / 2), Bottom + 38, "elements", Svg.Grey, 11, "middle");

        // The curve of this library is drawn last, on top of the others.
        foreach (Curve curve in curves.AsEnumerable().Reverse())
        {
            svg.Path([.. curve.Points.Select(p => (left + x.At(p.Length), y.At(p.Nanoseconds)))], curve.Colour, curve.IsOurs ? 2.6 : 1.5);
        }

        DrawLabels(svg, left, curves, x, y);
    }

    /// <summary>Writes the name of each curve at its end. Names that would overlap are moved apart.</summary>
    private static void DrawLabels(Svg svg, double left, List<Curve> curves, Axis x, Axis y)
    {
        double next = Bottom + LabelHeight;
        foreach (Curve curve in curves.OrderByDescending(c => y.At(c.Points[^1].Nanoseconds)))
        {
            Point last = curve.Points[^1];
            double at = Math.Min(y.At(last.Nanoseconds) + 4, next);
            next = at - LabelHeight;
            double end = left + x.At(last.Length);
            svg.Line(end + 5, y.At(last.Nanoseconds), left + PanelWidth + 14, at - 4, Svg.Faint);
            svg.Rectangle(left + PanelWidth + 16, at - 8, 8, 8, curve.Colour);
            svg.Text(left + PanelWidth + 29, at, curve.Implementation, size: 11, bold: curve.IsOurs);
        }
    }

    private sealed record Curve(string Implementation, string Colour, Point[] Points)
    {
        public bool IsOurs => this.Implementation == Names.KlDivGen;
    }

    private readonly record struct Point(int Length, double Nanoseconds);

    /// <summary>A logarithmic axis between two pixels.</summary>
    private sealed record Axis(double Least, double Most, double From, double To)
    {
        public double At(double value) =>
            this.From + ((this.To - this.From) * Math.Log(value / this.Least) / Math.Log(this.Most / this.Least));

        public bool Contains(double value) => value >= this.Least && value <= this.Most;

        public IEnumerable<double> Ticks(params double[] values) => values.Where(this.Contains);
    }
}
