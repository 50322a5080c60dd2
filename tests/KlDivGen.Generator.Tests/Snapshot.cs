namespace KlDivGen.Generator.Tests;

/// <summary>
/// Compares text with a file, by the conventions of the Verify library: <c>Snapshots/NAME.verified.EXTENSION</c> is what is expected, and
/// on a difference <c>NAME.received.EXTENSION</c> beside it is what came. To accept it, rename the one to the other. This class is all
/// that a change to Verify itself would replace.
/// </summary>
internal static class Snapshot
{
    private static string Folder { get; } = Path.Combine(Projects.TestsDirectory, "Snapshots");

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
               {Difference(expected, text)}
               If the new text is right, rename
                 {received}
               to {verified}
               """);
    }

    private static string Difference(string expected, string text)
    {
        string[] before = expected.Split('\n');
        string[] after = text.Split('\n');
        int line = before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"""
            Line {line + 1} was
              {before.ElementAtOrDefault(line) ?? "(the end)"}
            and is
              {after.ElementAtOrDefault(line) ?? "(the end)"}
            """;
    }
}
