using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using QuantizationCheck;

namespace KlDivGen.Samples.Tests;

/// <summary>Tests of the QuantizationCheck sample with valid files.</summary>
public sealed class QuantizationCheckTests : IDisposable
{
    private static readonly string Data = RepositoryRoot.Combine("samples/QuantizationCheck/data");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => this.folder.Dispose();

    [Fact]
    public void Statistics_of_the_shipped_logits_equal_those_computed_in_double_with_another_program()
    {
        JsonNode result = RunJson([.. ShippedFiles(), "--labels", Path.Combine(Data, "digits_labels.npy")]);

        // Python, math.exp, math.log and math.fsum; the quantiles of numpy.quantile.
        AssertClose(3.9417168458899234e-05, result, "divergence", "mean");
        AssertClose(1.1469991112201199e-05, result, "divergence", "standardError");
        AssertClose(7.169861112157156e-08, result, "divergence", "median");
        AssertClose(1.4963892097890287e-05, result, "divergence", "percentile90");
        AssertClose(8.577281626402015e-05, result, "divergence", "percentile95");
        AssertClose(0.0010618877159627026, result, "divergence", "percentile99");
        AssertClose(0.0039757905602619435, result, "divergence", "percentile99.9");
        AssertClose(0.005070096397563433, result, "divergence", "maximum");
        AssertClose(442, result, "divergence", "maximumToken");
        AssertClose(1, result, "topChoice", "sameShare");
        AssertClose(0.00016693324286202256, result, "topChoice", "meanProbabilityDifference");
        AssertClose(0.003433988711137902, result, "topChoice", "rmsProbabilityDifference");
        AssertClose(1.2135418946670464, result, "perplexity", "reference");
        AssertClose(1.2141488357614998, result, "perplexity", "quantized");
        Assert.Equal((597, 10, 0), ((int)result["tokens"]!, (int)result["vocabulary"]!, (int)result["nanTokens"]!));
    }

    [Theory]
    [InlineData("<f2", "<f2", "<i4")]
    [InlineData("<f4", "<f2", "<i8")]
    [InlineData("<f8", "<f4", "<i4")]
    public void Statistics_equal_those_of_a_naive_loop(string referenceType, string quantizedType, string labelType)
    {
        const int Tokens = 24, Vocabulary = 37;
        (double[][] reference, double[][] quantized, int[] labels) = this.WriteFiles(referenceType, quantizedType, labelType);

        JsonNode result = RunJson([.. this.GetFiles(), "--labels", this.folder["labels.npy"]]);

        double[] divergences = [.. reference.Zip(quantized, Divergence)];
        double mean = divergences.Average();
        double variance = divergences.Sum(value => (value - mean) * (value - mean)) / (Tokens - 1);
        int[] tops = [.. reference.Select(row => Array.IndexOf(row, row.Max()))];
        double[] differences = [.. Enumerable.Range(0, Tokens).Select(i =>
            Math.Exp(LogSoftmax(quantized[i])[tops[i]]) - Math.Exp(LogSoftmax(reference[i])[tops[i]]))];
        AssertClose(mean, result, "divergence", "mean");
        AssertClose(Math.Sqrt(variance / Tokens), result, "divergence", "standardError");
        AssertClose(divergences.Order().Skip(11).Take(2).Average(), result, "divergence", "median");
        AssertClose(divergences.Max(), result, "divergence", "maximum");
        AssertClose(Array.IndexOf(divergences, divergences.Max()), result, "divergence", "maximumToken");
        AssertClose(
            quantized.Select((row, i) => Array.IndexOf(row, row.Max()) == tops[i] ? 1.0 : 0).Average(), result, "topChoice", "sameShare");
        AssertClose(differences.Average(), result, "topChoice", "meanProbabilityDifference");
        AssertClose(Math.Sqrt(differences.Average(value => value * value)), result, "topChoice", "rmsProbabilityDifference");
        double referenceLoss = reference.Select((row, i) => -LogSoftmax(row)[labels[i]]).Average();
        double quantizedLoss = quantized.Select((row, i) => -LogSoftmax(row)[labels[i]]).Average();
        AssertClose(Math.Exp(referenceLoss), result, "perplexity", "reference");
        AssertClose(Math.Exp(quantizedLoss), result, "perplexity", "quantized");
        AssertClose(Math.Exp(quantizedLoss - referenceLoss), result, "perplexity", "ratio");
        Assert.Equal((Tokens, Vocabulary), ((int)result["tokens"]!, (int)result["vocabulary"]!));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(200)]
    public void Chunk_size_does_not_change_the_result(int chunkSize)
    {
        this.WriteFiles("<f4", "<f2", "<i4");
        string[] args = [.. this.GetFiles(), "--labels", this.folder["labels.npy"], "--json"];

        ProgramResult oneChunk = ProgramResult.RunQuantizationCheck(args);
        ProgramResult manyChunks = ProgramResult.RunQuantizationCheck([.. args, "--chunk-size", $"{chunkSize}"]);

        oneChunk.AssertSuccess();
        Assert.Equal(oneChunk, manyChunks);
    }

    [Fact]
    public void Tokens_with_NaN_are_counted_and_left_out()
    {
        (double[][] reference, double[][] quantized, _) = this.WriteFiles(
            "<f4", "<f4", "<i4", (reference, quantized) =>
            {
                reference[3][5] = double.NaN;
                quantized[7][0] = double.PositiveInfinity;
                Array.Fill(reference[9], double.NegativeInfinity);
            });

        string[] args = [.. this.GetFiles(), "--labels", this.folder["labels.npy"]];
        JsonNode result = RunJson(args);
        ProgramResult table = ProgramResult.RunQuantizationCheck(args);

        int[] valid = [.. Enumerable.Range(0, reference.Length).Except([3, 7, 9])];
        Assert.Equal((24, 3, 3), ((int)result["tokens"]!, (int)result["nanTokens"]!, (int)result["firstNanToken"]!));
        AssertClose(valid.Average(i => Divergence(reference[i], quantized[i])), result, "divergence", "mean");
        Assert.True(double.IsFinite((double)result["perplexity"]!["quantized"]!));
        Assert.Equal("3", table.GetRow("NaN")[1]);
    }

    [Fact]
    public void Impossible_tokens_of_the_quantized_model_have_an_infinite_divergence()
    {
        this.WriteFiles("<f4", "<f4", "<i4", (_, quantized) => quantized[4][8] = double.NegativeInfinity);
        string chart = this.folder["histogram.svg"];

        JsonNode result = RunJson([.. this.GetFiles(), "--histogram", chart]);

        Assert.Equal("Infinity", (string?)result["divergence"]!["mean"]);
        Assert.Equal("Infinity", (string?)result["divergence"]!["maximum"]);
        Assert.Equal(4, (int)result["divergence"]!["maximumToken"]!);
        Assert.Equal(0, (int)result["nanTokens"]!);
        Assert.True(double.IsFinite((double)result["divergence"]!["median"]!));
        Assert.True(double.IsFinite((double)result["topChoice"]!["rmsProbabilityDifference"]!));
        Assert.Contains("23 of 24 tokens", File.ReadAllText(chart), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Summaries_of_classes_equal_those_of_a_naive_loop(bool hasLabels)
    {
        (double[][] reference, double[][] quantized, int[] labels) = this.WriteFiles("<f4", "<f4", "<i4");

        string[] options = hasLabels ? ["--labels", this.folder["labels.npy"]] : [];

        JsonNode result = RunJson([.. this.GetFiles(), "--by-class", .. options]);

        double[] divergences = [.. reference.Zip(quantized, Divergence)];
        int[] classes = hasLabels ? labels : [.. reference.Select(row => Array.IndexOf(row, row.Max()))];
        IGrouping<int, int>[] expected =
            [.. Enumerable.Range(0, reference.Length).GroupBy(token => classes[token]).OrderBy(group => group.Key)];
        JsonArray summaries = result["classes"]!.AsArray();
        Assert.Equal(expected.Length, summaries.Count);
        Assert.All(expected.Zip(summaries), pair =>
        {
            (IGrouping<int, int> tokens, JsonNode? summary) = pair;
            Assert.Equal((tokens.Key, tokens.Count()), ((int)summary!["class"]!, (int)summary["tokens"]!));
            AssertClose(tokens.Average(token => divergences[token]), summary, "mean");
            AssertClose(tokens.Max(token => divergences[token]), summary, "maximum");
            Assert.Equal(tokens.MaxBy(token => divergences[token]), (int)summary["maximumToken"]!);
            AssertClose(tokens.Average(token => HaveSameTop(reference[token], quantized[token]) ? 1.0 : 0), summary, "sameShare");
        });
    }

    [Fact]
    public void Equal_logits_have_no_divergence()
    {
        string file = Path.Combine(Data, "digits_float32.npy");
        string chart = this.folder["histogram.svg"];

        JsonNode result = RunJson(["--reference", file, "--quantized", file, "--histogram", chart]);

        Assert.Equal((0d, 0d), ((double)result["divergence"]!["mean"]!, (double)result["divergence"]!["maximum"]!));
        Assert.Equal(1, (double)result["topChoice"]!["sameShare"]!);
        Assert.Equal(0, (double)result["topChoice"]!["rmsProbabilityDifference"]!);
        Assert.True(File.Exists(chart));
    }

    [Fact]
    public void Prints_a_table_and_draws_a_histogram_of_all_tokens()
    {
        string chart = this.folder["histogram.svg"];

        ProgramResult result = ProgramResult.RunQuantizationCheck([.. ShippedFiles(), "--histogram", chart]);

        result.AssertSuccess();
        Assert.Equal(["mean", "3.9417E-05", "±", "1.147E-05"], result.GetRows("mean")[0]);
        Assert.Equal(["maximum", "0.0050701,", "token", "442"], result.GetRow("maximum"));
        Assert.Empty(result.GetRows("perplexity"));
        Assert.All(result.Output.Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, 80));
        XNamespace svg = "http://www.w3.org/2000/svg";
        XElement root = XDocument.Load(chart).Root!;
        Assert.Equal(svg + "svg", root.Name);
        string[] texts = [.. root.Descendants(svg + "text").Select(text => text.Value)];
        Assert.Contains("KL divergence in nats, 597 of 597 tokens", texts);
        Assert.Contains("median 7.17E-08", texts);
    }

    [Fact]
    public async Task Redirected_output_has_no_escape_codes()
    {
        ProgramResult result = await ProgramResult.RunProcessAsync("QuantizationCheck", [.. ShippedFiles(), "--chunk-size", "100"]);

        result.AssertSuccess();
        Assert.DoesNotContain('\u001b', result.Output);
    }

    [Fact]
    public void Canceled_run_stops_before_the_next_chunk()
    {
        this.WriteFiles("<f4", "<f4", "<i4");
        CheckRequest request = new(
            this.folder["reference.npy"], this.folder["quantized.npy"], null, null, null, ByClass: false, Json: false, ChunkSize: 100);
        using CancellationTokenSource source = new();
        using LogitSources sources = LogitSources.Open(request);
        long tokens = 0;

        Assert.Throws<OperationCanceledException>(() => new StreamingCheck(request, sources).Run(
            count =>
            {
                tokens += count;
                source.Cancel();
            },
            source.Token));

        Assert.Equal(2, tokens);
    }

    private static string[] ShippedFiles() =>
        ["--reference", Path.Combine(Data, "digits_float32.npy"), "--quantized", Path.Combine(Data, "digits_int8.npy")];

    private static JsonNode RunJson(string[] args)
    {
        ProgramResult result = ProgramResult.RunQuantizationCheck([.. args, "--json"]);
        result.AssertSuccess();
        return JsonNode.Parse(result.Output)!;
    }

    // The divergence of a token has a relative error of 2⁻¹⁹, and that of half an ULP of the logits.
    private static void AssertClose(double expected, JsonNode result, string group, string name) =>
        AssertClose(expected, result[group]!, name);

    private static void AssertClose(double expected, JsonNode result, string name)
    {
        double actual = (double)result[name]!;
        Assert.True(Math.Abs(actual - expected) <= 4e-6 * Math.Abs(expected), $"{name} is {actual}, not {expected}");
    }

    private static bool HaveSameTop(double[] reference, double[] quantized) =>
        Array.IndexOf(reference, reference.Max()) == Array.IndexOf(quantized, quantized.Max());

    private static double[] LogSoftmax(double[] logits)
    {
        double maximum = logits.Max();
        double logSum = Math.Log(logits.Sum(logit => Math.Exp(logit - maximum)));
        return [.. logits.Select(logit => logit - maximum - logSum)];
    }

    private static double Divergence(double[] reference, double[] quantized) =>
        LogSoftmax(reference).Zip(LogSoftmax(quantized), (p, q) => Math.Exp(p) * (p - q)).Sum();

    private static byte[] Encode(string type, double[] values) => type switch
    {
        "<f2" => MemoryMarshal.AsBytes<Half>((Half[])[.. values.Select(value => (Half)value)]).ToArray(),
        "<f4" => MemoryMarshal.AsBytes<float>((float[])[.. values.Select(value => (float)value)]).ToArray(),
        "<f8" => MemoryMarshal.AsBytes<double>(values).ToArray(),
        "<i4" => MemoryMarshal.AsBytes<int>((int[])[.. values.Select(value => (int)value)]).ToArray(),
        _ => MemoryMarshal.AsBytes<long>((long[])[.. values.Select(value => (long)value)]).ToArray(),
    };

    private string[] GetFiles() => ["--reference", this.folder["reference.npy"], "--quantized", this.folder["quantized.npy"]];

    // Writes 24 tokens as (4, 6, 37). All logits are float16 numbers, so that files of all types hold the same values.
    private (double[][] Reference, double[][] Quantized, int[] Labels) WriteFiles(
        string referenceType, string quantizedType, string labelType, Action<double[][], double[][]>? change = null)
    {
        Random random = new(20260105);
        double[][] reference = [.. Enumerable.Range(0, 24).Select(_ => CreateRow(_ => 6 * (random.NextDouble() - 0.5)))];
        double[][] quantized = [.. reference.Select(row => CreateRow(i => row[i] + (0.5 * (random.NextDouble() - 0.5))))];
        int[] labels = [.. reference.Select(row => random.Next(row.Length))];
        change?.Invoke(reference, quantized);
        this.Write("reference.npy", referenceType, "(4, 6, 37)", [.. reference.SelectMany(row => row)]);
        this.Write("quantized.npy", quantizedType, "(4, 6, 37)", [.. quantized.SelectMany(row => row)]);
        this.Write("labels.npy", labelType, "(4, 6)", [.. labels.Select(label => (double)label)]);
        return (reference, quantized, labels);

        static double[] CreateRow(Func<int, double> create) => [.. Enumerable.Range(0, 37).Select(i => (double)(Half)create(i))];
    }

    private void Write(string name, string type, string shape, double[] values) =>
        this.folder.Write(name, TemporaryFolder.FormatFile(TemporaryFolder.FormatHeader(type, shape), Encode(type, values)));
}
