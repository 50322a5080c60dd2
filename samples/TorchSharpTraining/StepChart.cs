using System.Globalization;
using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace TorchSharpTraining;

/// <summary>The loss and the time of every step of both students, as an SVG document.</summary>
internal static class StepChart
{
    private const string LossAxis = "loss", TimeAxis = "time";
    private const double TitleDistance = 14;

    // Colors of Okabe and Ito, which people with color blindness can tell apart.
    private static readonly OxyColor KlDivGenColor = OxyColor.FromRgb(0x00, 0x72, 0xb2);
    private static readonly OxyColor TorchSharpColor = OxyColor.FromRgb(0xd5, 0x5e, 0x00);

    /// <summary>Draws the chart.</summary>
    public static string Draw(ExperimentResult result)
    {
        StepTimes times = StepTimes.Create(result);
        PlotModel model = new()
        {
            Title = FormattableString.Invariant($"Distillation with TorchSharp: {times.SpeedUp:0.00} times as fast with a generated loss"),
            TitleFontSize = 16,
            Background = OxyColors.White,
            Culture = CultureInfo.InvariantCulture,
        };
        model.Axes.Add(new LinearAxis { Position = AxisPosition.Bottom, Title = "step", AxisTitleDistance = TitleDistance, Minimum = 0 });
        model.Axes.Add(new LogarithmicAxis
        {
            Key = LossAxis,
            Position = AxisPosition.Left,
            Title = "loss, nats",
            AxisTitleDistance = TitleDistance,
            StartPosition = 0.5,
            EndPosition = 1,
        });
        model.Axes.Add(new LinearAxis
        {
            Key = TimeAxis,
            Position = AxisPosition.Left,
            Title = "ms per step",
            AxisTitleDistance = TitleDistance,
            StartPosition = 0,
            EndPosition = 0.44,
            Minimum = 0,

            // Some steps wait for the garbage collector or for other processes.
            Maximum = 2 * Math.Max(times.KlDivGen, times.TorchSharp),
        });

        // The losses of both students are the same to the eye, so that of KlDivGen is a thin line on a thick one.
        AddLosses(model, TorchSharpColor, 5, result.TorchSharp);
        AddLosses(model, KlDivGenColor, 1.5, result.KlDivGen);
        AddTimes(model, TorchSharpColor, result.TorchSharp);
        AddTimes(model, KlDivGenColor, result.KlDivGen);
        AddText(model, TorchSharpColor, $"TorchSharp's kl_div: median {times.TorchSharp:0.000} ms", result, 1.6 * times.TorchSharp);
        AddText(model, KlDivGenColor, $"KlDivGen: median {times.KlDivGen:0.000} ms", result, times.KlDivGen / 2);

        // Not every viewer supports the vertical alignment of text in SVG.
        return new SvgExporter { Width = 800, Height = 600, UseVerticalTextAlignmentWorkaround = true }.ExportToString(model);
    }

    private static void AddLosses(PlotModel model, OxyColor color, double thickness, StudentResult student)
    {
        LineSeries series = new() { YAxisKey = LossAxis, Color = color, StrokeThickness = thickness };
        series.Points.AddRange(student.Steps.Select((step, index) => new DataPoint(index + 1, step.Loss)));
        model.Series.Add(series);
    }

    private static void AddTimes(PlotModel model, OxyColor color, StudentResult student)
    {
        ScatterSeries series = new() { YAxisKey = TimeAxis, MarkerType = MarkerType.Circle, MarkerSize = 1.5, MarkerFill = color };
        series.Points.AddRange(student.Steps.Select((step, index) => new ScatterPoint(index + 1, step.Milliseconds)));
        model.Series.Add(series);
    }

    private static void AddText(PlotModel model, OxyColor color, FormattableString text, ExperimentResult result, double height) =>
        model.Annotations.Add(new TextAnnotation
        {
            YAxisKey = TimeAxis,
            Text = FormattableString.Invariant(text),
            TextColor = color,
            TextPosition = new DataPoint(result.KlDivGen.Steps.Count, height),
            TextHorizontalAlignment = HorizontalAlignment.Right,
            TextVerticalAlignment = VerticalAlignment.Middle,
            StrokeThickness = 0,
        });
}
