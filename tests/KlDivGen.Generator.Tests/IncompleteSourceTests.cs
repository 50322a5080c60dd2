using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace KlDivGen.Generator.Tests;

/// <summary>Neither the generator nor an analyzer fails on source that is being edited.</summary>
public sealed class IncompleteSourceTests
{
    private const string Source = """
        using KlDivGen;
        namespace Shop.@in
        {
            static partial class Outer<T> where T : class
            {
                partial record struct Losses
                {
                    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true, Dialect = "strict")]
                    public static partial double Distill<U>(
                        scoped ReadOnlySpan<float> input, in ReadOnlySpan<double> @class, int batchSize, double gradOutput,
                        Span<float> gradInput) where U : List<T?>, new();

                    [method: KLDivLoss(Reduction = "none")]
                    partial void Each(ReadOnlyTensorSpan<Half> x, ReadOnlyTensorSpan<Half> y, TensorSpan<Half> output);
                }
            }
        }
        """;

    private static IEnumerable<SyntaxToken> Tokens =>
        CSharpSyntaxTree.ParseText(Source, cancellationToken: TestContext.Current.CancellationToken)
            .GetRoot(TestContext.Current.CancellationToken)
            .DescendantTokens();

    [Fact]
    public Task Source_cut_off_at_any_character() => CheckAsync(Enumerable.Range(0, Source.Length + 1).Select(length => Source[..length]));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public Task Source_without_one_token_or_two(int count)
    {
        SyntaxToken[] tokens = [.. Tokens];
        return CheckAsync(Enumerable
            .Range(0, tokens.Length - count)
            .Select(i => Source.Remove(tokens[i].SpanStart, tokens[i + count - 1].Span.End - tokens[i].SpanStart)));
    }

    [Fact]
    public Task Source_with_a_repeated_token() =>
        CheckAsync(Tokens.Select(token => Source.Insert(token.Span.End, " " + token.Text)));

    /// <summary>Two files with one hint name would discard every generated file of the project.</summary>
    [Theory]
    [InlineData("partial class C { METHOD METHOD }")]
    [InlineData("partial class C { METHOD } partial class C { METHOD }")]
    [InlineData("class C { METHOD } class C { METHOD }")]
    [InlineData("partial class C { METHOD } partial struct C { METHOD }")]
    [InlineData("partial class C { METHOD } partial record C { METHOD }")]
    [InlineData("partial struct C { METHOD } partial record struct C { METHOD }")]
    [InlineData("partial class C { METHOD } file partial class C { METHOD }")]
    [InlineData("namespace N { partial class C { METHOD } } namespace N { partial class C { METHOD } }")]
    [InlineData("partial class C { METHOD } namespace C { partial class C { METHOD } }")]
    [InlineData("partial class A { partial class C { METHOD } partial class C { METHOD } } partial class A { class C { METHOD } }")]
    [InlineData("partial class C { [KLDivLoss] METHOD [KLDivLoss] public partial double Loss(Span<float> x, Span<float> y); }")]
    [InlineData("partial class C { [KLDivLoss] public partial float (Span<float> x, Span<float> y); METHOD }")]
    [InlineData("partial class { METHOD } partial class { METHOD }")]
    [InlineData("METHOD METHOD")]
    public async Task Duplicate_declarations(string source)
    {
        const string Method = "[KLDivLoss] public partial float Loss(Span<float> x, Span<float> y);";
        const string Other = "partial class Other { [KLDivLoss] public partial float Loss(Span<float> x, Span<float> y); }";

        GeneratorDriverRunResult result = await CheckAsync(source.Replace("METHOD", Method, StringComparison.Ordinal) + Other);

        Assert.Contains(result.GeneratedTrees, tree => tree.FilePath.Contains("Other.Loss", StringComparison.Ordinal));
    }

    /// <summary>Runs the generator on each source in turn, as an edit of the one before.</summary>
    private static async Task<GeneratorDriverRunResult> CheckAsync(params IEnumerable<string> sources)
    {
        CSharpCompilation compilation = Roslyn.Compile(string.Empty);
        GeneratorDriver driver = Roslyn.CreateDriver();
        foreach (string source in sources)
        {
            SyntaxTree edited = compilation.SyntaxTrees[^1];
            compilation = compilation.ReplaceSyntaxTree(edited, Roslyn.Parse(source, edited.FilePath));
            driver = driver.RunGenerators(compilation, TestContext.Current.CancellationToken);

            Assert.Null(driver.GetRunResult().Results[0].Exception);
            Assert.All(driver.GetRunResult().Diagnostics, diagnostic => Assert.StartsWith("KLDIV", diagnostic.Id, StringComparison.Ordinal));
            Assert.DoesNotContain(await Roslyn.AnalyzeAsync(compilation), diagnostic => diagnostic.Id == "AD0001");
        }

        return driver.GetRunResult();
    }
}
