using System.Globalization;
using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace QuantizationCheck;

/// <summary>A histogram of the divergences on a logarithmic axis, as an SVG document.</summary>
internal static class DivergenceHistogram
{
    private const int BinsPerDecade = 8;

    // Smaller divergences, also 0, are counted in the first bin.
    private const double Minimum = 1e-10;

    private const double TitleDistance = 14;

    // A color of Okabe and Ito, as in the other charts.
    private static readonly OxyColor BarColor = OxyColor.FromRgb(0x00, 0x72, 0xb2);

    /// <summary>Draws the histogram.</summary>
    /// <param name="sortedDivergences">The divergences of all tokens. Infinite ones are outside the histogram.</param>
    /// <param name="result">The summary, for the title and the marked values.</param>
    public static string Draw(double[] sortedDivergences, CheckResult result)
    {
        double[] finite = [.. sortedDivergences.Where(double.IsFinite).Select(value => Math.Max(value, Minimum))];
        int low = finite.Length == 0 ? -1 : (int)Math.Floor(Math.Log10(finite[0]));
        int high = finite.Length == 0 ? 0 : Math.Max(low + 1, (int)Math.Ceiling(Math.Log10(finite[^1])));
        int[] counts = Count(finite, low, high);

        PlotModel model = new()
        {
            Title = $"KL divergence of {result.Quantized} from {result.Reference}",
            TitleFontSize = 16,
            Background = OxyColors.White,
            PlotAreaBorderThickness = new OxyThickness(0, 0, 0, 1),
            Culture = CultureInfo.InvariantCulture,
        };
        model.Axes.Add(new LogarithmicAxis
        {
            Position = AxisPosition.Bottom,
            Title = FormattableString.Invariant($"KL divergence in nats, {finite.Length:N0} of {result.Tokens:N0} tokens"),
            AxisTitleDistance = TitleDistance,
            Minimum = Math.Pow(10, low),
            Maximum = Math.Pow(10, high),
        });
        model.Axes.Add(new LinearAxis
        {
            Position = AxisPosition.Left,
            Title = "tokens",
            AxisTitleDistance = TitleDistance,
            Minimum = 0,
            Maximum = 1.4 * Math.Max(counts.Max(), 1),
            MajorGridlineStyle = LineStyle.Solid,
            MajorGridlineColor = OxyColor.FromRgb(0xdd, 0xdd, 0xdd),
            MinorTickSize = 0,
        });

        RectangleBarSeries bars = new() { FillColor = BarColor, StrokeColor = OxyColors.White, StrokeThickness = 0.5 };
        for (int bin = 0; bin < counts.Length; bin++)
        {
            bars.Items.Add(new RectangleBarItem(GetEdge(low, bin), 0, GetEdge(low, bin + 1), counts[bin]));
        }

        model.Series.Add(bars);
        Mark(model, "mean", result.Divergence.Mean);
        Mark(model, "median", result.Divergence.Median);
        Mark(model, "99 %", result.Divergence.Percentile99);
        // Not every viewer supports the vertical alignment of text in SVG.
        return new SvgExporter { Width = 800, Height = 450, UseVerticalTextAlignmentWorkaround = true }.ExportToString(model);
    }

    private static double GetEdge(int low, int bin) => Math.Pow(10, low + ((double)bin / BinsPerDecade));

    private static int[] Count(double[] values, int low, int high)
    {
        int[] counts = new int[(high - low) * BinsPerDecade];
        foreach (double value in values)
        {
            int bin = (int)((Math.Log10(value) - low) * BinsPerDecade);
            counts[Math.Clamp(bin, 0, counts.Length - 1)]++;
        }

        return counts;
    }

    private static void Mark(PlotModel model, string name, double value)
    {
        if (!double.IsFinite(value))
        {
            return;
        }

        model.Annotations.Add(new LineAnnotation
        {
            Type = LineAnnotationType.Vertical,
            X = Math.Max(value, Minimum),
            Text = FormattableString.Invariant($"{name} {value:G3}"),
            TextVerticalAlignment = VerticalAlignment.Top,
            Color = OxyColors.Black,
            LineStyle = LineStyle.Dash,
        });
    }
}
