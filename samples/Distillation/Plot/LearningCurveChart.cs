using System.Globalization;
using System.Xml.Linq;

namespace Distillation.Plot;

/// <summary>The loss and the accuracy of the three networks after each epoch, as an SVG document.</summary>
internal static class LearningCurveChart
{
    private const double Width = 920, Height = 470;
    private const double Top = 90, PlotWidth = 360, PlotHeight = 250;

    // Colors of Okabe and Ito, which people with color blindness can tell apart.
    private const string TeacherColor = "#777777", HardLabelsColor = "#d55e00", DistilledColor = "#0072b2";

    /// <summary>Draws the chart.</summary>
    public static XDocument Draw(ExperimentSettings settings, ExperimentResult result)
    {
        (string Name, string Color, IReadOnlyList<EpochResult> Epochs)[] networks =
        [
            ("teacher", TeacherColor, result.Teacher),
            ("student, hard labels", HardLabelsColor, result.HardLabels),
            ("student, distilled", DistilledColor, result.Distilled),
        ];
        Axis epochs = Axis.CreateEpochs(settings.Epochs);
        LineChart loss = new(
            "Training loss, nats per digit",
            epochs,
            Axis.CreateLogarithmic(networks.SelectMany(network => network.Epochs.Select(epoch => epoch.Loss))),
            [.. networks.Select(network => new Curve(
                string.Create(CultureInfo.InvariantCulture, $"{network.Name}: {network.Epochs[^1].Loss:0.0000}"),
                network.Color,
                [.. network.Epochs.Select(epoch => epoch.Loss)]))]);
        LineChart accuracy = new(
            "Accuracy on test digits",
            epochs,
            Axis.CreatePercentages(),
            [.. networks.Select(network => new Curve(
                string.Create(CultureInfo.InvariantCulture, $"{network.Name}: {network.Epochs[^1].Accuracy * 100:0.0} %"),
                network.Color,
                [.. network.Epochs.Select(epoch => epoch.Accuracy)]))]);

        XNamespace svg = LineChart.Svg;
        return new XDocument(new XElement(
            svg + "svg",
            new XAttribute("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {Width} {Height}")),
            new XAttribute("width", Width),
            new XAttribute("height", Height),
            new XAttribute("font-family", "system-ui, sans-serif"),
            new XAttribute("font-size", 13),
            new XAttribute("fill", "#333"),
            new XElement(svg + "title", "Distilling a digit classifier"),
            new XElement(svg + "rect", new XAttribute("width", Width), new XAttribute("height", Height), new XAttribute("fill", "white")),
            new XElement(
                svg + "text",
                new XAttribute("x", 60),
                new XAttribute("y", 38),
                new XAttribute("font-size", 18),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Distilling a digit classifier at temperature {settings.Temperature}, seed {settings.Seed}")),
            loss.Draw(60, Top, PlotWidth, PlotHeight),
            accuracy.Draw(520, Top, PlotWidth, PlotHeight)));
    }
}
