using KlDivGen.Generator.Usage;

namespace KlDivGen.Generator.Tests.Usage;

/// <summary>KLDIV104 warns of the same elements as input and target.</summary>
public sealed class SameDataTests
{
    [Theory]
    [InlineData("Sum(x, {|KLDIV104:x|});")]
    [InlineData("SumLog(y, {|KLDIV104:y.AsSpan()|});")]
    [InlineData("Sum(x[..n], {|KLDIV104:x[..n]|});")]
    [InlineData("Sum(x.Slice(n), {|KLDIV104:x.Slice(n)|});")]
    [InlineData("Sum(field, {|KLDIV104:this.field|});")]
    [InlineData("Sum(target: {|KLDIV104:y|}, input: y);")]
    public Task The_same_data_is_reported(string statements) =>
        LossCalls.Test<SameDataAnalyzer>(statements).RunAsync(TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("Sum(x, y);")]
    [InlineData("Sum(x[..n], x[n..]);")]
    [InlineData("Sum(x, x[n..]);")]
    [InlineData("Sum(new float[n], new float[n]);")]
    [InlineData("Other(x, x);")]
    public Task Different_data_is_accepted(string statements) =>
        LossCalls.Test<SameDataAnalyzer>(statements).RunAsync(TestContext.Current.CancellationToken);
}
