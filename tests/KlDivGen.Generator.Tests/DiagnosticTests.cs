using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace KlDivGen.Generator.Tests;

/// <summary>Each error is reported at its token, with a message that says what is allowed.</summary>
public sealed class DiagnosticTests
{
    [Theory]
    [MemberData(nameof(DiagnosticCases.All), MemberType = typeof(DiagnosticCases))]
    public async Task An_error_is_reported_at_its_token(string id, string marked, string message)
    {
        Markup source = Markup.Parse(marked);

        ImmutableArray<Diagnostic> found = await Roslyn.AnalyzeAsync(Roslyn.Compile(source.Text));

        Diagnostic diagnostic = Assert.Single(found);
        Assert.Equal(id, diagnostic.Id);
        Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity);
        Assert.Equal(Quote(source, Assert.Single(source.Spans)), Quote(source, diagnostic.Location.SourceSpan));
        Assert.Contains(message, diagnostic.GetMessage(null), StringComparison.Ordinal);
    }

    /// <summary>
    /// The generator reports what the analyzer reports, except where the attribute is not on a method. A build needs both: the compiler
    /// fails on a missing implementation before it runs analyzers.
    /// </summary>
    [Theory]
    [MemberData(nameof(DiagnosticCases.All), MemberType = typeof(DiagnosticCases))]
    public async Task The_generator_reports_what_the_analyzer_reports(string id, string marked, string message)
    {
        _ = message;
        CSharpCompilation compilation = Roslyn.Compile(Markup.Parse(marked).Text);

        GeneratorRunResult result = Roslyn.Generate(compilation);

        Assert.Null(result.Exception);
        Assert.Empty(result.GeneratedSources);
        if (result.Diagnostics.IsEmpty)
        {
            Assert.Equal("KLDIV005", id);
        }
        else
        {
            Assert.Equal((await Roslyn.AnalyzeAsync(compilation)).Select(Describe), result.Diagnostics.Select(Describe));
        }
    }

    [Fact]
    public async Task Every_error_of_a_method_is_reported()
    {
        Markup source = Markup.Parse("""
            static class [|Losses|]
            {
                [KLDivLoss(Reduction = [|"men"|], Dialect = [|"torch"|])]
                public static [|async|] float [|Loss|](
                    [|float[]|] x, [|ref|] ReadOnlySpan<float> y, double [|weight|]) [|{ return 0; }|]
            }
            """);

        ImmutableArray<Diagnostic> found = await Roslyn.AnalyzeAsync(Roslyn.Compile(source.Text));

        Assert.Equal(source.Spans, found.Select(diagnostic => diagnostic.Location.SourceSpan));
        Assert.Equal(
            ["KLDIV003", "KLDIV008", "KLDIV009", "KLDIV006", "KLDIV001", "KLDIV013", "KLDIV012", "KLDIV011", "KLDIV002"],
            found.Select(diagnostic => diagnostic.Id));
    }

    /// <summary>Without the logits that were meant, neither <c>classes</c> nor <c>temperature</c> would have a use.</summary>
    [Fact]
    public async Task A_misspelt_setting_is_left_to_the_compiler()
    {
        CSharpCompilation compilation = Roslyn.Compile(DiagnosticCases.In(
            "[KLDivLoss(InputLogit = true)] public static partial float Loss(ReadOnlySpan<float> x, ReadOnlySpan<float> y, int classes, double temperature);"));

        Assert.Empty(await Roslyn.AnalyzeAsync(compilation));
        Assert.Empty(Roslyn.Generate(compilation).GeneratedSources);
        Assert.Contains(compilation.GetDiagnostics(TestContext.Current.CancellationToken), diagnostic => diagnostic.Id == "CS0246");
    }

    [Fact]
    public async Task An_old_language_version_is_reported_at_the_method()
    {
        Markup source = Markup.Parse(DiagnosticCases.In(
            "[KLDivLoss] public static partial float [|Loss|](ReadOnlySpan<float> x, ReadOnlySpan<float> y);"));

        ImmutableArray<Diagnostic> found = await Roslyn.AnalyzeAsync(Roslyn.Compile(LanguageVersion.CSharp10, source.Text));

        Diagnostic diagnostic = Assert.Single(found);
        Assert.Equal("KLDIV007", diagnostic.Id);
        Assert.Equal(Assert.Single(source.Spans), diagnostic.Location.SourceSpan);
        Assert.Contains("C# 10.0", diagnostic.GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_in_another_part_of_the_type_is_reported_there()
    {
        Markup other = Markup.Parse(DiagnosticCases.In(
            "public static partial float Loss(ReadOnlySpan<float> x, ReadOnlySpan<float> y) [|=> 0|];"));
        string annotated = DiagnosticCases.In(
            "[KLDivLoss] public static partial float Loss(ReadOnlySpan<float> x, ReadOnlySpan<float> y);");

        ImmutableArray<Diagnostic> found = await Roslyn.AnalyzeAsync(Roslyn.Compile(annotated, other.Text));

        Diagnostic diagnostic = Assert.Single(found);
        Assert.Equal("KLDIV002", diagnostic.Id);
        Assert.Equal("Source1.cs", diagnostic.Location.SourceTree?.FilePath);
        Assert.Equal(Assert.Single(other.Spans), diagnostic.Location.SourceSpan);
    }

    [Fact]
    public async Task Code_written_by_another_tool_is_checked()
    {
        Markup source = Markup.Parse("// <auto-generated/>\n" + DiagnosticCases.In(
            "[KLDivLoss] public static partial [|int|] Loss(ReadOnlySpan<float> x, ReadOnlySpan<float> y);"));

        ImmutableArray<Diagnostic> found = await Roslyn.AnalyzeAsync(Roslyn.Compile(source.Text));

        Assert.Equal(Assert.Single(source.Spans), Assert.Single(found).Location.SourceSpan);
    }

    [Fact]
    public async Task An_error_cannot_be_suppressed()
    {
        // A partial void method without a body is legal C#: if the error were suppressed, calls would do nothing.
        string source = "#pragma warning disable KLDIV022\n" + DiagnosticCases.In(
            "[KLDivLoss] static partial void Loss(ReadOnlySpan<float> x, ReadOnlySpan<float> y);");
        CSharpCompilation compilation = Roslyn.Compile(source);
        compilation = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions(
            [new KeyValuePair<string, ReportDiagnostic>("KLDIV022", ReportDiagnostic.Suppress)]));

        Assert.Equal("KLDIV022", Assert.Single(await Roslyn.AnalyzeAsync(compilation)).Id);
    }

    [Theory]
    [MemberData(nameof(ValidMethods))]
    public async Task A_valid_method_is_not_reported(string method)
    {
        CSharpCompilation compilation = Roslyn.Compile(DiagnosticCases.In(method));
        Compilation generated = Roslyn.AddGenerated(compilation);

        Assert.Empty(await Roslyn.AnalyzeAsync(compilation));
        Assert.Empty(await Roslyn.AnalyzeAsync(generated));
        Assert.Equal(compilation.SyntaxTrees.Length + 1, generated.SyntaxTrees.Count());
    }

    public static TheoryData<string> ValidMethods { get; } =
    [
        "[KLDivLoss] public static partial float Loss(ReadOnlySpan<float> input, ReadOnlySpan<float> target);",
        "[KLDivLoss(Reduction = Reductions.Sum)] static partial void Loss(Span<float> a, Span<float> b, Span<float> gradInput);",
        "[KLDivLoss] public static partial double Loss(Span<float> a, Span<float> b);",
        "[KLDivLoss] public static partial double Loss(Span<double> a, Span<double> b);",
        "[KLDivLoss] public static partial double Loss(Span<float> a, Span<double> b);",
        "[KLDivLoss] public static partial float Loss(Span<double> a, Span<float> b);",
        "[KLDivLoss] public static partial Half Loss(Span<Half> a, Span<Half> b);",
        "[KLDivLoss] public static partial float Loss(Span<Half> a, Span<Half> b);",
        "[KLDivLoss] public static partial double Loss(Span<Half> a, Span<Half> b);",
        "[KLDivLoss] public static partial System.Numerics.BFloat16 Loss(Span<System.Numerics.BFloat16> a, Span<System.Numerics.BFloat16> b);",
        "[KLDivLoss] public static partial float Loss(Span<System.Numerics.BFloat16> a, Span<TorchSharp.BFloat16> b);",
        "[KLDivLoss] public static partial float Loss(Span<System.Numerics.BFloat16> a, Span<Half> b);",
        "[KLDivLoss] public static partial Half Loss(Span<Half> a, Span<Microsoft.ML.OnnxRuntime.Float16> b);",
        "[KLDivLoss] public static partial double Loss(TensorSpan<Microsoft.ML.OnnxRuntime.BFloat16> a, TensorSpan<double> b);",
        """
        [KLDivLoss(Reduction = "batchmean")]
        public static partial float Loss(ReadOnlySpan<float> a, ReadOnlySpan<float> b, int batchSize);
        """,
        """
        [KLDivLoss(Reduction = "batchmean")]
        public static partial float Loss(ReadOnlyTensorSpan<float> a, in ReadOnlyTensorSpan<float> b);
        """,
        """
        [KLDivLoss(Reduction = "none")]
        public static partial void Loss(ReadOnlySpan<Half> a, ReadOnlySpan<float> b, Span<float> output);
        """,
        """
        [KLDivLoss(Reduction = "none")]
        public static partial void Loss(
            ReadOnlySpan<float> a, ReadOnlySpan<double> b, ReadOnlySpan<double> gradOutput, Span<float> gradInput, Span<double> gradTarget);
        """,
        """
        [KLDivLoss(Reduction = "none", LogTarget = true, Dialect = "strict", Deterministic = true)]
        public static partial void Loss(
            ref readonly ReadOnlyTensorSpan<float> a, scoped in ReadOnlyTensorSpan<float> b, TensorSpan<float> gradTarget,
            TensorSpan<float> output, TensorSpan<float> gradOutput);
        """,
        """
        [KLDivLoss]
        public static partial float Loss(this ReadOnlySpan<float> a, params ReadOnlySpan<float> target);
        """,
        """
        [KLDivLoss]
        public static partial double Loss(
            scoped ReadOnlySpan<float> a, scoped ReadOnlySpan<float> b, double gradOutput, scoped Span<float> gradInput);
        """,
    ];

    private static (string, Location) Describe(Diagnostic diagnostic) => (diagnostic.ToString(), diagnostic.Location);

    private static string Quote(Markup source, TextSpan span) => $"{span.Start}: {source.Text.Substring(span.Start, span.Length)}";
}
