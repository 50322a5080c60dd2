using System.Collections.Immutable;
using KlDivGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace KlDivGen.Generator.Tests;

/// <summary>Which methods compute rows, and what the parser reads of them.</summary>
public sealed class RowParserTests
{
    private const string Both = "InputLogits = true, TargetLogits = true";
    private const string Flat = "ReadOnlySpan<float> x, ReadOnlySpan<float> y, int classes";
    private const string Tensors = "ReadOnlyTensorSpan<float> x, ReadOnlyTensorSpan<float> y";

    private static readonly RowSpec Plain = new(
        InputLogits: false,
        TargetLogits: false,
        Temperature: 1,
        TemperatureParameter: null,
        TemperatureSquared: false,
        HasMask: false,
        Weights: null);

    private static readonly RowSpec Logits = Plain with { InputLogits = true, TargetLogits = true };

    /// <summary>A mean over flat spans of float, with a returned loss.</summary>
    private static readonly KernelSpec Mean = new(
        Reduction.Mean,
        LogTarget: false,
        Dialect.Paddle,
        Deterministic: false,
        Parallel: false,
        Divergence.Forward,
        Beta: 0.5,
        Rows: null,
        DataKind.Span,
        Input: ElementType.Single,
        Target: ElementType.Single,
        Output: null,
        GradOutput: null,
        GradInput: null,
        GradTarget: null,
        new ReturnType(ElementType.Single));

    private static readonly KernelSpec EachRow = Mean with { Reduction = Reduction.Row, Return = ReturnType.Void };

    private static IReadOnlyDictionary<string, KernelSpec> Methods { get; } = new Dictionary<string, KernelSpec>
    {
        // What makes rows.
        [$"[KLDivLoss({Both})] static partial float Loss({Flat});"] = Mean with { Rows = Logits },
        [$"[KLDivLoss(InputLogits = true)] static partial float Loss({Flat});"] = Mean with { Rows = Plain with { InputLogits = true } },
        [$"[KLDivLoss(TargetLogits = true)] static partial float Loss({Flat});"] = Mean with { Rows = Plain with { TargetLogits = true } },
        [$"[KLDivLoss] static partial float Loss({Flat}, ReadOnlySpan<bool> mask);"] = Mean with { Rows = Plain with { HasMask = true } },
        [$"[KLDivLoss] static partial float Loss({Flat}, Span<float> weights);"] =
            Mean with { Rows = Plain with { Weights = ElementType.Single } },
        [$"[KLDivLoss(Reduction = \"row\")] static partial void Loss({Flat}, Span<float> output);"] =
            EachRow with { Rows = Plain, Output = ElementType.Single },
        [$"[KLDivLoss(Reduction = \"batchmean\")] static partial float Loss({Flat});"] =
            Mean with { Reduction = Reduction.BatchMean, Rows = Plain },
        [$"[KLDivLoss(Reduction = \"batchmean\", {Both})] static partial double Loss({Flat});"] =
            Mean with { Reduction = Reduction.BatchMean, Rows = Logits, Return = new ReturnType(ElementType.Double) },

        // What does not.
        ["[KLDivLoss(InputLogits = false)] static partial float Loss(Span<float> x, Span<float> y);"] = Mean,
        ["[KLDivLoss(TemperatureSquared = false, Divergence = \"forward\")] static partial float Loss(Span<float> x, Span<float> y);"] = Mean,
        ["[KLDivLoss(Reduction = \"batchmean\")] static partial float Loss(Span<float> x, Span<float> y, int batchSize);"] =
            Mean with { Reduction = Reduction.BatchMean },
        [$"[KLDivLoss] static partial float Loss({Tensors});"] = Mean with { DataKind = DataKind.TensorSpan },

        // Temperatures.
        [$"[KLDivLoss({Both}, Temperature = 2)] static partial float Loss({Flat});"] =
            Mean with { Rows = Logits with { Temperature = 2 } },
        [$"[KLDivLoss({Both}, Temperature = 0.5f, TemperatureSquared = true)] static partial float Loss({Flat});"] =
            Mean with { Rows = Logits with { Temperature = 0.5, TemperatureSquared = true } },
        [$"const double Tau = 3; [KLDivLoss({Both}, Temperature = Tau + 1)] static partial float Loss({Flat});"] =
            Mean with { Rows = Logits with { Temperature = 4 } },
        [$"[KLDivLoss({Both}, Temperature = 4, TemperatureSquared = true)] static partial float Loss({Flat});"] =
            Mean with { Rows = Logits with { Temperature = 4, TemperatureSquared = true } },
        [$"[KLDivLoss({Both}, TemperatureSquared = true)] static partial float Loss({Flat}, float temperature);"] =
            Mean with { Rows = Logits with { TemperatureParameter = ElementType.Single, TemperatureSquared = true } },
        [$"[KLDivLoss(InputLogits = true)] static partial float Loss({Flat}, in double temperature = 2);"] =
            Mean with { Rows = Plain with { InputLogits = true, TemperatureParameter = ElementType.Double } },

        // Divergences.
        [$"[KLDivLoss({Both}, Divergence = Divergences.Reverse)] static partial float Loss({Flat});"] =
            Mean with { Divergence = Divergence.Reverse, Rows = Logits },
        [$"[KLDivLoss({Both}, Divergence = \"jsd\")] static partial float Loss({Flat});"] =
            Mean with { Divergence = Divergence.JensenShannon, Rows = Logits },
        [$"[KLDivLoss({Both}, Divergence = Divergences.JensenShannon, Beta = 0.1)] static partial float Loss({Flat});"] =
            Mean with { Divergence = Divergence.JensenShannon, Beta = 0.1, Rows = Logits },

        // Targets that are no logits, whose dialect has a meaning.
        [$"[KLDivLoss(InputLogits = true, LogTarget = true, Dialect = \"strict\")] static partial float Loss({Flat});"] =
            Mean with { LogTarget = true, Dialect = Dialect.Strict, Rows = Plain with { InputLogits = true } },
        [$"[KLDivLoss(InputLogits = true, Dialect = \"pytorch\", Deterministic = true)] static partial float Loss({Flat});"] =
            Mean with { Dialect = Dialect.PyTorch, Deterministic = true, Rows = Plain with { InputLogits = true } },

        // Gradients.
        [$"[KLDivLoss({Both})] static partial float Loss({Flat}, double gradOutput, Span<float> gradInput, Span<float> gradTarget);"] =
            Mean with
            {
                Rows = Logits, GradOutput = ElementType.Double, GradInput = ElementType.Single, GradTarget = ElementType.Single,
            },
        [$"[KLDivLoss({Both}, Reduction = \"row\")] static partial void Loss({Flat}, ReadOnlySpan<float> gradOutput, Span<float> gradInput);"] =
            EachRow with { Rows = Logits, GradOutput = ElementType.Single, GradInput = ElementType.Single },
        [$"[KLDivLoss({Both}, Reduction = \"none\")] static partial void Loss({Flat}, Span<float> gradInput, Span<float> output);"] =
            Mean with
            {
                Reduction = Reduction.None,
                Rows = Logits,
                Output = ElementType.Single,
                GradInput = ElementType.Single,
                Return = ReturnType.Void,
            },
        [$"[KLDivLoss(Reduction = \"none\")] static partial void Loss({Flat}, Span<bool> mask, Span<float> gradOutput, Span<float> gradInput);"] =
            Mean with
            {
                Reduction = Reduction.None,
                Rows = Plain with { HasMask = true },
                GradOutput = ElementType.Single,
                GradInput = ElementType.Single,
                Return = ReturnType.Void,
            },

        // Tensor spans.
        [$"[KLDivLoss({Both})] static partial float Loss({Tensors}, ReadOnlySpan<bool> mask, ReadOnlySpan<float> weights);"] =
            Mean with { DataKind = DataKind.TensorSpan, Rows = Logits with { HasMask = true, Weights = ElementType.Single } },
        [$"[KLDivLoss(Reduction = \"row\")] static partial void Loss({Tensors}, TensorSpan<float> output, TensorSpan<float> gradOutput, TensorSpan<float> gradInput);"] =
            EachRow with
            {
                DataKind = DataKind.TensorSpan,
                Rows = Plain,
                Output = ElementType.Single,
                GradOutput = ElementType.Single,
                GradInput = ElementType.Single,
            },

        // Element types.
        ["[KLDivLoss(InputLogits = true)] static partial float Loss(Span<Half> x, Span<TorchSharp.BFloat16> y, int classes, Span<float> weights);"] =
            Mean with
            {
                Input = ElementType.Half,
                Target = ElementType.TorchSharpBFloat16,
                Rows = Plain with { InputLogits = true, Weights = ElementType.Single },
            },
        ["[KLDivLoss(Reduction = \"row\")] static partial void Loss(Span<Half> x, Span<Half> y, int classes, Span<Half> output, Span<Half> weights);"] =
            EachRow with
            {
                Input = ElementType.Half, Target = ElementType.Half, Output = ElementType.Half, Rows = Plain with { Weights = ElementType.Half },
            },
    };

    public static TheoryData<string> Accepted { get; } = [.. Methods.Keys];

    [Theory]
    [MemberData(nameof(Accepted))]
    public async Task A_valid_method_is_read(string method)
    {
        CSharpCompilation compilation = Roslyn.Compile(DiagnosticCases.In(method));

        Assert.Empty(await Roslyn.AnalyzeAsync(compilation));
        Assert.Equal(Methods[method], Assert.Single(Roslyn.Specs(compilation)).Kernel);
    }

    /// <summary>The role follows from the name, however it is spelled, and from nothing else.</summary>
    [Fact]
    public void Parameters_are_read_in_any_order_and_with_any_spelling()
    {
        MethodSpec method = Roslyn.Spec(DiagnosticCases.In("""
            [KLDivLoss(InputLogits = true, TargetLogits = true)]
            static partial float Loss(
                ReadOnlySpan<float> mask, ReadOnlySpan<float> @weights, ref readonly double @temperature, scoped Span<float> gradInput,
                in int cl\u0061sses);
            """));

        Assert.Equal(
            [ParameterRole.Input, ParameterRole.Target, ParameterRole.Temperature, ParameterRole.GradInput, ParameterRole.Classes],
            method.Parameters.Select(parameter => parameter.Role));
        Assert.Equal(ElementType.Double, method.Kernel.Rows?.TemperatureParameter);
        Assert.False(method.Kernel.Rows?.HasMask);
        Assert.Null(method.Kernel.Rows?.Weights);
    }

    [Fact]
    public void Parameters_are_declared_as_the_user_declares_them()
    {
        MethodSpec method = Roslyn.Spec(DiagnosticCases.In("""
            [KLDivLoss(TargetLogits = true)]
            static partial double Loss(
                Span<double> x, Span<float> y, int @classes, in ReadOnlySpan<bool> mask, scoped Span<double> weights, float temperature = 1);
            """));

        Assert.Equal(
            [
                new ParameterSpec(ParameterRole.Classes, "@classes", "classes", string.Empty, "int", ParameterShape.Scalar, null),
                new ParameterSpec(ParameterRole.Mask, "mask", "mask", "in ", "global::System.ReadOnlySpan<bool>", ParameterShape.ReadOnlySpan, null),
                new ParameterSpec(
                    ParameterRole.Weights, "weights", "weights", "scoped ", "global::System.Span<double>", ParameterShape.Span, ElementType.Double),
                new ParameterSpec(
                    ParameterRole.Temperature, "temperature", "temperature", string.Empty, "float", ParameterShape.Scalar, ElementType.Single),
            ],
            method.Parameters.Skip(2));
    }

    /// <summary>Source that is being edited never makes the parser fail.</summary>
    [Fact]
    public async Task Incomplete_source_is_parsed()
    {
        const string Source = """
            partial class C
            {
                [KLDivLoss(Reduction = "row", InputLogits = true, Temperature = 2, TemperatureSquared = true, Divergence = "jsd", Beta = .3)]
                partial void Each(Span<float> x, Span<float> y, int classes, Span<float> output, Span<bool> mask, Span<float> weights);
            }
            """;
        CSharpCompilation compilation = Roslyn.Compile(string.Empty);
        foreach (string source in Enumerable.Range(0, Source.Length).Select(length => Source[..length])
            .Concat(Enumerable.Range(0, Source.Length).Select(start => Source.Remove(start, 1))))
        {
            SyntaxTree edited = compilation.SyntaxTrees[^1];
            compilation = compilation.ReplaceSyntaxTree(edited, Roslyn.Parse(source, edited.FilePath));
            ImmutableArray<Diagnostic> found = await Roslyn.AnalyzeAsync(compilation);

            Assert.DoesNotContain(found, diagnostic => diagnostic.Id == "AD0001");
        }
    }
}
