using KlDivGen.CodeFixes;
using KlDivGen.Generator.Usage;

namespace KlDivGen.Generator.Tests.Usage;

/// <summary>KLDIV103 warns of a target whose values certainly contradict LogTarget.</summary>
public sealed class TargetContentsTests
{
    [Theory]
    [InlineData("TensorPrimitives.Log(scores, z); Sum(x, {|KLDIV103:z|});")]
    [InlineData("LogSoftmax(y, n); Sum(x, {|KLDIV103:y|});")]
    [InlineData("for (int i = 0; i < n; i++) { y[i] = (float)Math.Log(scores[i]); } Sum(x, {|KLDIV103:y|});")]
    [InlineData("TensorPrimitives.SoftMax(scores, z); SumLog(x, {|KLDIV103:z|});")]
    [InlineData("TensorPrimitives.SoftMax(scores, z); Logits(x, {|KLDIV103:z|}, 3);")]
    [InlineData("Softmax(scores, y); SumLog(x, {|KLDIV103:y.AsSpan()|});")]
    [InlineData("Tensor<float> t = Tensor.Log<float>(Tensor.Create(scores, [1, 3])); Shaped(Tensor.Create(y, [1, 3]), {|KLDIV103:t|});")]
    public Task A_contradiction_is_reported(string statements) =>
        LossCalls.Test<TargetContentsAnalyzer>(statements).RunAsync(TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("[KLDivLoss]", "[KLDivLoss(LogTarget = true)]", "Log")]
    [InlineData("[KLDivLoss(LogTarget = /* no */ false)]", "[KLDivLoss(LogTarget = /* no */ true)]", "Log")]
    [InlineData("[KLDivLoss(LogTarget = true, Dialect = \"strict\")]", "[KLDivLoss(LogTarget = false, Dialect = \"strict\")]", "SoftMax")]
    public Task LogTarget_is_set(string before, string after, string method) =>
        new UsageCodeFixTest<TargetContentsAnalyzer, SetSettingCodeFixProvider>(
            In(before, $"TensorPrimitives.{method}(s, y); return Loss(x, {{|KLDIV103:y|}});"),
            In(after, $"TensorPrimitives.{method}(s, y); return Loss(x, y);"))
            .RunAsync(TestContext.Current.CancellationToken);

    [Fact]
    public Task LogTarget_is_not_set_if_another_call_may_rely_on_it()
    {
        string source = In("[KLDivLoss]", "TensorPrimitives.Log(s, y); return Loss(x, {|KLDIV103:y|}) + Loss(y, x);");
        return new UsageCodeFixTest<TargetContentsAnalyzer, SetSettingCodeFixProvider>(source, source)
            .RunAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("TensorPrimitives.Log(scores, z); SumLog(x, z);")]
    [InlineData("TensorPrimitives.SoftMax(scores, z); Sum(x, z);")]
    [InlineData("TensorPrimitives.SoftMax(scores, z); TensorPrimitives.Log(z, z); SumLog(x, z);")]
    [InlineData("TensorPrimitives.Log(scores, z); TensorPrimitives.Exp(z, z); Sum(x, z);")]
    [InlineData("TensorPrimitives.Log(scores, z); TensorPrimitives.Abs(z, z); Sum(x, z);")]
    [InlineData("for (int i = 0; i < n; i++) { y[i] = (float)Math.Log(scores[i], 2); } Sum(x, y);")]
    [InlineData("TensorPrimitives.Log(scores, z); Sum(z, y);")]
    [InlineData("TensorPrimitives.Log(scores, z); Logits(x, z, 3);")]
    public Task Consistent_and_unknown_targets_are_accepted(string statements) =>
        LossCalls.Test<TargetContentsAnalyzer>(statements).RunAsync(TestContext.Current.CancellationToken);

    private static string In(string attribute, string statements) => $$"""
        static partial class Losses
        {
            {{attribute}} public static partial float Loss(ReadOnlySpan<float> input, ReadOnlySpan<float> target);

            public static float Run(float[] s, float[] x, float[] y)
            {
                {{statements}}
            }
        }
        """;
}
