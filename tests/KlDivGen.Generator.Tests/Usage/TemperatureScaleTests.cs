using KlDivGen.CodeFixes;
using KlDivGen.Generator.Usage;
using Microsoft.CodeAnalysis;

namespace KlDivGen.Generator.Tests.Usage;

/// <summary>KLDIV106 suggests TemperatureSquared where a loss with a temperature is added to another loss.</summary>
public sealed class TemperatureScaleTests
{
    private const string AtRunTime = """
        [KLDivLoss(InputLogits = true, TargetLogits = true)]
        public static partial float AtRunTime(ReadOnlySpan<float> student, ReadOnlySpan<float> teacher, int classes, float temperature);
        """;

    [Theory]
    [InlineData("return Hard(x) + {|KLDIV106:Distill(x, y, 3)|};")]
    [InlineData("return (0.1f * Hard(x)) + (0.9f * {|KLDIV106:Distill(x, y, 3)|});")]
    [InlineData("float loss = Hard(x); loss += {|KLDIV106:Distill(x, y, 3)|} * 0.5f; return loss;")]
    [InlineData("float loss = Hard(x); loss = loss + {|KLDIV106:Distill(x, y, 3)|}; return loss;")]
    public Task A_sum_with_another_loss_is_reported_and_the_setting_added(string statements) =>
        new UsageCodeFixTest<TemperatureScaleAnalyzer, SetSettingCodeFixProvider>(
            In("Temperature = 2", statements),
            In("TemperatureSquared = true, Temperature = 2", statements.Replace("{|KLDIV106:", "", StringComparison.Ordinal)
                .Replace("|}", "", StringComparison.Ordinal)))
            .RunAsync(TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("return Hard(x) + {|KLDIV106:AtRunTime(x, y, 3, 4)|};")]
    [InlineData("float loss = 0; foreach (float f in x) { float step = Hard(x); step += {|KLDIV106:Distill(x, y, 3)|}; } return loss;")]
    public Task A_sum_with_another_loss_is_reported(string statements) =>
        new AnalyzerTest<TemperatureScaleAnalyzer>(In("Temperature = 2", statements)).RunAsync(TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("Temperature = 2", "return Distill(x, y, 3);")]
    [InlineData("Temperature = 2", "return 1 + Distill(x, y, 3);")]
    [InlineData("Temperature = 2", "return Hard(x) + (4 * Distill(x, y, 3));")]
    [InlineData("Temperature = 2", "float temperature = 2; return Hard(x) + (temperature * temperature * Distill(x, y, 3));")]
    [InlineData("Temperature = 2", "double total = 0; for (int i = 0; i < 3; i++) { total += Distill(x, y, 3); } return (float)total;")]
    [InlineData("Temperature = 2", "return Hard(x) - Distill(x, y, 3);")]
    [InlineData("Temperature = 2, TemperatureSquared = true", "return Hard(x) + Distill(x, y, 3);")]
    [InlineData("Temperature = 1", "return Hard(x) + Distill(x, y, 3);")]
    [InlineData("Reduction = \"sum\"", "return Hard(x) + Distill(x, y, 3);")]
    public Task Other_calls_are_accepted(string settings, string statements) =>
        new AnalyzerTest<TemperatureScaleAnalyzer>(In(settings, statements)).RunAsync(TestContext.Current.CancellationToken);

    [Fact]
    public void It_is_a_suggestion() =>
        Assert.Equal(DiagnosticSeverity.Info, Assert.Single(new TemperatureScaleAnalyzer().SupportedDiagnostics).DefaultSeverity);

    private static string In(string settings, string statements) => $$"""
        static partial class Losses
        {
            [KLDivLoss({{settings}}, InputLogits = true, TargetLogits = true)]
            public static partial float Distill(ReadOnlySpan<float> student, ReadOnlySpan<float> teacher, int classes);

            {{(statements.Contains("AtRunTime", StringComparison.Ordinal) ? AtRunTime : string.Empty)}}

            public static float Hard(float[] logits) => logits[0];

            public static float Run(float[] x, float[] y)
            {
                {{statements}}
            }
        }
        """;
}
