namespace KlDivGen.Samples.Tests;

/// <summary>QuickStart over files and command lines it cannot use: exit code 2, one line, nothing written.</summary>
public sealed class QuickStartRefusalTests : IDisposable
{
    private const string GoodHeader = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";

    private static readonly byte[] GoodFile = Folder.Npy(GoodHeader, new byte[24]);

    private readonly Folder folder = new();

    /// <summary>Every bad file, by a name for the test's list, with the words of its message.</summary>
    public static TheoryData<string, string, byte[]> BadFiles => new()
    {
        { "empty", "is not a .npy file", [] },
        { "text", "is not a .npy file", "0.1,0.2,0.3\n"u8.ToArray() },
        { "magic only", "is not a .npy file", GoodFile[..6] },
        { "version 4", "version 4.0", [.. GoodFile[..6], 4, .. GoodFile[7..]] },
        { "version 1.1", "version 1.1", [.. GoodFile[..7], 1, .. GoodFile[8..]] },
        { "no length", "ends inside its header", GoodFile[..9] },
        { "half a header", "ends inside its header", GoodFile[..60] },
        { "huge header", "broken header", [.. GoodFile[..6], 2, 0, 0xFF, 0xFF, 0xFF, 0xFF, .. GoodFile[10..]] },
        { "no data", "is truncated", GoodFile[..128] },
        { "half an element", "is truncated", GoodFile[..^2] },
        { "one element more", "is too long", [.. GoodFile, 0, 0, 0, 0] },
        { "Fortran order", "Fortran order", With("False", "True") },
        { "big-endian float32", "big-endian", With("<f4", ">f4") },
        { "big-endian float64", "big-endian", With("<f4", ">f8") },
        { "float16", "'<f2'", With("<f4", "<f2") },
        { "int64", "'<i8'", With("<f4", "<i8") },
        { "complex", "'<c16'", With("<f4", "<c16") },
        { "objects", "'|O'", With("<f4", "|O") },
        { "records", "records", With("'<f4'", "[('a', '<f4'), ('b', '<f8', (2,))]") },
        { "no dictionary", "broken header", With(GoodHeader, "shape: 2, 3") },
        { "an open dictionary", "broken header", With("}", string.Empty) },
        { "text after it", "broken header", With("}", "} x") },
        { "a missing key", "broken header", With("'fortran_order': False, ", string.Empty) },
        { "an unknown key", "broken header", With("}", "'extra': 1}") },
        { "a key twice", "'shape' twice", With("}", "'shape': (2, 3)}") },
        { "an open string", "broken header", With("(2, 3), }", "(2, 3), 'x") },
        { "an escape", "broken header", With("'<f4'", @"'\x3cf4'") },
        { "shape no tuple", "'shape'", With("(2, 3)", "(6)") },
        { "shape a list", "'shape'", With("(2, 3)", "[2, 3]") },
        { "negative size", "'shape'", With("(2, 3)", "(-2, -3)") },
        { "size no integer", "broken header", With("(2, 3)", "(2.0, 3)") },
        { "size too large", "broken header", With("(2, 3)", "(99999999999999999999,)") },
        { "product too large", "more elements", With("(2, 3)", "(4294967296, 4294967296, 4294967296)") },
        { "deep nesting", "broken header", With("(2, 3)", new string('(', 60000)) },
        { "order no truth value", "'fortran_order'", With("False", "0") },
        { "type no string", "'descr'", With("'<f4'", "4") },
    };

    /// <summary>Command lines that make no sense, with the words of the message; IN and OUT stand for good files.</summary>
    public static TheoryData<string, string> BadCommandLines => new()
    {
        { "--input IN", "--input and --target go together" },
        { "--target IN", "--input and --target go together" },
        { "--reduction sum", "--input and --target" },
        { "--output OUT", "--input and --target" },
        { "--log-target", "--input and --target" },
        { "--input IN --target IN --reduction avg", "none, mean, sum, batchmean" },
        { "--input IN --target IN --dialect keras", "paddle, pytorch, strict" },
        { "--input IN --target IN --reduction sum --output OUT", "--reduction none" },
        { "--input IN --target IN --piece 0", "positive" },
        { "--input IN --target IN --piece many", "positive" },
        { "--input IN --target IN --inptu IN", "--inptu" },
        { "--input IN --target IN --output", "--output" },
        { "IN", "IN" },
    };

    public void Dispose() => this.folder.Dispose();

    [Theory]
    [MemberData(nameof(BadFiles))]
    public void A_bad_file_is_refused(string name, string because, byte[] bytes)
    {
        Assert.NotEmpty(name);
        string good = this.folder.Write("good.npy", GoodFile), bad = this.folder.Write("bad.npy", bytes);

        Run asTarget = Run.QuickStart("--input", good, "--target", bad, "--output", this.folder["out.npy"]);
        Run asInput = Run.QuickStart("--input", bad, "--target", good, "--output", this.folder["out.npy"]);

        asTarget.AssertRefused(because);
        Assert.StartsWith(bad, asTarget.Error, StringComparison.Ordinal);
        Assert.Equal(asTarget, asInput);
        Assert.Equal(["bad.npy", "good.npy"], this.folder.Names);
    }

    [Theory]
    [InlineData("(3, 2)")]
    [InlineData("(6,)")]
    [InlineData("(2, 3, 1)")]
    public void Different_shapes_are_refused(string shape)
    {
        string good = this.folder.Write("good.npy", GoodFile), other = this.folder.Write("other.npy", shape, new float[6]);

        Run run = Run.QuickStart("--input", good, "--target", other, "--output", this.folder["out.npy"]);

        run.AssertRefused("the shapes differ");
        Assert.Contains("(2, 3)", run.Error, StringComparison.Ordinal);
        Assert.Contains(shape, run.Error, StringComparison.Ordinal);
        Assert.Equal(["good.npy", "other.npy"], this.folder.Names);
    }

    [Theory]
    [MemberData(nameof(BadCommandLines))]
    public void A_bad_command_line_is_refused(string line, string because)
    {
        this.folder.Write("good.npy", GoodFile);
        string[] args = [.. line.Split(' ').Select(word => word switch
        {
            "IN" => this.folder["good.npy"],
            "OUT" => this.folder["out.npy"],
            _ => word,
        })];

        Run run = Run.QuickStart(args);

        run.AssertRefused(because == "IN" ? this.folder["good.npy"] : because);
        Assert.Equal(["good.npy"], this.folder.Names);
    }

    [Fact]
    public void Paths_that_lead_nowhere_are_refused()
    {
        string good = this.folder.Write("good.npy", GoodFile);
        string older = this.folder.Write("older.npy", "as it was"u8);

        Run.QuickStart("--input", good, "--target", this.folder["none.npy"], "--output", older).AssertRefused("none.npy");
        Run.QuickStart("--input", Path.GetDirectoryName(good)!, "--target", good).AssertRefused("is a folder");
        Run.QuickStart("--input", good, "--target", good, "--output", this.folder["no/out.npy"]).AssertRefused("there is no folder");
        Run.QuickStart("--input", good, "--target", good, "--output", Path.GetDirectoryName(good)!).AssertRefused("it is a folder");
        Run.QuickStart("--input", string.Empty, "--target", good).AssertRefused("--input");
        Run.QuickStart("--input", good, "--target", good, "--output", string.Empty).AssertRefused("--output");

        Assert.Equal("as it was"u8, File.ReadAllBytes(older));
        Assert.Equal(["good.npy", "older.npy"], this.folder.Names);
    }

    [Fact]
    public async Task A_process_that_refuses_ends_with_code_2()
    {
        string good = this.folder.Write("good.npy", GoodFile), bad = this.folder.Write("bad.npy", GoodFile.AsSpan(..^1));

        Run run = await Run.Process("QuickStart.dll", "--input", good, "--target", bad);

        run.AssertRefused("is truncated");
    }

    // The good file with one part of its header's text replaced.
    private static byte[] With(string part, string replacement)
    {
        Assert.Contains(part, GoodHeader, StringComparison.Ordinal);
        return Folder.Npy(GoodHeader.Replace(part, replacement, StringComparison.Ordinal), new byte[24]);
    }
}
