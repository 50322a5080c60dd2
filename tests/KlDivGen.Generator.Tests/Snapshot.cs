using DiffPlex.Renderer;

namespace KlDivGen.Generator.Tests;

/// <summary>
/// Compares text with a file, by the conventions of the Verify library: <c>Snapshots/NAME.verified.EXTENSION</c> is what is expected, and
/// on a difference <c>NAME.received.EXTENSION</c> beside it is what came. To accept it, rename the one to the other. This class is all
/// that a change to Verify itself would replace.
/// </summary>
internal static class Snapshot
{
    private static string Folder { get; } = RepositoryRoot.Combine("tests/KlDivGen.Generator.Tests/Snapshots");

    /// <summary>The names of the snapshots of a kind.</summary>
    public static IEnumerable<string> NamesOf(string extension) => Directory
        .EnumerateFiles(Folder, $"*.verified.{extension}")
        .Select(file => Path.GetFileName(file).Split(".verified.")[0]);

    public static void Verify(string name, string text, string extension)
    {
        string verified = Path.Combine(Folder, $"{name}.verified.{extension}");
        string received = Path.Combine(Folder, $"{name}.received.{extension}");
        string? expected = File.Exists(verified) ? File.ReadAllText(verified) : null;
        if (expected == text)
        {
            File.Delete(received);
            return;
        }

        Directory.CreateDirectory(Folder);
        File.WriteAllText(received, text);
        Assert.Fail(expected is null
            ? $"There is no {verified}. If {received} is right, rename it to that."
            : $"""
               {Diff(expected, text)}
               If the new text is right, rename
                 {received}
               to {verified}
               """);
    }

    /// <summary>
    /// A unified diff with three lines of context, cut after <paramref name="maximumLines"/> lines. A carriage return is shown as
    /// <c>\r</c>, because it is invisible in a terminal.
    /// </summary>
    public static string Diff(string expected, string actual, int maximumLines = 60)
    {
        string[] lines = UnidiffRenderer
            .GenerateUnidiff(ShowCarriageReturns(expected), ShowCarriageReturns(actual), "verified", "received", ignoreWhitespace: false)
            .ReplaceLineEndings("\n")
            .TrimEnd('\n')
            .Split('\n');
        string shown = string.Join('\n', lines.Take(maximumLines));
        return lines.Length > maximumLines ? $"{shown}\n({lines.Length - maximumLines} more lines)" : shown;
    }

    private static string ShowCarriageReturns(string text) => text.Replace("\r", "\\r", StringComparison.Ordinal);
}
