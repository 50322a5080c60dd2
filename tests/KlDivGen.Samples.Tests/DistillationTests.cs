using System.Globalization;
using System.Runtime.InteropServices;
using System.Xml.Linq;
using Distillation;

namespace KlDivGen.Samples.Tests;

/// <summary>Tests of the Distillation sample, with few epochs.</summary>
public sealed class DistillationTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => this.folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Losses_decrease_and_distillation_does_not_lower_the_accuracy(int seed)
    {
        ExperimentSettings settings = new(Temperature: 4, Epochs: 15, seed);

        ExperimentResult result = new Experiment(Digits.Load(), settings).Run((_, _) => { });

        Assert.All((IReadOnlyList<EpochResult>[])[result.Teacher, result.HardLabels, result.Distilled], epochs =>
        {
            Assert.Equal(15, epochs.Count);
            Assert.InRange(epochs[^1].Loss, 0, epochs[0].Loss / 4);
        });
        Assert.InRange(result.Teacher[^1].Accuracy, 0.93, 1);
        Assert.InRange(result.Distilled[^1].Accuracy, result.HardLabels[^1].Accuracy, result.Teacher[^1].Accuracy);
    }

    [Fact]
    public void Same_seed_gives_the_same_bits()
    {
        Digits digits = Digits.Load();
        ExperimentResult Train(int seed) => new Experiment(digits, new ExperimentSettings(4, 3, seed)).Run((_, _) => { });

        ExperimentResult first = Train(7), again = Train(7), other = Train(8);

        Assert.Equal(first.Teacher, again.Teacher);
        Assert.Equal(first.HardLabels, again.HardLabels);
        Assert.Equal(first.Distilled, again.Distilled);
        Assert.NotEqual(first.Teacher, other.Teacher);
    }

    [Theory]
    [InlineData(1f)]
    [InlineData(4f)]
    public void Gradient_of_the_loss_from_a_teacher_equals_finite_differences(float temperature)
    {
        const int Rows = 3;
        Random random = new(20260103);
        float[] logits = CreateLogits(random, Rows), teacher = CreateLogits(random, Rows), gradient = new float[logits.Length];
        double[] target = Softmax(teacher, temperature);

        float loss = Losses.FromTeacher(logits, teacher, Digits.Classes, temperature, gradInput: gradient);

        AssertLossAndGradient(logits, target, temperature, Rows, loss, gradient);
    }

    [Fact]
    public void Gradient_of_the_loss_from_labels_equals_finite_differences()
    {
        const int Rows = 3;
        Random random = new(20260104);
        float[] logits = CreateLogits(random, Rows), gradient = new float[logits.Length];
        float[] target = [.. Softmax(CreateLogits(random, Rows), 1).Select(value => (float)value)];

        float loss = Losses.FromLabels(logits, target, Digits.Classes, gradInput: gradient);

        AssertLossAndGradient(logits, [.. target.Select(value => (double)value)], 1, Rows, loss, gradient);
    }

    [Fact]
    public void Writes_the_logits_of_the_teacher_with_float32_and_with_8_bit_weights()
    {
        ProgramResult result = ProgramResult.RunDistillation(
            "--epochs", "15", "--output", this.folder["curves.svg"], "--logits", this.folder[string.Empty]);

        result.AssertSuccess();
        Assert.Equal(
            ["curves.svg", "digits_float32.npy", "digits_images.npy", "digits_int8.npy", "digits_labels.npy"], this.folder.Names);
        float[] single = this.ReadData<float>("digits_float32.npy", "<f4", "(597, 10)");
        float[] quantized = this.ReadData<float>("digits_int8.npy", "<f4", "(597, 10)");
        int[] labels = this.ReadData<int>("digits_labels.npy", "<i4", "(597,)");
        string accuracy = string.Create(CultureInfo.InvariantCulture, $"{GetAccuracy(single, labels) * 100:0.0} %.");
        Assert.Contains($"The teacher reaches {accuracy}", result.Output, StringComparison.Ordinal);
        Assert.NotEqual(single, quantized);
        Assert.InRange(GetAccuracy(quantized, labels), GetAccuracy(single, labels) - 0.02, 1);
    }

    [Fact]
    public void Writes_the_weights_of_the_teacher_that_give_its_logits()
    {
        string all = this.folder[string.Empty];

        ProgramResult result = ProgramResult.RunDistillation(
            "--epochs", "2", "--output", this.folder["curves.svg"], "--logits", all, "--weights", all);

        result.AssertSuccess();
        double[] images = [.. this.ReadData<Half>("digits_images.npy", "<f2", "(597, 64)").Select(pixel => (double)pixel)];
        float[] logits = this.ReadData<float>("digits_float32.npy", "<f4", "(597, 10)");
        float[] first = this.ReadData<float>("layer_1.npy", "<f4", "(65, 64)");
        float[] second = this.ReadData<float>("layer_2.npy", "<f4", "(65, 10)");
        double[] hidden = [.. Multiply(images[^64..], first, 64).Select(unit => Math.Max(unit, 0))];
        Assert.All(Multiply(hidden, second, 10).Zip(logits[^10..]), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    [Fact]
    public void Prints_and_plots_every_epoch()
    {
        string chart = this.folder["curves.svg"];

        ProgramResult result = ProgramResult.RunDistillation("--epochs", "4", "--temperature", "2.5", "--seed", "3", "--output", chart);

        result.AssertSuccess();
        string[] epochs = ["1", "2", "3", "4"];
        Assert.All(epochs, epoch => Assert.Equal(10, result.GetRow(epoch).Length));
        string[] lines = result.Output.Replace(chart, "curves.svg", StringComparison.Ordinal).Split('\n');
        Assert.All(lines, line => Assert.InRange(line.TrimEnd().Length, 0, 80));
        Assert.DoesNotContain('\u001b', result.Output);

        XNamespace svg = "http://www.w3.org/2000/svg";
        XElement root = XDocument.Load(chart).Root!;
        Assert.Equal(svg + "svg", root.Name);
        Assert.Equal(6, root.Descendants(svg + "polyline").Count());
        Assert.All(root.Descendants(svg + "polyline"), line =>
            Assert.Equal(epochs.Length, line.Attribute("points")!.Value.Split(' ').Length));
    }

    [Theory]
    [InlineData("--temperature", "0.5", "from 1 to 100")]
    [InlineData("--temperature", "NaN", "from 1 to 100")]
    [InlineData("--temperature", "hot", "from 1 to 100")]
    [InlineData("--epochs", "0", "from 1 to 10000")]
    [InlineData("--epochs", "2.5", "from 1 to 10000")]
    [InlineData("--seed", "-1", "from 0")]
    [InlineData("--output", "", "--output")]
    [InlineData("--output", "missing/curves.svg", "there is no folder")]
    [InlineData("--logits", "", "--logits")]
    [InlineData("--logits", "missing", "there is no folder")]
    [InlineData("--weights", "", "--weights")]
    [InlineData("--weights", "missing", "there is no folder")]
    [InlineData("--tempreature", "2", "--tempreature")]
    public void Invalid_command_line_is_rejected(string option, string value, string message) =>
        ProgramResult.RunDistillation(option, value).AssertInvalidInput(message);

    [Fact]
    public async Task Redirected_output_has_no_escape_codes()
    {
        string chart = this.folder["curves.svg"];

        ProgramResult result = await ProgramResult.RunProcessAsync("Distillation", "--epochs", "2", "--output", chart);

        result.AssertSuccess();
        Assert.DoesNotContain('\u001b', result.Output);
        Assert.Equal(["curves.svg"], this.folder.Names);
    }

    private static float[] CreateLogits(Random random, int rows) =>
        [.. Enumerable.Range(0, rows * Digits.Classes).Select(_ => (6 * random.NextSingle()) - 3)];

    private static double[] Softmax(float[] logits, double temperature) => [.. logits.Chunk(Digits.Classes).SelectMany(row =>
    {
        double sum = row.Sum(logit => Math.Exp(logit / temperature));
        return row.Select(logit => Math.Exp(logit / temperature) / sum);
    })];

    private static void AssertLossAndGradient(
        float[] logits, double[] target, double temperature, int rows, float loss, float[] gradient)
    {
        double[] exact = [.. logits.Select(logit => (double)logit)];

        // float32 has a precision of about 7 decimal digits.
        Assert.Equal(Loss(exact, target, temperature, rows), loss, 2e-6);
        for (int i = 0; i < logits.Length; i++)
        {
            const double H = 1e-5;
            double[] above = [.. exact], below = [.. exact];
            above[i] += H;
            below[i] -= H;
            double slope = (Loss(above, target, temperature, rows) - Loss(below, target, temperature, rows)) / (2 * H);
            Assert.Equal(slope, gradient[i], 1e-6);
        }
    }

    // The mean divergence times T², in double and computed independently of the sample.
    private static double Loss(double[] logits, double[] target, double temperature, int rows)
    {
        double sum = 0;
        foreach ((double[] z, double[] p) in logits.Chunk(Digits.Classes).Zip(target.Chunk(Digits.Classes)))
        {
            double total = z.Sum(value => Math.Exp(value / temperature));
            for (int i = 0; i < z.Length; i++)
            {
                sum += p[i] * (Math.Log(p[i]) - Math.Log(Math.Exp(z[i] / temperature) / total));
            }
        }

        return temperature * temperature * sum / rows;
    }

    // The last row of the weights holds the biases.
    private static double[] Multiply(double[] input, float[] weights, int columns) =>
    [
        .. Enumerable.Range(0, columns).Select(column =>
            weights[(input.Length * columns) + column] + input.Select((value, row) => value * weights[(row * columns) + column]).Sum()),
    ];

    private static double GetAccuracy(float[] logits, int[] labels) =>
        logits.Chunk(Digits.Classes).Zip(labels).Count(pair => Array.IndexOf(pair.First, pair.First.Max()) == pair.Second)
        / (double)labels.Length;

    private T[] ReadData<T>(string name, string descr, string shape)
        where T : unmanaged
    {
        byte[] bytes = File.ReadAllBytes(this.folder[name]);
        Assert.Equal(TemporaryFolder.FormatFile(TemporaryFolder.FormatHeader(descr, shape), []), bytes[..128]);
        return MemoryMarshal.Cast<byte, T>(bytes.AsSpan(128)).ToArray();
    }
}
