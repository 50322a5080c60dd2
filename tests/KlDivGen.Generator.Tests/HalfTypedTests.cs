using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace KlDivGen.Generator.Tests;

/// <summary>While a user types, neither the generator nor an analyzer fails.</summary>
public sealed class HalfTypedTests
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

    /// <summary>The source cut off at every character.</summary>
    [Fact]
    public Task Cut_off_anywhere() => CheckAsync(Enumerable.Range(0, Source.Length + 1).Select(length => Source[..length]));

    /// <summary>The source without one of its tokens, and without two neighbours.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public Task Without_a_token(int count)
    {
        SyntaxToken[] tokens = [.. Tokens];
        return CheckAsync(Enumerable
            .Range(0, tokens.Length - count)
            .Select(i => Source.Remove(tokens[i].SpanStart, tokens[i + count - 1].Span.End - tokens[i].SpanStart)));
    }

    /// <summary>The source with one of its tokens typed twice.</summary>
    [Fact]
    public Task With_a_token_too_many() =>
        CheckAsync(Tokens.Select(token => Source.Insert(token.Span.End, " " + token.Text)));

    /// <summary>Things declared twice: two files of one name would lose every generated method of the project.</summary>
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
    public async Task Declared_twice(string source)
    {
        const string Method = "[KLDivLoss] public partial float Loss(Span<float> x, Span<float> y);";
        const string Other = "partial class Other { [KLDivLoss] public partial float Loss(Span<float> x, Span<float> y); }";

        GeneratorDriverRunResult result = await CheckAsync(source.Replace("METHOD", Method, StringComparison.Ordinal) + Other);

        Assert.Contains(result.GeneratedTrees, tree => tree.FilePath.Contains("Other.Loss", StringComparison.Ordinal));
    }

    /// <summary>Each source in turn is an edit of the one before, as it is for a user.</summary>
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
