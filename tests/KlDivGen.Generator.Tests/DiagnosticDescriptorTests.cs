using System.Reflection;
using System.Text.RegularExpressions;
using KlDivGen.Generator.Diagnostics;
using KlDivGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace KlDivGen.Generator.Tests;

/// <summary>Every descriptor is documented, tested and reported by an analyzer.</summary>
public sealed class DiagnosticDescriptorTests
{
    private static readonly IReadOnlyList<DiagnosticDescriptor> All =
    [
        .. typeof(DiagnosticDescriptors)
            .GetFields(BindingFlags.Static | BindingFlags.Public)
            .Select(field => field.GetValue(null))
            .OfType<DiagnosticDescriptor>(),
    ];

    [Fact]
    public void Ids_are_numbered_without_a_gap() => Assert.Equal(
        Enumerable.Range(1, All.Count).Select(number => $"KLDIV{number:000}"),
        All.Select(descriptor => descriptor.Id));

    [Fact]
    public void Every_descriptor_has_a_description_and_a_help_link() => Assert.All(All, descriptor =>
    {
        Assert.Equal("KlDivGen", descriptor.Category);
        Assert.Equal("https://github.com/KlDivGen/KlDivGen#" + descriptor.Id.ToLowerInvariant(), descriptor.HelpLinkUri);
        Assert.True(descriptor.IsEnabledByDefault);
        Assert.True(descriptor.Title.ToString(null).Length > 5);
        Assert.True(descriptor.Description.ToString(null).Length > 40);
        Assert.EndsWith(".", descriptor.Description.ToString(null), StringComparison.Ordinal);
    });

    [Fact]
    public void Every_descriptor_is_reported_by_an_analyzer() => Assert.Equal(
        All,
        new KlDivLossAnalyzer().SupportedDiagnostics
            .Concat(new NativeAotAnalyzer().SupportedDiagnostics)
            .OrderBy(descriptor => descriptor.Id, StringComparer.Ordinal));

    [Fact]
    public void Every_descriptor_has_a_test() => Assert.Equal(
        All.Select(descriptor => descriptor.Id),
        DiagnosticCases.All.Select(test => test.Data.Item1).Concat(DiagnosticCases.TestedElsewhere).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Every_descriptor_has_a_row_in_the_release_notes_for_analyzers()
    {
        string folder = RepositoryRoot.Combine("generator/KlDivGen.Generator/Diagnostics");
        string rows = string.Concat(
            Directory.EnumerateFiles(folder, "AnalyzerReleases.*.md").Order(StringComparer.Ordinal).Select(File.ReadAllText));

        Assert.Equal(All.Select(descriptor => descriptor.Id), Regex.Matches(rows, "^KLDIV\\d+", RegexOptions.Multiline).Select(match => match.Value));
    }

    [Fact]
    public void Every_descriptor_has_a_row_in_the_readme()
    {
        string readme = File.ReadAllText(RepositoryRoot.Combine("README.md"));

        Assert.DoesNotContain(All.Select(descriptor => descriptor.Id), id => !Regex.IsMatch(readme, $"(?m)^\\|.*{id}.*\\|"));
    }

    [Fact]
    public void Settings_match_the_attribute()
    {
        Assert.Equal(
            [nameof(KLDivLossAttribute.Reduction), nameof(KLDivLossAttribute.LogTarget), nameof(KLDivLossAttribute.Dialect), nameof(KLDivLossAttribute.Deterministic)],
            [SettingsParser.ReductionProperty, SettingsParser.LogTargetProperty, SettingsParser.DialectProperty, SettingsParser.DeterministicProperty]);
        Assert.Equal([Reductions.None, Reductions.Mean, Reductions.Sum, Reductions.BatchMean], SettingsParser.Reductions);
        Assert.Equal([Dialects.Paddle, Dialects.PyTorch, Dialects.Strict], SettingsParser.Dialects);
        Assert.Equal(SymbolNames.Attribute, typeof(KLDivLossAttribute).FullName);
        Assert.Equal(new KLDivLossAttribute().Reduction, SettingsParser.ToSettingValue(Roslyn.Spec(Sources.Representative["Mean"]).Kernel.Reduction));
    }
}
