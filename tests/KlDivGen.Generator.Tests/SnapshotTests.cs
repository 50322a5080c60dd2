using System.Globalization;
using Microsoft.CodeAnalysis;

namespace KlDivGen.Generator.Tests;

/// <summary>The generated text itself, so that every change to it is seen in a review.</summary>
public sealed class SnapshotTests
{
    /// <summary>The methods whose whole file is kept. Of the others, the plan is (<see cref="Plans.PlanSnapshotTests"/>).</summary>
    public static TheoryData<string> Names { get; } = ["Mean", "SumDeterministic", "BatchMeanTensor", "LogitsOfInput", "DistillWithGradient"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Generated_text_is_as_accepted(string name) => Snapshot.Verify(name, Generate(name), "cs");

    [Fact]
    public void Every_snapshot_belongs_to_a_test()
    {
        Assert.Equal(["BatchMeanTensor", "DistillWithGradient", "LogitsOfInput", "Mean", "SumDeterministic"], Snapshot.NamesOf("cs").Order(StringComparer.Ordinal));
        Assert.Equal(
            Sources.Representative.Keys.Order(StringComparer.Ordinal), Snapshot.NamesOf("txt").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_line_is_longer_than_120_columns() => Assert.All(Sources.Representative.Keys, name => Assert.DoesNotContain(
        Generate(name).Split('\n'), line => line.Length > 120 && !line.Contains(" where ", StringComparison.Ordinal)));

    [Fact]
    public void Generated_text_is_the_same_in_every_culture()
    {
        string[] expected = [.. Sources.Representative.Keys.Select(Generate)];
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = Finnish();
            Assert.Equal("\u22121,5", (-1.5).ToString(CultureInfo.CurrentCulture));

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

    /// <summary>Finnish as its users have it, whether or not this machine has ICU: without it all cultures are the invariant one.</summary>
    private static CultureInfo Finnish()
    {
        CultureInfo culture = (CultureInfo)CultureInfo.GetCultureInfo("fi-FI").Clone();
        culture.NumberFormat.NegativeSign = "\u2212";
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NaNSymbol = "epäluku";
        return culture;
    }
}
