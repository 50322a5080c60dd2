namespace KlDivGen.Samples.Tests;

/// <summary>Tests of the NpyLoss sample with invalid files and command lines: exit code 2, one line of error, no file written.</summary>
public sealed class NpyLossInvalidInputTests : IDisposable
{
    private const string ValidHeader = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";

    private static readonly byte[] ValidFile = TemporaryFolder.FormatFile(ValidHeader, new byte[24]);

    private readonly TemporaryFolder folder = new();

    /// <summary>Invalid files: a name, a part of the expected message, and the bytes.</summary>
    public static TheoryData<string, string, byte[]> InvalidFiles => new()
    {
        { "empty", "is not a .npy file", [] },
        { "text", "is not a .npy file", "0.1,0.2,0.3\n"u8.ToArray() },
        { "magic only", "is not a .npy file", ValidFile[..6] },
        { "version 4", "version 4.0", [.. ValidFile[..6], 4, .. ValidFile[7..]] },
        { "version 1.1", "version 1.1", [.. ValidFile[..7], 1, .. ValidFile[8..]] },
        { "no length", "ends inside its header", ValidFile[..9] },
        { "half a header", "ends inside its header", ValidFile[..60] },
        { "huge header", "broken header", [.. ValidFile[..6], 2, 0, 0xFF, 0xFF, 0xFF, 0xFF, .. ValidFile[10..]] },
        { "no data", "is truncated", ValidFile[..128] },
        { "half an element", "is truncated", ValidFile[..^2] },
        { "one element more", "is too long", [.. ValidFile, 0, 0, 0, 0] },
        { "Fortran order", "Fortran order", With("False", "True") },
        { "big-endian float32", "big-endian", With("<f4", ">f4") },
        { "big-endian float64", "big-endian", With("<f4", ">f8") },
        { "big-endian float16", "big-endian", With("<f4", ">f2") },
        { "int16", "'<i2'", With("<f4", "<i2") },
        { "int64", "'<i8'", With("<f4", "<i8") },
        { "complex", "'<c16'", With("<f4", "<c16") },
        { "objects", "'|O'", With("<f4", "|O") },
        { "records", "records", With("'<f4'", "[('a', '<f4'), ('b', '<f8', (2,))]") },
        { "no dictionary", "broken header", With(ValidHeader, "shape: 2, 3") },
        { "an open dictionary", "broken header", With("}", string.Empty) },
        { "text after it", "broken header", With("}", "} x") },
        { "a missing key", "broken header", With("'fortran_order': False, ", string.Empty) },
        { "an unknown key", "broken header", With("}", "'extra': 1}") },
        { "a key twice", "'shape' occurs twice", With("}", "'shape': (2, 3)}") },
        { "an open string", "broken header", With("(2, 3), }", "(2, 3), 'x") },
        { "an escape", "broken header", With("'<f4'", @"'\x3cf4'") },
        { "shape not a tuple", "'shape'", With("(2, 3)", "(6)") },
        { "shape is a list", "'shape'", With("(2, 3)", "[2, 3]") },
        { "negative size", "'shape'", With("(2, 3)", "(-2, -3)") },
        { "size not an integer", "broken header", With("(2, 3)", "(2.0, 3)") },
        { "size too large", "broken header", With("(2, 3)", "(99999999999999999999,)") },
        { "product too large", "more elements", With("(2, 3)", "(4294967296, 4294967296, 4294967296)") },
        { "deep nesting", "broken header", With("(2, 3)", new string('(', 60000)) },
        { "order not a boolean", "'fortran_order'", With("False", "0") },
        { "type not a string", "'descr'", With("'<f4'", "4") },
    };

    /// <summary>Invalid command lines with a part of the expected message. IN and OUT are replaced by paths.</summary>
    public static TheoryData<string, string> InvalidCommandLines => new()
    {
        { "--input IN", "'--target' is required" },
        { "--target IN", "'--input' is required" },
        { "--reduction sum", "'--input' is required" },
        { "--input IN --target IN --reduction avg", "none, mean, sum, batchmean" },
        { "--input IN --target IN --dialect keras", "paddle, pytorch, strict" },
        { "--input IN --target IN --reduction sum --output OUT", "--reduction none" },
        { "--input IN --target IN --chunk-size 0", "positive" },
        { "--input IN --target IN --chunk-size many", "positive" },
        { "--input IN --target IN --inptu IN", "--inptu" },
        { "--input IN --target IN --output", "--output" },
        { "IN", "IN" },
    };

    public void Dispose() => this.folder.Dispose();

    [Theory]
    [MemberData(nameof(InvalidFiles))]
    public void Invalid_file_is_rejected(string name, string message, byte[] bytes)
    {
        Assert.NotEmpty(name);
        string valid = this.folder.Write("valid.npy", ValidFile), invalid = this.folder.Write("invalid.npy", bytes);

        ProgramResult asTarget = ProgramResult.RunNpyLoss("--input", valid, "--target", invalid, "--output", this.folder["out.npy"]);
        ProgramResult asInput = ProgramResult.RunNpyLoss("--input", invalid, "--target", valid, "--output", this.folder["out.npy"]);

        asTarget.AssertInvalidInput(message);
        Assert.StartsWith(invalid, asTarget.Error, StringComparison.Ordinal);
        Assert.Equal(asTarget, asInput);
        Assert.Equal(["invalid.npy", "valid.npy"], this.folder.Names);
    }

    [Theory]
    [InlineData("(3, 2)")]
    [InlineData("(6,)")]
    [InlineData("(2, 3, 1)")]
    public void Different_shapes_are_rejected(string shape)
    {
        string valid = this.folder.Write("valid.npy", ValidFile), other = this.folder.Write("other.npy", shape, new float[6]);

        ProgramResult result = ProgramResult.RunNpyLoss("--input", valid, "--target", other, "--output", this.folder["out.npy"]);

        result.AssertInvalidInput("the shapes differ");
        Assert.Contains("(2, 3)", result.Error, StringComparison.Ordinal);
        Assert.Contains(shape, result.Error, StringComparison.Ordinal);
        Assert.Equal(["other.npy", "valid.npy"], this.folder.Names);
    }

    [Theory]
    [MemberData(nameof(InvalidCommandLines))]
    public void Invalid_command_line_is_rejected(string line, string message)
    {
        this.folder.Write("valid.npy", ValidFile);
        string[] args = [.. line.Split(' ').Select(word => word switch
        {
            "IN" => this.folder["valid.npy"],
            "OUT" => this.folder["out.npy"],
            _ => word,
        })];

        ProgramResult result = ProgramResult.RunNpyLoss(args);

        result.AssertInvalidInput(message == "IN" ? this.folder["valid.npy"] : message);
        Assert.Equal(["valid.npy"], this.folder.Names);
    }

    [Fact]
    public void Invalid_paths_are_rejected()
    {
        string valid = this.folder.Write("valid.npy", ValidFile);
        string directory = Path.GetDirectoryName(valid)!;
        string existing = this.folder.Write("existing.npy", "existing"u8);

        string[] files = ["--input", valid, "--target", valid];
        ProgramResult.RunNpyLoss("--input", valid, "--target", this.folder["none.npy"], "--output", existing)
            .AssertInvalidInput("none.npy");
        ProgramResult.RunNpyLoss("--input", directory, "--target", valid).AssertInvalidInput("is a folder");
        ProgramResult.RunNpyLoss([.. files, "--output", this.folder["no/out.npy"]]).AssertInvalidInput("there is no folder");
        ProgramResult.RunNpyLoss([.. files, "--output", directory]).AssertInvalidInput("it is a folder");
        ProgramResult.RunNpyLoss("--input", string.Empty, "--target", valid).AssertInvalidInput("--input");
        ProgramResult.RunNpyLoss([.. files, "--output", string.Empty]).AssertInvalidInput("--output");

        Assert.Equal("existing"u8, File.ReadAllBytes(existing));
        Assert.Equal(["existing.npy", "valid.npy"], this.folder.Names);
    }

    [Fact]
    public async Task Process_with_invalid_input_ends_with_exit_code_2()
    {
        string valid = this.folder.Write("valid.npy", ValidFile), invalid = this.folder.Write("invalid.npy", ValidFile.AsSpan(..^1));

        ProgramResult result = await ProgramResult.RunProcessAsync("NpyLoss", "--input", valid, "--target", invalid);

        result.AssertInvalidInput("is truncated");
    }

    // The valid file with a part of its header replaced.
    private static byte[] With(string part, string replacement)
    {
        Assert.Contains(part, ValidHeader, StringComparison.Ordinal);
        return TemporaryFolder.FormatFile(ValidHeader.Replace(part, replacement, StringComparison.Ordinal), new byte[24]);
    }
}
