using System.Globalization;
using System.Xml.Linq;
using Distillation;
using TorchSharpTraining;

namespace KlDivGen.Samples.Torch.Tests;

/// <summary>The training of the TorchSharpTraining sample, with few epochs.</summary>
public sealed class TrainingTests
{
    public TrainingTests() => LibtorchAvailability.SkipIfAbsent();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Students_with_either_loss_learn_the_same_at_every_step(int seed)
    {
        ExperimentResult result = new Experiment(Digits.Load(), new ExperimentSettings(Epochs: 10, seed)).Run();

        Assert.Equal(190, result.KlDivGen.Steps.Count);
        Assert.Equal(result.TorchSharp.Steps[0].Loss, result.KlDivGen.Steps[0].Loss, 1e-6 * result.TorchSharp.Steps[0].Loss);

        // Weights in float32 differ by rounding after a step, and the difference grows with the steps.
        Assert.All(result.KlDivGen.Steps.Zip(result.TorchSharp.Steps), step =>
            Assert.Equal(step.Second.Loss, step.First.Loss, 1e-4 * step.Second.Loss));
        Assert.InRange(result.KlDivGen.Steps[^1].Loss, 0, result.KlDivGen.Steps[0].Loss / 20);
        Assert.InRange(result.TeacherAccuracy, 0.93, 1);
        Assert.InRange(result.KlDivGen.Accuracy, 0.85, 1);
        Assert.Equal(result.TorchSharp.Accuracy, result.KlDivGen.Accuracy, 0.01);
    }

    [Fact]
    public void Program_prints_steps_and_speed_up_and_plots_both()
    {
        string chart = Path.Combine(Path.GetTempPath(), Path.ChangeExtension(Path.GetRandomFileName(), ".svg"));
        using StringWriter output = new(), error = new();

        int exitCode = Program.Run(["--epochs", "3", "--seed", "4", "--output", chart], output, error);

        Assert.Equal((0, string.Empty), (exitCode, error.ToString()));
        string[] lines = output.ToString().Split('\n', StringSplitOptions.TrimEntries);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80 + chart.Length));
        string[] first = lines.First(line => line.StartsWith("1 ", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(6, first.Length);
        Assert.Equal(
            double.Parse(first[2], CultureInfo.InvariantCulture), double.Parse(first[1], CultureInfo.InvariantCulture), 2e-6);
        Assert.EndsWith(
            "times as fast", lines.Single(line => line.StartsWith("time per step", StringComparison.Ordinal)), StringComparison.Ordinal);
        XNamespace svg = "http://www.w3.org/2000/svg";
        XElement root = XDocument.Load(chart).Root!;
        File.Delete(chart);
        Assert.Equal(svg + "svg", root.Name);
        Assert.Contains(
            root.Descendants(svg + "text"), text => text.Value.EndsWith("fast with a generated loss", StringComparison.Ordinal));
    }
}
