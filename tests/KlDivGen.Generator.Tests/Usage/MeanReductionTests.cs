using KlDivGen.CodeFixes;
using KlDivGen.Generator.Usage;
using Microsoft.CodeAnalysis;

namespace KlDivGen.Generator.Tests.Usage;

/// <summary>KLDIV100 suggests "batchmean" where rows are known or meant, at the setting, and its fix compiles.</summary>
public sealed class MeanReductionTests
{
    private const string Flat = "(ReadOnlySpan<float> input, ReadOnlySpan<float> target)";
    private const string FlatWithBatch = "(ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize)";
    private const string Rows = "(ReadOnlySpan<float> input, ReadOnlySpan<float> target, int classes)";
    private const string Tensors = "(ReadOnlyTensorSpan<float> input, in TensorSpan<float> target)";

    /// <summary>Members before and after the fix.</summary>
    public static TheoryData<string, string> Suggestions { get; } = new()
    {
        {
            $"[{{|KLDIV100:KLDivLoss|}}] public static partial float Loss{Tensors};",
            $"[KLDivLoss(Reduction = \"batchmean\")] public static partial float Loss{Tensors};"
        },
        {
            $"[{{|KLDIV100:KLDivLoss|}}(LogTarget = true)] public static partial float Loss{Tensors};",
            $"[KLDivLoss(Reduction = \"batchmean\", LogTarget = true)] public static partial float Loss{Tensors};"
        },
        {
            $"[KLDivLoss(LogTarget = true, Reduction = /* why */ {{|KLDIV100:\"mean\"|}})] public static partial float Loss{Tensors};",
            $"[KLDivLoss(LogTarget = true, Reduction = /* why */ \"batchmean\")] public static partial float Loss{Tensors};"
        },
        {
            $"[KLDivLoss(Reduction = {{|KLDIV100:Reductions.Mean|}})] public static partial float Loss{Tensors};",
            $"[KLDivLoss(Reduction = Reductions.BatchMean)] public static partial float Loss{Tensors};"
        },
        {
            $"private const string Chosen = \"mean\"; [KLDivLoss(Reduction = {{|KLDIV100:Chosen|}})] public static partial float Loss{Tensors};",
            $"private const string Chosen = \"mean\"; [KLDivLoss(Reduction = \"batchmean\")] public static partial float Loss{Tensors};"
        },
        {
            $"[{{|KLDIV100:KLDivLossAttribute|}}()] public static partial float Distill{Flat};",
            $"[KLDivLossAttribute(Reduction = \"batchmean\")] public static partial float Distill{FlatWithBatch};"
        },
        {
            $"[{{|KLDIV100:KlDivGen.KLDivLoss|}}] public static partial float DistillationLoss{Flat};",
            $"[KlDivGen.KLDivLoss(Reduction = \"batchmean\")] public static partial float DistillationLoss{FlatWithBatch};"
        },
        {
            $"[KLDivLoss(Reduction = {{|KLDIV100:\"mean\"|}})] public static partial float ComputeKLDivergence{Flat};",
            $"[KLDivLoss(Reduction = \"batchmean\")] public static partial float ComputeKLDivergence{FlatWithBatch};"
        },
        {
            $"[KLDivLoss(Reduction = {{|KLDIV100:\"mean\"|}})] public static partial float kl_div{Flat};",
            $"[KLDivLoss(Reduction = \"batchmean\")] public static partial float kl_div{FlatWithBatch};"
        },
        {
            $"[KLDivLoss(Reduction = {{|KLDIV100:\"mean\"|}})] public static partial float BatchMean{Flat};",
            $"[KLDivLoss(Reduction = \"batchmean\")] public static partial float BatchMean{FlatWithBatch};"
        },
        {
            $"[KLDivLoss(Reduction = {{|KLDIV100:\"mean\"|}})] public static partial float BatchMean{Tensors};",
            $"[KLDivLoss(Reduction = \"batchmean\")] public static partial float BatchMean{Tensors};"
        },
        {
            "[{|KLDIV100:KLDivLoss|}] public static partial float BatchLoss(Span<float> x, Span<float> y, float gradOutput = 1, params Span<float> gradInput);",
            "[KLDivLoss(Reduction = \"batchmean\")] public static partial float BatchLoss(Span<float> x, Span<float> y, int batchSize, float gradOutput = 1, params Span<float> gradInput);"
        },
        {
            $"[{{|KLDIV100:KLDivLoss|}}] public static partial float Loss{Tensors}; [{{|KLDIV100:KLDivLoss|}}] public static partial float Kldiv{Flat};",
            $"[KLDivLoss(Reduction = \"batchmean\")] public static partial float Loss{Tensors}; [KLDivLoss(Reduction = \"batchmean\")] public static partial float Kldiv{FlatWithBatch};"
        },
    };

    /// <summary>Members over flat spans that know their rows, before and after the fix.</summary>
    public static TheoryData<string, string> RowSuggestions { get; } = new()
    {
        {
            $"[{{|KLDIV100:KLDivLoss|}}(InputLogits = true, TargetLogits = true)] public static partial float Loss{Rows};",
            $"[KLDivLoss(Reduction = \"batchmean\", InputLogits = true, TargetLogits = true)] public static partial float Loss{Rows};"
        },
        {
            $"[KLDivLoss(Reduction = {{|KLDIV100:Reductions.Mean|}}, InputLogits = true)] public static partial float DistillationLoss{Rows};",
            $"[KLDivLoss(Reduction = Reductions.BatchMean, InputLogits = true)] public static partial float DistillationLoss{Rows};"
        },
        {
            "[{|KLDIV100:KLDivLoss|}] public static partial float Loss(Span<float> x, Span<float> y, int classes, Span<float> weights);",
            "[KLDivLoss(Reduction = \"batchmean\")] public static partial float Loss(Span<float> x, Span<float> y, int classes, Span<float> weights);"
        },
    };

    /// <summary>Members with a diagnostic whose fix would not compile.</summary>
    public static TheoryData<string> Obstacles { get; } =
    [
        $"[{{|KLDIV100:KLDivLoss|}}] public static partial float Distill{Flat}; public static float F() => Distill([-1f], [1f]);",
        $"[{{|KLDIV100:KLDivLoss|}}] public static partial float Distill{Flat}; static void F(Loss f) => F(Distill); delegate float Loss{Flat};",
        "[{|KLDIV100:KLDivLoss|}] public static partial float Distill(ReadOnlySpan<float> batchSize, ReadOnlySpan<float> y);",
        "[{|KLDIV100:KLDivLoss|}] public static partial float Distill(ReadOnlySpan<float> x, params ReadOnlySpan<float> y);",
        $"[{{|KLDIV100:KLDivLoss|}}] public static partial float Distill{Flat}; static float Distill{FlatWithBatch} => 0;",
    ];

    /// <summary>Members without a diagnostic.</summary>
    public static TheoryData<string> Accepted { get; } =
    [
        $"[KLDivLoss] public static partial float Loss{Flat};",
        $"[KLDivLoss(Reduction = \"mean\")] public static partial float Classify{Flat};",
        $"[KLDivLoss(Reduction = \"mean\")] public static partial float MeanDivergence{Flat};",
        $"[KLDivLoss(Reduction = \"mean\")] public static partial float Mean{Tensors};",
        $"[KLDivLoss] public static partial float AverageOfBatch{Tensors};",
        $"[KLDivLoss(InputLogits = true, TargetLogits = true)] public static partial float MeanLoss{Rows};",
        $"[KLDivLoss(Reduction = \"sum\", InputLogits = true, TargetLogits = true)] public static partial float Loss{Rows};",
        $"[KLDivLoss(Reduction = \"sum\")] public static partial float Divergence{Flat};",
        $"[KLDivLoss(Reduction = \"batchmean\")] public static partial float Divergence{FlatWithBatch};",
        $"[KLDivLoss(Reduction = \"batchmean\")] public static partial float Divergence{Tensors};",
        "[KLDivLoss(Reduction = \"none\")] public static partial void Each(TensorSpan<float> x, TensorSpan<float> y, TensorSpan<float> output);",
        "public static float Distill(ReadOnlySpan<float> input, ReadOnlySpan<float> target) => 0;",
        "[Obsolete] public static float Distill(ReadOnlySpan<float> input, ReadOnlySpan<float> target) => 0;",
    ];

    [Theory]
    [MemberData(nameof(Suggestions))]
    public Task A_mean_is_reported_and_changed(string before, string after) =>
        new UsageCodeFixTest<MeanReductionAnalyzer, UseBatchMeanCodeFixProvider>(In(before), In(after))
            .RunAsync(TestContext.Current.CancellationToken);

    /// <summary>No parameter is added: the method counts its rows. Other tests compile the generated code of rows.</summary>
    [Theory]
    [MemberData(nameof(RowSuggestions))]
    public Task A_mean_over_rows_is_reported_and_changed(string before, string after) =>
        new UsageCodeFixTest<MeanReductionAnalyzer, UseBatchMeanCodeFixProvider>(In(before), In(after))
            .WithoutGenerator()
            .RunAsync(TestContext.Current.CancellationToken);

    [Theory]
    [MemberData(nameof(Obstacles))]
    public Task A_mean_is_reported_and_not_changed_if_the_result_would_not_compile(string member) =>
        new UsageCodeFixTest<MeanReductionAnalyzer, UseBatchMeanCodeFixProvider>(In(member), In(member))
            .RunAsync(TestContext.Current.CancellationToken);

    [Fact]
    public Task A_method_of_an_interface_keeps_its_parameters()
    {
        string source = $$"""
            interface ILoss { float Distill{{Flat}}; }
            partial class C : ILoss { [{|KLDIV100:KLDivLoss|}] public partial float Distill{{Flat}}; }
            """;
        return new UsageCodeFixTest<MeanReductionAnalyzer, UseBatchMeanCodeFixProvider>(source, source)
            .RunAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [MemberData(nameof(Accepted))]
    public Task A_sum_over_rows_or_a_mean_that_the_name_announces_is_accepted(string member) =>
        new AnalyzerTest<MeanReductionAnalyzer>(In(member)).RunAsync(TestContext.Current.CancellationToken);

    [Fact]
    public void It_is_a_suggestion() =>
        Assert.Equal(DiagnosticSeverity.Info, Assert.Single(new MeanReductionAnalyzer().SupportedDiagnostics).DefaultSeverity);

    private static string In(string member) => $"static partial class Losses\n{{\n    {member}\n}}";
}
