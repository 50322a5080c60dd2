using KlDivGen.Generator.Usage;

namespace KlDivGen.Generator.Tests.Usage;

/// <summary>KLDIV102 warns of an input that certainly holds probabilities, and of no other.</summary>
public sealed class InputContentsTests
{
    [Theory]
    [InlineData("TensorPrimitives.SoftMax(scores, x); Sum({|KLDIV102:x|}, y);")]
    [InlineData("TensorPrimitives.Exp(scores, x); SumLog({|KLDIV102:x|}, y);")]
    [InlineData("TensorPrimitives.SoftMax(scores, x); Logits({|KLDIV102:x|}, y, 3);")]
    [InlineData("TensorPrimitives.SoftMax(scores, x); Change(z); Sum({|KLDIV102:x[..n]|}, y);")]
    [InlineData("Softmax(scores, y); Sum(target: z, input: {|KLDIV102:y|});")]
    [InlineData("TensorPrimitives.SoftMax(scores, y); Sum({|KLDIV102:y.AsSpan(0, n)|}, z);")]
    [InlineData("for (int i = 0; i < n; i++) { TensorPrimitives.SoftMax(scores, x.Slice(i, 3)); } Sum({|KLDIV102:x|}, y);")]
    [InlineData("for (int i = 0; i < n; i++) { x[i] = MathF.Exp(scores[i]); } Sum({|KLDIV102:x|}, y);")]
    [InlineData("TensorPrimitives.Exp(scores, x); TensorPrimitives.Divide(x, TensorPrimitives.Sum<float>(x), x); Sum({|KLDIV102:x|}, y);")]
    [InlineData("if (condition) { TensorPrimitives.SoftMax(scores, x); Sum({|KLDIV102:x|}, y); }")]
    [InlineData("TensorPrimitives.SoftMax(scores, x); float first = x[0] + x.Length; Sum({|KLDIV102:x|}, y);")]
    [InlineData("TensorPrimitives.Log(scores, x); TensorPrimitives.SoftMax(scores, x); Sum({|KLDIV102:x|}, y);")]
    [InlineData("Tensor<float> p = Tensor.SoftMax<float>(Tensor.Create(scores, [1, 3])); Shaped({|KLDIV102:p|}, Tensor.Create(y, [1, 3]));")]
    public Task Probabilities_are_reported(string statements) =>
        LossCalls.Test<InputContentsAnalyzer>(statements).RunAsync(TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("Sum(x, y);")]
    [InlineData("TensorPrimitives.SoftMax(scores, x); TensorPrimitives.Log(x, x); Sum(x, y);")]
    [InlineData("TensorPrimitives.SoftMax(scores, z); TensorPrimitives.Log(z, x); Sum(x, z);")]
    [InlineData("TensorPrimitives.SoftMax(scores, x); Change(x); Sum(x, y);")]
    [InlineData("TensorPrimitives.SoftMax(scores, x); for (int i = 0; i < n; i++) { x[i] = MathF.Log(x[i]); } Sum(x, y);")]
    [InlineData("TensorPrimitives.SoftMax(scores, x); for (int i = 0; i < n; i++) { x[i] -= 1; } Sum(x, y);")]
    [InlineData("TensorPrimitives.SoftMax(scores, x); if (condition) { TensorPrimitives.Log(x, x); } Sum(x, y);")]
    [InlineData("if (condition) { TensorPrimitives.SoftMax(scores, x); } else { Change(x); } Sum(x, y);")]
    [InlineData("if (condition) { TensorPrimitives.SoftMax(scores, x); } else { Sum(x, y); }")]
    [InlineData("switch (n) { case 1: TensorPrimitives.SoftMax(scores, x); break; case 2: Sum(x, y); break; }")]
    [InlineData("TensorPrimitives.SoftMax(scores, y); y = scores; Sum(y, z);")]
    [InlineData("TensorPrimitives.SoftMax(scores, y); y[0]++; Sum(y, z);")]
    [InlineData("TensorPrimitives.SoftMax(scores, y); ref float first = ref y[0]; first = 1; Sum(y, z);")]
    [InlineData("TensorPrimitives.SoftMax(scores, y); System.Action change = () => Change(y); change(); Sum(y, z);")]
    [InlineData("TensorPrimitives.SoftMax(scores, y); System.Action call = () => Sum(y, scores); call();")]
    [InlineData("TensorPrimitives.SoftMax(scores, field); Sum(field, y);")]
    [InlineData("TensorPrimitives.SoftMax(scores, x); Other(x, y);")]
    [InlineData("Sum(x, y); TensorPrimitives.SoftMax(scores, x);")]
    [InlineData("TensorPrimitives.SoftMax(scores, x); Sum(y, x);")]
    [InlineData("TensorPrimitives.SoftMax(scores, x); Span<float> alias = x; TensorPrimitives.Log(alias, alias); Sum(x, y);")]
    [InlineData("float[] p = [0.5f, 0.5f]; Sum(p, y);")]
    [InlineData("LogSoftmax(y, n); Sum(y, z);")]
    [InlineData("TensorPrimitives.Exp(scores, x); Logits(x, y, 3);")]
    public Task Other_contents_are_accepted(string statements) =>
        LossCalls.Test<InputContentsAnalyzer>(statements).RunAsync(TestContext.Current.CancellationToken);
}
