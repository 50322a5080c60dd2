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

    private const string Calls = """
        static partial class Losses
        {
            [KLDivLoss(Reduction = "sum")] static partial float Sum(ReadOnlySpan<float> target, ReadOnlySpan<float> input);

            static float Run(float[] scores, Span<float> x, Tensor<float> y)
            {
                float total = 0;
                for (int i = 0; i < 3; i++)
                {
                    TensorPrimitives.SoftMax(scores, x.Slice(i, 3));
                    TensorPrimitives.Divide(x, 2, x);
                    scores[i] /= MathF.Exp(x[i]);
                    total += 2 * (float)Sum(x[..3], scores.AsSpan());
                }

                Tensor<float> p = Tensor.Log<float>(y);
                return total + Sum(target: scores, input: x) + Sum(x, x);
            }
        }
        """;

    [Fact]
    public Task Source_cut_off_at_any_character() => CheckAsync(Enumerable.Range(0, Source.Length + 1).Select(length => Source[..length]));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public Task Source_without_one_token_or_two(int count)
    {
        SyntaxToken[] tokens = [.. Tokens(Source)];
        return CheckAsync(Enumerable
            .Range(0, tokens.Length - count)
            .Select(i => Source.Remove(tokens[i].SpanStart, tokens[i + count - 1].Span.End - tokens[i].SpanStart)));
    }

    [Fact]
    public Task Source_with_a_repeated_token() =>
        CheckAsync(Tokens(Source).Select(token => Source.Insert(token.Span.End, " " + token.Text)));

    [Fact]
    public Task Calls_without_one_token() =>
        CheckAsync(Tokens(Calls).Select(token => Calls.Remove(token.SpanStart, token.Span.Length)));

    [Fact]
    public Task Calls_cut_off_at_any_token() => CheckAsync(Tokens(Calls).Select(token => Calls[..token.SpanStart]));

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

    private static IEnumerable<SyntaxToken> Tokens(string source) =>
        CSharpSyntaxTree.ParseText(source, cancellationToken: TestContext.Current.CancellationToken)
            .GetRoot(TestContext.Current.CancellationToken)
            .DescendantTokens();

    /// <summary>Runs the generator and every analyzer on each source in turn, as an edit of the one before.</summary>
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
            Assert.DoesNotContain(await Roslyn.AnalyzeAsync(compilation, Roslyn.Analyzers), diagnostic => diagnostic.Id == "AD0001");
        }

        return driver.GetRunResult();
    }
}
