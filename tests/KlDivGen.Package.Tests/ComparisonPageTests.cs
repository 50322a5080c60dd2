using System.Text.Json;
using System.Text.RegularExpressions;

namespace KlDivGen.Package.Tests;

/// <summary>
/// The pages for users of other libraries promise for both examples what the other library prints, as tests/references/comparison.json
/// keeps it. <see cref="ReadmeTests"/> runs the examples in C#.
/// </summary>
public sealed partial class ComparisonPageTests
{
    private static readonly JsonElement Kept =
        JsonDocument.Parse(File.ReadAllText(RepositoryRoot.Combine("tests/references/comparison.json"))).RootElement;

    public static TheoryData<string> Pages => [.. ReadmeBlock.ComparisonPages];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Both_examples_promise_what_the_other_library_prints(string page)
    {
        JsonElement kept = Kept.GetProperty(Path.GetFileName(page));
        string[] lines = [.. kept.GetProperty("lines").EnumerateArray().Select(line => line.GetString()!)];
        string text = File.ReadAllText(RepositoryRoot.Combine(page));

        Assert.Contains(kept.GetProperty("computedBy").GetString()!, text, StringComparison.Ordinal);
        Assert.Equal(lines, PrintedLine().Matches(OtherExample().Match(text).Value).Select(match => match.Groups["text"].Value));
        Assert.Equal(lines, Assert.Single(ReadmeBlock.ReadAll(), block => block.Page == page).ExpectedOutput);
    }

    [Fact]
    public void Every_kept_output_has_a_page() => Assert.Equal(
        Kept.EnumerateObject().Select(page => page.Name),
        ReadmeBlock.ComparisonPages.Select(Path.GetFileName));

    [GeneratedRegex("^```(python|cs)\\n.*?^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex OtherExample();

    [GeneratedRegex(@"\);? +(#|//) (?<text>.*)$", RegexOptions.Multiline)]
    private static partial Regex PrintedLine();
}
