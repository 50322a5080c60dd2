using System.Text.Json.Nodes;

namespace KlDivGen.Samples.Tests;

/// <summary>Tests of the QuantizationCheck sample with ONNX models.</summary>
public sealed class OnnxModelTests : IDisposable
{
    private static readonly string Data = RepositoryRoot.Combine("samples/QuantizationCheck/data");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => this.folder.Dispose();

    [Fact]
    public void Statistics_of_the_shipped_models_equal_those_computed_with_another_program()
    {
        JsonNode expected = JsonNode.Parse(File.ReadAllText(RepositoryRoot.Combine("tests/references/quantization.json")))!;

        JsonNode result = RunJson(["--labels", Path.Combine(Data, "digits_labels.npy"), "--by-class"]);

        Assert.Equal((597, 10), ((int)result["tokens"]!, (int)result["vocabulary"]!));
        Assert.Equal("digits_dynamic.onnx", (string?)result["quantized"]);
        AssertSummary(expected, result["divergence"]!);
        Assert.Equal((double)expected["sameShare"]!, (double)result["topChoice"]!["sameShare"]!);
        Assert.Equal((double)expected["perplexity"]![0]!, (double)result["perplexity"]!["reference"]!, 1e-6);
        Assert.Equal((double)expected["perplexity"]![1]!, (double)result["perplexity"]!["quantized"]!, 1e-6);
        Assert.Equal(10, result["classes"]!.AsArray().Count);
        Assert.All(expected["classes"]!.AsArray().Zip(result["classes"]!.AsArray()).Index(), item =>
        {
            (int index, (JsonNode? reference, JsonNode? actual)) = item;
            Assert.Equal((index, (int)reference!["tokens"]!), ((int)actual!["class"]!, (int)actual["tokens"]!));
            AssertSummary(reference, actual);
            Assert.Equal((double)reference["sameShare"]!, (double)actual["sameShare"]!);
        });
    }

    [Fact]
    public void Model_and_logits_of_the_same_network_have_almost_no_divergence()
    {
        JsonNode result = RunJson([], reference: "digits_float32.npy", quantized: "digits_float32.onnx");

        // Both are float32, with other orders of summation. Logits below 32 differ by less than 10⁻⁵, divergences by the square of that.
        Assert.InRange((double)result["divergence"]!["maximum"]!, 0, 1e-10);
        Assert.Equal(1, (double)result["topChoice"]!["sameShare"]!);
    }

    [Fact]
    public void Batch_size_does_not_change_logits_of_a_model_without_dynamic_ranges()
    {
        JsonNode whole = RunJson([], quantized: "digits_float32.onnx");
        JsonNode parts = RunJson(["--chunk-size", "6400"], quantized: "digits_float32.onnx");

        Assert.Equal(0, (double)whole["divergence"]!["maximum"]!);
        Assert.Equal(0, (double)parts["divergence"]!["maximum"]!);
        Assert.Equal(597, (int)parts["tokens"]!);
    }

    [Fact]
    public void Dynamic_quantization_takes_its_ranges_over_a_batch()
    {
        JsonNode whole = RunJson([]), single = RunJson(["--chunk-size", "1"]);

        Assert.NotEqual((double)whole["divergence"]!["mean"]!, (double)single["divergence"]!["mean"]!);
        Assert.InRange((double)single["divergence"]!["mean"]!, 1e-6, 1e-4);
    }

    [Fact]
    public async Task Prints_a_table_of_classes_and_nothing_else_of_ONNX_Runtime()
    {
        ProgramResult result = await ProgramResult.RunProcessAsync("QuantizationCheck", [.. GetModels(), "--by-class"]);

        result.AssertSuccess();
        string[][] rows = [.. Enumerable.Range(0, 10).Select(index => result.GetRow($"{index}"))];
        Assert.All(rows, row => Assert.Equal(7, row.Length));
        Assert.Equal(597, rows.Sum(row => int.Parse(row[1], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.All(result.Output.Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, 80));
    }

    [Theory]
    [InlineData("--reference digits_float32.onnx --quantized digits_dynamic.onnx", "--reference is a model")]
    [InlineData("--reference digits_float32.npy --quantized digits_dynamic.onnx", "--quantized is a model")]
    [InlineData("--reference digits_float32.npy --quantized digits_int8.npy --inputs digits_images.npy", "--inputs is for models")]
    [InlineData("--reference missing.onnx --quantized digits_dynamic.onnx --inputs digits_images.npy", "missing.onnx")]
    [InlineData("--reference digits_float32.onnx --quantized digits_dynamic.onnx --inputs missing.npy", "missing.npy")]
    [InlineData("--reference text.onnx --quantized digits_dynamic.onnx --inputs digits_images.npy", "is not a model that")]
    [InlineData("--reference digits_float32.onnx --quantized digits_dynamic.onnx --inputs digits_float32.npy", "needs 'images' of (N, 64)")]
    [InlineData("--reference digits_float32.onnx --quantized digits_dynamic.onnx --inputs digits_labels.npy", "'<i4'")]
    [InlineData("--reference digits_float32.onnx --quantized digits_dynamic.onnx --inputs empty.npy", "are empty: their shape is (0, 64)")]
    [InlineData("--reference digits_float32.onnx --quantized digits_dynamic.onnx --inputs scalar.npy", "are (), and")]
    [InlineData("--reference digits_float32.onnx --quantized wide.npy --inputs digits_images.npy", "(597, 10), ")]
    [InlineData("--reference digits_float32.onnx --quantized digits_dynamic.onnx --inputs digits_images.npy --labels wide.npy", "'<f4'")]
    public void Invalid_input_is_rejected(string line, string message)
    {
        File.WriteAllText(this.folder["text.onnx"], "no model");
        this.folder.Write("empty.npy", "(0, 64)", (float[])[]);
        this.folder.Write("scalar.npy", "()", (float[])[1]);
        this.folder.Write("wide.npy", "(2, 3)", (float[])[1, 2, 3, 4, 5, 6]);
        string[] args = [.. line.Split(' ').Select(word => word.Contains('.', StringComparison.Ordinal) ? this.Find(word) : word)];

        ProgramResult.RunQuantizationCheck(args).AssertInvalidInput(message);
    }

    [Theory]
    [InlineData("two-inputs", "has 2 inputs; models of one input are supported")]
    [InlineData("double", "has the input 'images' of Double; Float is supported")]
    [InlineData("double-output", "has the output 'logits' of Double; Float is supported")]
    [InlineData("fixed-batch", "has the input 'images' of (5, 64); a first dimension of any size is supported")]
    [InlineData("open-classes", "has the output 'logits' of (N, M); (N, classes) is supported")]
    [InlineData("doubled", "computes logits of (1194, 64) from 597 inputs, not one row for each")]
    [InlineData("failing", "fails: ")]
    public void Model_that_does_not_compute_a_row_of_logits_for_each_input_is_rejected(string name, string message)
    {
        string path = RepositoryRoot.Combine($"tests/references/models-{name}.onnx");

        ProgramResult.RunQuantizationCheck(GetModels(path, path)).AssertInvalidInput($"models-{name}.onnx {message}");
    }

    private static string[] GetModels(string reference = "digits_float32.onnx", string quantized = "digits_dynamic.onnx") =>
    [
        "--reference", Path.Combine(Data, reference),
        "--quantized", Path.Combine(Data, quantized),
        "--inputs", Path.Combine(Data, "digits_images.npy"),
    ];

    private static JsonNode RunJson(
        string[] args, string reference = "digits_float32.onnx", string quantized = "digits_dynamic.onnx")
    {
        ProgramResult result = ProgramResult.RunQuantizationCheck([.. GetModels(reference, quantized), .. args, "--json"]);
        result.AssertSuccess();
        return JsonNode.Parse(result.Output)!;
    }

    private static void AssertSummary(JsonNode expected, JsonNode actual)
    {
        AssertClose((double)expected["mean"]!, (double)actual["mean"]!);
        AssertClose((double)expected["maximum"]!, (double)actual["maximum"]!);
        Assert.Equal((int)expected["maximumToken"]!, (int)actual["maximumToken"]!);
    }

    // The float32 logits have errors δ of some 10⁻⁶. They change a divergence by Σ(q − p)δ, and Σ|q − p| ≤ √(2 KL) (Pinsker).
    private static void AssertClose(double expected, double actual) =>
        Assert.Equal(expected, actual, (4e-6 * expected) + (4e-6 * Math.Sqrt(2 * expected)));

    private string Find(string name)
    {
        string shipped = Path.Combine(Data, name);
        return File.Exists(shipped) ? shipped : this.folder[name];
    }
}
