using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace KlDivGen.Generator.Tests;

/// <summary>The setting <c>Parallel</c> adds a loop around a kernel, and changes nothing in it.</summary>
public sealed class ParallelTests
{
    private const string KernelStart = "    file static class LossKernel";
    private const string RangeStart = "    /// <summary>The loop that threads share";

    [Theory]
    [InlineData("Reduction = \"sum\"", "double", "ReadOnlySpan<float> input, ReadOnlySpan<float> target")]
    [InlineData("Deterministic = true", "float", "in ReadOnlyTensorSpan<float> input, in ReadOnlyTensorSpan<float> target")]
    [InlineData("LogTarget = true, Deterministic = true", "Half", "ReadOnlySpan<Half> input, ReadOnlySpan<Half> target, Span<Half> gradInput")]
    public void The_kernel_is_that_of_a_method_without_the_setting(string settings, string type, string parameters)
    {
        string plain = Generate(settings, type, parameters), parallel = Generate($"{settings}, Parallel = true", type, parameters);
        Assert.DoesNotContain("Parallel", plain, StringComparison.Ordinal);
        Assert.Equal(plain[plain.IndexOf(KernelStart, StringComparison.Ordinal)..^"}\n".Length].TrimEnd(), KernelOf(parallel));
    }

    [Fact]
    public void A_small_call_runs_the_same_statements()
    {
        const string Parameters = "ReadOnlySpan<float> input, ReadOnlySpan<float> target";
        const string Call = "        double sum = global::KlDivGen.Generated.LossKernel.Run(";
        string plain = Generate("Reduction = \"sum\"", "double", Parameters), parallel = Generate("Reduction = \"sum\", Parallel = true", "double", Parameters);
        Assert.Equal(Between(plain, Call, KernelStart), Between(parallel, Call, KernelStart));
    }

    [Fact]
    public async Task An_old_language_version_is_named()
    {
        const string Source = "partial class C { [KLDivLoss(Parallel = true)] static partial float Loss(ReadOnlySpan<float> x, ReadOnlySpan<float> y); }";
        Diagnostic diagnostic = Assert.Single(await Roslyn.AnalyzeAsync(Roslyn.Compile(LanguageVersion.CSharp12, Source)));
        Assert.Equal("KLDIV007", diagnostic.Id);
        Assert.Equal(
            "Parallel needs C# 13 or later, but this project uses C# 12.0; remove LangVersion, or set it to 13 or later",
            diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("Parallel = true", Source.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
        Assert.Empty(await Roslyn.AnalyzeAsync(Roslyn.Compile(LanguageVersion.CSharp13, Source)));
    }

    private static string Generate(string settings, string type, string parameters) => Assert.Single(Roslyn.Generate(Roslyn.Compile(
        $"partial class C {{ [KLDivLoss({settings})] public static partial {type} Loss({parameters}); }}")).GeneratedSources).SourceText.ToString();

    private static string KernelOf(string text) => Between(text, KernelStart, RangeStart).TrimEnd();

    private static string Between(string text, string start, string end)
    {
        int first = text.IndexOf(start, StringComparison.Ordinal), last = text.IndexOf(end, first, StringComparison.Ordinal);
        return text[first..last];
    }
}
