using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace KlDivGen.Generator.Tests;

/// <summary>KLDIV023 is reported once in a project whose kernels Native AOT compiles for 128-bit vectors, and in no other.</summary>
public sealed class NativeAotTests
{
    private const string First =
        "partial class First { [KLDivLoss] public static partial float [|Loss|](ReadOnlySpan<float> x, ReadOnlySpan<float> y); }";

    private const string Second =
        "partial class Second { [KLDivLoss] public static partial float Loss(ReadOnlySpan<float> x, ReadOnlySpan<float> y); }";

    [Theory]
    [InlineData("PublishAot=true RuntimeIdentifier=linux-x64")]
    [InlineData("PublishAot=True RuntimeIdentifier=win-x64 IlcInstructionSet=")]
    [InlineData("PublishAot=true RuntimeIdentifier=linux-musl-x64 NETCoreSdkRuntimeIdentifier=linux-arm64")]
    [InlineData("PublishAot=true RuntimeIdentifier= NETCoreSdkRuntimeIdentifier=linux-x64")]
    public async Task A_project_without_an_instruction_set_gets_the_message(string properties)
    {
        MarkedSource source = MarkedSource.Parse(First);

        ImmutableArray<Diagnostic> found = await Roslyn.AnalyzeAsync(Generated(source.Text, Second), new Properties(properties));

        Diagnostic diagnostic = Assert.Single(found);
        Assert.Equal("KLDIV023", diagnostic.Id);
        Assert.Equal(DiagnosticSeverity.Info, diagnostic.Severity);
        Assert.Equal("Source0.cs", diagnostic.Location.SourceTree?.FilePath);
        Assert.Equal(Assert.Single(source.Marks), diagnostic.Location.SourceSpan);
        Assert.Contains("<IlcInstructionSet>native</IlcInstructionSet>", diagnostic.GetMessage(null), StringComparison.Ordinal);
        Assert.Contains("x86-64-v3", diagnostic.GetMessage(null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("PublishAot=false RuntimeIdentifier=linux-x64")]
    [InlineData("RuntimeIdentifier=linux-x64")]
    [InlineData("PublishAot=true")]
    [InlineData("PublishAot=true RuntimeIdentifier=linux-arm64 NETCoreSdkRuntimeIdentifier=linux-x64")]
    [InlineData("PublishAot=true RuntimeIdentifier=linux-x64 IlcInstructionSet=native")]
    [InlineData("PublishAot=true RuntimeIdentifier=linux-x64 IlcInstructionSet=x86-64-v3")]
    public async Task Another_project_does_not_get_it(string properties) => Assert.Empty(
        await Roslyn.AnalyzeAsync(Generated(MarkedSource.Parse(First).Text, Second), new Properties(properties)));

    [Fact]
    public async Task A_project_without_kernels_does_not_get_it() => Assert.Empty(
        await Roslyn.AnalyzeAsync(Roslyn.Compile("class C { }"), new Properties("PublishAot=true RuntimeIdentifier=linux-x64")));

    [Fact]
    public async Task It_can_be_suppressed()
    {
        Compilation compilation = Generated(Second);
        compilation = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions(
            [new KeyValuePair<string, ReportDiagnostic>("KLDIV023", ReportDiagnostic.Suppress)]));
        Properties properties = new("PublishAot=true RuntimeIdentifier=linux-x64");

        Assert.Empty(await Roslyn.AnalyzeAsync(compilation, properties));
        Assert.Empty(await Roslyn.AnalyzeAsync(Generated("#pragma warning disable KLDIV023\n" + Second), properties));
    }

    [Fact]
    public void The_package_makes_the_properties_visible()
    {
        string props = File.ReadAllText(Path.Combine(Projects.Root, "runtime", "KlDivGen", "build", "KlDivGen.props"));

        Assert.All(
            ["PublishAot", "RuntimeIdentifier", "NETCoreSdkRuntimeIdentifier", "IlcInstructionSet"],
            property => Assert.Contains($"<CompilerVisibleProperty Include=\"{property}\" />", props, StringComparison.Ordinal));
    }

    private static Compilation Generated(params string[] sources) => Roslyn.AddGenerated(Roslyn.Compile(sources));

    /// <summary>The properties of a project, as analyzers read them.</summary>
    private sealed class Properties(string properties) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(properties
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(property => property.Split('='))
            .ToDictionary(pair => "build_property." + pair[0], pair => pair[1]));

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => new Values([]);

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Values([]);

        private sealed class Values(Dictionary<string, string> values) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
        }
    }
}
