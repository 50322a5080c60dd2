using KlDivGen.Generator.Usage;
using Microsoft.CodeAnalysis;

namespace KlDivGen.Generator.Tests.Usage;

/// <summary>KLDIV105 suggests a sum in double where a loop adds losses to a float.</summary>
public sealed class FloatSumTests
{
    [Theory]
    [InlineData("float sum = 0; for (int i = 0; i < n; i++) { {|KLDIV105:sum|} += Sum(x, y); }")]
    [InlineData("float sum = 0; while (condition) { {|KLDIV105:sum|} = sum + Sum(x, y); }")]
    [InlineData("float sum = 0; foreach (float weight in scores) { {|KLDIV105:sum|} += weight * (Sum(x, y) / n); }")]
    [InlineData("float sum = 0; do { {|KLDIV105:sum|} += (float)Shaped(default, default); } while (condition);")]
    [InlineData("for (int i = 0; i < n; i++) { {|KLDIV105:this.total|} += Sum(x, y); }")]
    [InlineData("for (int j = 0; j < n; j++) { float sum = 0; for (int i = 0; i < n; i++) { {|KLDIV105:sum|} += Sum(x, y); } }")]
    public Task A_float_sum_in_a_loop_is_reported(string statements) =>
        LossCalls.Test<FloatSumAnalyzer>(statements).RunAsync(TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("double sum = 0; for (int i = 0; i < n; i++) { sum += Sum(x, y); }")]
    [InlineData("float sum = 0; sum += Sum(x, y);")]
    [InlineData("for (int i = 0; i < n; i++) { float loss = 0; loss += Sum(x, y); loss += 1; }")]
    [InlineData("float loss = 0; for (int i = 0; i < n; i++) { loss = Sum(x, y) + Sum(y, x); }")]
    [InlineData("float sum = 0; for (int i = 0; i < n; i++) { sum -= Sum(x, y); }")]
    [InlineData("float sum = 0; for (int i = 0; i < n; i++) { sum += Other(x, y); }")]
    [InlineData("float sum = 0; foreach (float f in scores) { System.Action add = () => sum += Sum(y, scores); }")]
    public Task Other_sums_are_accepted(string statements) =>
        LossCalls.Test<FloatSumAnalyzer>(statements).RunAsync(TestContext.Current.CancellationToken);

    [Fact]
    public void It_is_a_suggestion() =>
        Assert.Equal(DiagnosticSeverity.Info, Assert.Single(new FloatSumAnalyzer().SupportedDiagnostics).DefaultSeverity);
}
