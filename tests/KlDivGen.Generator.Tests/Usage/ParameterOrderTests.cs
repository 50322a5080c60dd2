using KlDivGen.CodeFixes;
using KlDivGen.Generator.Usage;

namespace KlDivGen.Generator.Tests.Usage;

/// <summary>KLDIV101 warns of an input named like a target and a target named like an input, and its fix swaps them.</summary>
public sealed class ParameterOrderTests
{
    /// <summary>Parameters before and after the fix.</summary>
    public static TheoryData<string, string> Swapped { get; } = new()
    {
        {
            "ReadOnlySpan<float> {|KLDIV101:target|}, ReadOnlySpan<float> input",
            "ReadOnlySpan<float> input, ReadOnlySpan<float> target"
        },
        {
            "ReadOnlySpan<float> {|KLDIV101:teacherProbs|}, /* the other */ Span<float> y",
            "Span<float> y, /* the other */ ReadOnlySpan<float> teacherProbs"
        },
        {
            "ReadOnlySpan<float> x, ReadOnlySpan<double> {|KLDIV101:predictions|}",
            "ReadOnlySpan<double> predictions, ReadOnlySpan<float> x"
        },
        {
            "ReadOnlySpan<float> {|KLDIV101:labels|}, ReadOnlySpan<float> logits, Span<float> gradInput",
            "ReadOnlySpan<float> logits, ReadOnlySpan<float> labels, Span<float> gradInput"
        },
        {
            "in ReadOnlyTensorSpan<float> p, TensorSpan<float> {|KLDIV101:student_log_probs|}",
            "TensorSpan<float> student_log_probs, in ReadOnlyTensorSpan<float> p"
        },
    };

    /// <summary>Parameters without a diagnostic.</summary>
    public static TheoryData<string> Accepted { get; } =
    [
        "ReadOnlySpan<float> input, ReadOnlySpan<float> target",
        "ReadOnlySpan<float> x, ReadOnlySpan<float> y",
        "ReadOnlySpan<float> p, ReadOnlySpan<float> q",
        "ReadOnlySpan<float> student, ReadOnlySpan<float> teacher",
        "ReadOnlySpan<float> studentLogits, ReadOnlySpan<float> teacherLogits",
        "ReadOnlySpan<float> predictedLabels, ReadOnlySpan<float> labels",
        "ReadOnlySpan<float> inputs, ReadOnlySpan<float> targetInputs",
        "ReadOnlySpan<float> retarget, ReadOnlySpan<float> inputted",
    ];

    [Theory]
    [MemberData(nameof(Swapped))]
    public Task Swapped_parameters_are_reported_and_swapped(string before, string after) =>
        new UsageCodeFixTest<ParameterOrderAnalyzer, SwapParametersCodeFixProvider>(In(before), In(after))
            .RunAsync(TestContext.Current.CancellationToken);

    [Theory]
    [MemberData(nameof(Accepted))]
    public Task Other_names_are_accepted(string parameters) =>
        new AnalyzerTest<ParameterOrderAnalyzer>(In(parameters)).RunAsync(TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("this ReadOnlySpan<float> {|KLDIV101:target|}, ReadOnlySpan<float> input", "")]
    [InlineData("ReadOnlySpan<float> {|KLDIV101:target|}, params ReadOnlySpan<float> input", "")]
    [InlineData("ReadOnlySpan<float> {|KLDIV101:target|}, ReadOnlySpan<float> input", "static double Call(float[] t, float[] x) => Loss(t, x);")]
    public Task Parameters_are_not_swapped_where_that_would_break_code(string parameters, string caller) =>
        new UsageCodeFixTest<ParameterOrderAnalyzer, SwapParametersCodeFixProvider>(In(parameters, caller), In(parameters, caller))
            .RunAsync(TestContext.Current.CancellationToken);

    [Fact]
    public Task Logits_may_be_the_target_if_the_settings_say_so() =>
        new AnalyzerTest<ParameterOrderAnalyzer>("""
            static partial class C
            {
                [KLDivLoss(Reduction = "sum", TargetLogits = true)]
                public static partial float Loss(ReadOnlySpan<float> x, ReadOnlySpan<float> logits, int classes);
            }
            """)
            .RunAsync(TestContext.Current.CancellationToken);

    [Fact]
    public Task Other_methods_are_not_checked() =>
        new AnalyzerTest<ParameterOrderAnalyzer>(
            "static class C { public static float Loss(ReadOnlySpan<float> target, ReadOnlySpan<float> input) => 0; }")
            .RunAsync(TestContext.Current.CancellationToken);

    private static string In(string parameters, string member = "") =>
        $"static partial class Losses\n{{\n    [KLDivLoss] public static partial double Loss({parameters});\n    {member}\n}}";
}
