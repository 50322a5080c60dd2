using System.Globalization;
using Microsoft.CodeAnalysis;

namespace KlDivGen.Generator.Tests;

/// <summary>The generated text itself, so that every change to it is seen in a review.</summary>
public sealed class SnapshotTests
{
    public static TheoryData<string> Names { get; } = [.. Sources.Representative.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Generated_text_is_as_accepted(string name) => Snapshot.Verify(name, Generate(name));

    [Fact]
    public void Every_snapshot_belongs_to_a_test() => Assert.Equal(
        Sources.Representative.Keys.Order(StringComparer.Ordinal),
        Snapshot.Names.Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("fi-FI")] // minus is U+2212, the decimal separator a comma
    [InlineData("ar-SA")]
    [InlineData("tr-TR")] // upper case of i is not I
    public void Generated_text_is_the_same_in_every_culture(string culture)
    {
        string[] expected = [.. Sources.Representative.Keys.Select(Generate)];
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = Awkward(culture);

            Assert.Equal(expected, Sources.Representative.Keys.Select(Generate));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Only_line_feeds_end_lines() => Assert.All(Sources.Representative.Keys, name =>
    {
        string text = Generate(name);
        Assert.DoesNotContain('\r', text);
        Assert.EndsWith("}\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain(text.Split('\n'), line => line.EndsWith(' '));
    });

    private static string Generate(string name)
    {
        GeneratorRunResult result = Roslyn.Generate(Roslyn.Compile(Sources.Representative[name]));
        string version = typeof(KlDivLossGenerator).Assembly.GetName().Version!.ToString(3);
        return Assert.Single(result.GeneratedSources).SourceText.ToString()
            .Replace($"\"{version}\"", "\"VERSION\"", StringComparison.Ordinal);
    }

    /// <summary>
    /// A culture as its users have it, whether or not this machine has cultures: without ICU all of them are the invariant one.
    /// </summary>
    private static CultureInfo Awkward(string name)
    {
        CultureInfo culture = (CultureInfo)CultureInfo.GetCultureInfo(name).Clone();
        culture.NumberFormat.NegativeSign = "\u2212";
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NaNSymbol = "epäluku";
        culture.NumberFormat.PositiveInfinitySymbol = "∞";
        return culture;
    }
}
