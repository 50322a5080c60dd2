using System.Globalization;
using KlDivGen.Benchmarks.Measuring;
using KlDivGen.Benchmarks.Reports;

namespace KlDivGen.Benchmarks.Plots;

/// <summary>Nanoseconds per element of every implementation at one length: one panel per kind of target.</summary>
internal static class BarPlot
{
    private const double Width = 900;
    private const double Top = 92;
    private const double RowHeight = 25;
    private const double NameWidth = 175;
    private const double BarWidth = 205;

    /// <summary>Draws the plot.</summary>
    public static string Draw(Results results)
    {
        (string Title, List<Bar> Bars)[] panels =
        [
            ("probability target: y · (log y − x)", Bars(results, Scenarios.Sum)),
            ("log target: exp(y) · (y − x)", Bars(results, Scenarios.SumLogTarget)),
        ];
        double height = Top + (panels.Max(p => p.Bars.Count) * RowHeight) + 22;
        double longest = panels.SelectMany(p => p.Bars).Max(b => b.Nanoseconds);
        Svg svg = new(Width, height);
        svg.Text(20, 30, "Sum of the Kullback–Leibler loss, nanoseconds per element", size: 17, bold: true);
        svg.Text(20, 50, $"float32, n = {TimeTable.Length:N0}, one thread · {results.Machine.Summary}", Svg.Grey);
        for (int i = 0; i < panels.Length; i++)
        {
            DrawPanel(svg, 20 + (i * 440), panels[i].Title, panels[i].Bars, longest);
        }

        return svg.ToString();
    }

    private static List<Bar> Bars(Results results, string kernel) =>
    [
        .. from shown in Palette.Implementations
           let measured = results.Find(kernel, TimeTable.Length, shown.Implementation)
           where measured is not null
           orderby measured.Best
           select new Bar(shown.Implementation, shown.Colour, measured.Best),
    ];

    private static void DrawPanel(Svg svg, double left, string title, List<Bar> bars, double longest)
    {
        svg.Text(left + NameWidth, Top - 14, title, size: 13, bold: true);
        for (int row = 0; row < bars.Count; row++)
        {
            Bar bar = bars[row];
            double y = Top + (row * RowHeight);
            double width = Math.Max(1.5, BarWidth * bar.Nanoseconds / longest);
            bool ours = bar.Implementation == Names.KlDivGen;
            svg.Text(left + NameWidth - 8, y + 13, bar.Implementation, anchor: "end", bold: ours);
            svg.Rectangle(left + NameWidth, y, width, RowHeight - 7, bar.Colour);
            string value = bar.Nanoseconds.ToString("0.00", CultureInfo.InvariantCulture);
            svg.Text(left + NameWidth + width + 6, y + 13, value, ours ? Svg.Ink : Svg.Grey, bold: ours);
        }
    }

    private sealed record Bar(string Implementation, string Colour, double Nanoseconds);
}
