using System.Runtime.InteropServices;

namespace KlDivGen.Samples.Tests;

/// <summary>Tests of the QuantizationCheck sample with invalid input: exit code 2, one line of error, no file written.</summary>
public sealed class QuantizationCheckInvalidInputTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public QuantizationCheckInvalidInputTests()
    {
        this.folder.Write("valid.npy", "(2, 3)", (float[])[1, 2, 3, 4, 5, 6]);
        this.folder.Write("transposed.npy", "(3, 2)", (float[])[1, 2, 3, 4, 5, 6]);
        this.folder.Write("scalar.npy", "()", (float[])[1]);
        this.folder.Write("empty.npy", "(0, 3)", (float[])[]);
        this.folder.Write("wide.npy", "(2, 0)", (float[])[]);
        this.folder.Write("text.npy", "1,2,3\n"u8);
        this.folder.Write("truncated.npy", TemporaryFolder.FormatFile(TemporaryFolder.FormatHeader("<f4", "(2, 3)"), new byte[23]));
        this.WriteLabels("labels.npy", "(2,)", 0, 2);
        this.WriteLabels("short.npy", "(1,)", 0);
        this.WriteLabels("large.npy", "(2,)", 0, 3);
        this.WriteLabels("negative.npy", "(2,)", -1, 0);
    }

    /// <summary>Invalid command lines with a part of the expected message. Names of files are replaced by paths.</summary>
    public static TheoryData<string, string> InvalidCommandLines => new()
    {
        { "--quantized valid.npy", "'--reference' is required" },
        { "--reference valid.npy", "'--quantized' is required" },
        { "--reference valid.npy --quantized missing.npy", "missing.npy" },
        { "--reference valid.npy --quantized text.npy", "is not a .npy file" },
        { "--reference truncated.npy --quantized valid.npy", "is truncated" },
        { "--reference labels.npy --quantized labels.npy", "'<i8'; float16 ('<f2'), float32 ('<f4') and float64 ('<f8') are supported" },
        { "--reference valid.npy --quantized transposed.npy", "the shapes differ" },
        { "--reference scalar.npy --quantized scalar.npy", "has no rows of logits: its shape is ()" },
        { "--reference empty.npy --quantized empty.npy", "has no rows of logits: its shape is (0, 3)" },
        { "--reference wide.npy --quantized wide.npy", "has no rows of logits: its shape is (2, 0)" },
        { "--reference valid.npy --quantized valid.npy --labels short.npy", "need labels of (2,)" },
        { "--reference valid.npy --quantized valid.npy --labels valid.npy", "'<f4'; int32 ('<i4') and int64 ('<i8') are supported" },
        { "--reference valid.npy --quantized valid.npy --labels large.npy", "the label of token 1 is 3" },
        { "--reference valid.npy --quantized valid.npy --labels negative.npy", "the label of token 0 is -1" },
        { "--reference valid.npy --quantized valid.npy --histogram missing/h.svg", "there is no folder" },
        { "--reference valid.npy --quantized valid.npy --labels large.npy --histogram h.svg", "the label of token 1" },
        { "--reference valid.npy --quantized valid.npy --chunk-size 0", "positive" },
        { "--reference valid.npy --quantized valid.npy --chunk-size some", "positive" },
        { "--reference valid.npy --quantized valid.npy --quiet", "--quiet" },
    };

    public void Dispose() => this.folder.Dispose();

    [Theory]
    [MemberData(nameof(InvalidCommandLines))]
    public void Invalid_input_is_rejected(string line, string message)
    {
        string[] before = [.. this.folder.Names];
        string[] args = [.. line.Split(' ').Select(word => word.Contains('.', StringComparison.Ordinal) ? this.folder[word] : word)];

        ProgramResult result = ProgramResult.RunQuantizationCheck(args);

        result.AssertInvalidInput(message);
        Assert.Equal(before, this.folder.Names);
    }

    [Theory]
    [InlineData("--reference")]
    [InlineData("--quantized")]
    [InlineData("--labels")]
    [InlineData("--histogram")]
    public void Empty_path_is_rejected(string option)
    {
        string valid = this.folder["valid.npy"];
        string[] files = [.. new Dictionary<string, string> { ["--reference"] = valid, ["--quantized"] = valid, [option] = string.Empty }
            .SelectMany(pair => (string[])[pair.Key, pair.Value])];

        ProgramResult.RunQuantizationCheck(files).AssertInvalidInput($"{option} must be the path of a file");
    }

    private void WriteLabels(string name, string shape, params long[] labels) => this.folder.Write(
        name, TemporaryFolder.FormatFile(TemporaryFolder.FormatHeader("<i8", shape), MemoryMarshal.AsBytes<long>(labels)));
}
