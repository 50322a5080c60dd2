using System.Reflection;
using System.Text.RegularExpressions;
using KlDivGen.Generator.Diagnostics;
using KlDivGen.Generator.Model;
using KlDivGen.Generator.Parsing;
using KlDivGen.Generator.Tests.Usage;
using KlDivGen.Generator.Usage;
using Microsoft.CodeAnalysis;

namespace KlDivGen.Generator.Tests;

/// <summary>Every descriptor is documented, tested and reported by an analyzer.</summary>
public sealed class DiagnosticDescriptorTests
{
    private const int FirstUsageNumber = 100;

    internal static IReadOnlyList<DiagnosticDescriptor> All { get; } =
        [.. DescriptorsOf(typeof(DiagnosticDescriptors)), .. DescriptorsOf(typeof(UsageDescriptors))];

    [Theory]
    [InlineData(typeof(DiagnosticDescriptors), 1)]
    [InlineData(typeof(UsageDescriptors), FirstUsageNumber)]
    public void Ids_are_numbered_without_a_gap(Type descriptors, int first) => Assert.Equal(
        DescriptorsOf(descriptors).Select((_, i) => $"KLDIV{first + i:000}"),
        DescriptorsOf(descriptors).Select(descriptor => descriptor.Id));

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
        Roslyn.Analyzers
            .SelectMany(analyzer => analyzer.SupportedDiagnostics)
            .OrderBy(descriptor => descriptor.Id, StringComparer.Ordinal));

    [Fact]
    public void Every_error_has_a_test() => Assert.Equal(
        DescriptorsOf(typeof(DiagnosticDescriptors)).Select(descriptor => descriptor.Id),
        DiagnosticCases.All.Select(test => test.Data.Item1).Concat(DiagnosticCases.TestedElsewhere).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Every_usage_analyzer_has_tests() => Assert.All(
        Roslyn.Analyzers.Select(analyzer => analyzer.GetType()).Where(type => type.Namespace == typeof(MeanReductionAnalyzer).Namespace),
        analyzer => Assert.Contains(
            typeof(DiagnosticDescriptorTests).Assembly.GetTypes(),
            test => test.Namespace == typeof(SeverityTests).Namespace && test.Name == analyzer.Name.Replace("Analyzer", "Tests", StringComparison.Ordinal)));

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
        string[] properties =
        [
            .. typeof(KLDivLossAttribute).GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Select(property => property.Name)
                .Order(StringComparer.Ordinal),
        ];
        Assert.Equal(properties, SettingsParser.Properties.Order(StringComparer.Ordinal));
        Assert.Equal(
            properties,
            typeof(SettingsParser).GetFields(BindingFlags.Public | BindingFlags.Static)
                .Where(field => field.Name.EndsWith("Property", StringComparison.Ordinal))
                .Select(field => (string)field.GetValue(null)!)
                .Order(StringComparer.Ordinal));
        Assert.Equal([Reductions.None, Reductions.Mean, Reductions.Sum, Reductions.BatchMean, Reductions.Row], SettingsParser.Reductions);
        Assert.Equal([Dialects.Paddle, Dialects.PyTorch, Dialects.Strict], SettingsParser.Dialects);
        Assert.Equal([Divergences.Forward, Divergences.Reverse, Divergences.JensenShannon], SettingsParser.Divergences);
        Assert.Equal(SymbolNames.Attribute, typeof(KLDivLossAttribute).FullName);
    }

    [Fact]
    public void Words_are_in_the_order_of_their_enumerations()
    {
        Assert.Equal(Enum.GetNames<Reduction>(), SettingsParser.Reductions, StringComparer.OrdinalIgnoreCase);
        Assert.Equal(Enum.GetNames<Dialect>(), SettingsParser.Dialects, StringComparer.OrdinalIgnoreCase);
        Assert.Equal(["Forward", "Reverse", "JensenShannon"], Enum.GetNames<Divergence>());
    }

    [Fact]
    public void Defaults_match_the_attribute()
    {
        KLDivLossAttribute attribute = new();
        KernelSpec kernel = Roslyn.Spec(Sources.Representative["Mean"]).Kernel;

        Assert.Equal(attribute.Reduction, SettingsParser.ToSettingValue(kernel.Reduction));
        Assert.Equal(attribute.Dialect, SettingsParser.Dialects[(int)kernel.Dialect]);
        Assert.Equal(attribute.Divergence, SettingsParser.ToSettingValue(kernel.Divergence));
        Assert.Equal(attribute.Beta, kernel.Beta);
        Assert.Equal(SettingsParser.DefaultTemperature, attribute.Temperature);
        Assert.Equal((attribute.LogTarget, attribute.Deterministic), (kernel.LogTarget, kernel.Deterministic));
        Assert.False(attribute.InputLogits || attribute.TargetLogits || attribute.TemperatureSquared);
    }

    private static IReadOnlyList<DiagnosticDescriptor> DescriptorsOf(Type type) =>
    [
        .. type.GetFields(BindingFlags.Static | BindingFlags.Public)
            .Select(field => field.GetValue(null))
            .OfType<DiagnosticDescriptor>()
            .OrderBy(descriptor => descriptor.Id, StringComparer.Ordinal),
    ];
}
