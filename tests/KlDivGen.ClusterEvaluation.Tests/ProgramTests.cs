using System.Text.Json.Nodes;
using KlDivGen.Samples.Tests;

namespace KlDivGen.ClusterEvaluation.Tests;

/// <summary>Tests of the program as a user starts it, without Redis.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public ProgramTests()
    {
        foreach (string name in (string[])["valid", "same", "transposed", "more", "text", "scalar", "empty"])
        {
            Directory.CreateDirectory(this.folder[name]);
        }

        float[] values = [1, 2, 3, 4, 5, 6];
        this.folder.Write("valid/a.npy", "(2, 3)", values);
        this.folder.Write("same/a.npy", "(2, 3)", values);
        this.folder.Write("transposed/a.npy", "(3, 2)", values);
        this.folder.Write("more/a.npy", "(2, 3)", values);
        this.folder.Write("more/b.npy", "(2, 3)", values);
        this.folder.Write("text/a.npy", "1,2,3\n"u8);
        this.folder.Write("scalar/a.npy", "()", (float[])[1]);
    }

    /// <summary>Invalid command lines with a part of the expected message. Names of folders are replaced by paths.</summary>
    public static TheoryData<string, string> InvalidCommandLines => new()
    {
        { "--teacher missing/ --student valid/", "--teacher: there is no folder" },
        { "--teacher valid/ --student empty/", "--student: " },
        { "--teacher valid/ --student transposed/", "the shapes differ" },
        { "--teacher more/ --student valid/", "has no b.npy, which" },
        { "--teacher valid/ --student more/", "--teacher: " },
        { "--teacher valid/ --student text/", "is not a .npy file" },
        { "--teacher scalar/ --student scalar/", "has no rows of logits" },
        { "--redis 127.0.0.1:1", "--redis: 127.0.0.1:1 cannot be used: UnableToConnect" },
        { "--redis 127.0.0.1:1,nonsense=2", "--redis: " },
        { "silo", "--redis is required" },
        { "--piece-size 0", "--piece-size must be a number from 1" },
        { "--pieces-per-silo some", "--pieces-per-silo must be a number" },
        { "--port 65536", "--port must be a number" },
        { "--silos 3", "--silos" },
    };

    public void Dispose() => this.folder.Dispose();

    [Fact]
    public void Bundled_data_is_evaluated_by_default()
    {
        ProgramResult table = ProgramResult.Run();
        ProgramResult json = ProgramResult.Run("--json", "--piece-size", "100", "--pieces-per-silo", "3");

        table.AssertSuccess();
        json.AssertSuccess();
        JsonNode result = JsonNode.Parse(json.Output)!;
        Assert.Equal(597, (int)result["rows"]!);
        Assert.Equal(60, (int)result["pieces"]!);

        // QuantizationCheck's mean of the same logits.
        Assert.Equal(3.9417e-5, (double)result["mean"]!, 5e-9);
        Assert.Contains("3.94171697E-05 nats per row", table.Output, StringComparison.Ordinal);
        Assert.Contains("6 pairs, 6 pieces", table.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(InvalidCommandLines))]
    public void Invalid_input_is_rejected(string line, string message)
    {
        string[] args = [.. line.Split(' ').Select(word => word.EndsWith('/') ? this.folder[word[..^1]] : word)];

        ProgramResult.Run(args).AssertInvalidInput(message);
    }
}
