namespace KlDivGen.Generator.Parsing;

/// <summary>Builds arguments of diagnostic messages.</summary>
internal static class MessageText
{
    /// <summary>Words as a sentence lists them: <c>a, b or c</c>.</summary>
    public static string FormatAlternatives(IReadOnlyList<string> words) => words.Count == 1
        ? words[0]
        : string.Join(", ", words.Take(words.Count - 1)) + " or " + words[words.Count - 1];
}
