namespace KlDivGen.Generator.Model;

/// <summary>The rules for targets y ≤ 0 and for y = −∞: the attribute's <c>Dialect</c>.</summary>
internal enum Dialect
{
    Paddle,
    PyTorch,
    Strict,
}
