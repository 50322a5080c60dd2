namespace KlDivGen.Generator.Tests;

/// <summary>KLDIV023 is reported once in a project whose kernels Native AOT compiles for 128-bit vectors, and in no other.</summary>
public sealed class NativeAotTests
{
    private const string Marked =
        "partial class First { [KLDivLoss] public static partial float {|KLDIV023:Loss|}(ReadOnlySpan<float> x, ReadOnlySpan<float> y); }";

    private const string Unmarked =
        "partial class Second { [KLDivLoss] public static partial float Loss(ReadOnlySpan<float> x, ReadOnlySpan<float> y); }";

    [Theory]
    [InlineData("PublishAot=true RuntimeIdentifier=linux-x64")]
    [InlineData("PublishAot=True RuntimeIdentifier=win-x64 IlcInstructionSet=")]
    [InlineData("PublishAot=true RuntimeIdentifier=linux-musl-x64 NETCoreSdkRuntimeIdentifier=linux-arm64")]
    [InlineData("PublishAot=true RuntimeIdentifier= NETCoreSdkRuntimeIdentifier=linux-x64")]
    [InlineData("PublishAot=true RuntimeIdentifier=linux-x64 IlcInstructionSet=sse4.2")]
    [InlineData("PublishAot=true RuntimeIdentifier=linux-x64 IlcInstructionSet=avx")]
    [InlineData("PublishAot=true RuntimeIdentifier=linux-x64 IlcInstructionSet=x86-64-v2")]
    [InlineData("PublishAot=true RuntimeIdentifier=linux-x64 IlcInstructionSet=x86-x64-v2")]
    [InlineData("PublishAot=true RuntimeIdentifier=linux-x64 IlcInstructionSet=base,+aes,gfni_v256")]
    [InlineData("PublishAot=true RuntimeIdentifier=linux-x64 IlcInstructionSet=x86-64-v3,-avx2")]
    public Task The_first_method_of_a_project_with_narrow_vectors_is_reported(string properties) =>
        VerifyAsync(properties, Marked, Unmarked);

    [Theory]
    [InlineData("")]
    [InlineData("PublishAot=false RuntimeIdentifier=linux-x64")]
    [InlineData("RuntimeIdentifier=linux-x64")]
    [InlineData("PublishAot=true")]
    [InlineData("PublishAot=true RuntimeIdentifier=linux-arm64 NETCoreSdkRuntimeIdentifier=linux-x64")]
    [InlineData("PublishAot=true RuntimeIdentifier=linux-x64 IlcInstructionSet=native")]
    [InlineData("PublishAot=true RuntimeIdentifier=linux-x64 IlcInstructionSet=x86-64-v3")]
    [InlineData("PublishAot=true RuntimeIdentifier=linux-x64 IlcInstructionSet=x86-64-v4")]
    [InlineData("PublishAot=true RuntimeIdentifier=linux-x64 IlcInstructionSet=avx2")]
    [InlineData("PublishAot=true RuntimeIdentifier=linux-x64 IlcInstructionSet=sse4.2,+avx2,-avx512")]
    [InlineData("PublishAot=true RuntimeIdentifier=linux-x64 IlcInstructionSet=avxvnni")]
    public Task Another_project_is_not_reported(string properties) => VerifyAsync(properties, Unmarked);

    [Theory]
    [InlineData("class C { }")]
    [InlineData("#pragma warning disable KLDIV023\n" + Unmarked)]
    public Task A_project_without_kernels_or_with_a_suppression_is_not_reported(string source) =>
        VerifyAsync("PublishAot=true RuntimeIdentifier=linux-x64", source);

    [Fact]
    public Task The_severity_can_be_configured() => new AnalyzerTest<NativeAotAnalyzer>(Unmarked)
        .WithGlobalOptions(
            "build_property.PublishAot = true",
            "build_property.RuntimeIdentifier = linux-x64",
            "dotnet_diagnostic.KLDIV023.severity = none")
        .RunAsync(TestContext.Current.CancellationToken);

    [Fact]
    public void The_message_names_the_property_and_its_values()
    {
        string message = Diagnostics.DiagnosticDescriptors.NativeAotWidth.MessageFormat.ToString(null);

        Assert.Contains("<IlcInstructionSet>native</IlcInstructionSet>", message, StringComparison.Ordinal);
        Assert.Contains("x86-64-v3", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_package_makes_the_properties_visible()
    {
        string props = File.ReadAllText(RepositoryRoot.Combine("runtime/KlDivGen/build/KlDivGen.props"));

        Assert.All(
            ["PublishAot", "RuntimeIdentifier", "NETCoreSdkRuntimeIdentifier", "IlcInstructionSet"],
            property => Assert.Contains($"<CompilerVisibleProperty Include=\"{property}\" />", props, StringComparison.Ordinal));
    }

    private static Task VerifyAsync(string properties, params string[] sources) => new AnalyzerTest<NativeAotAnalyzer>(sources)
        .WithGlobalOptions(properties
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(property => "build_property." + property.Replace("=", " = ", StringComparison.Ordinal)))
        .RunAsync(TestContext.Current.CancellationToken);
}
