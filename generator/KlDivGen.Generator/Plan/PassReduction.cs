namespace KlDivGen.Generator.Plan;

/// <summary>An associative operator that combines values.</summary>
/// <param name="Name">The operator's name in printed plans.</param>
/// <param name="Identity">The value that changes nothing: the contribution of lanes that hold no element.</param>
internal sealed record ReduceOp(string Name, double Identity)
{
    public static readonly ReduceOp Sum = new("sum", 0);
    public static readonly ReduceOp Max = new("maximum", double.NegativeInfinity);
    public static readonly ReduceOp Min = new("minimum", double.PositiveInfinity);
}

/// <summary>A sink that combines a value, or the product of two, over all elements.</summary>
/// <param name="Name">The result's name.</param>
/// <param name="Op">The operator.</param>
/// <param name="A">The value, or the first factor.</param>
/// <param name="B">The second factor, or <see langword="null"/>.</param>
/// <param name="LowOrder">Set where this is the low-order term of another reduction.</param>
/// <param name="Includes">The name of another sum that is part of this one, and is added at the end of a strip, or <see langword="null"/>.</param>
internal sealed record PassReduction(string Name, ReduceOp Op, Value A, Value? B, LowOrderTerm? LowOrder = null, string? Includes = null);

/// <summary>
/// Says that a reduction, times a small constant, is added to another one. To multiply once at the end of a strip saves an operation
/// and a rounding for each element.
/// </summary>
/// <param name="Of">The name of the other reduction.</param>
/// <param name="Weight">The constant.</param>
/// <param name="Comment">A comment that explains the term in generated code.</param>
internal sealed record LowOrderTerm(string Of, Value Weight, string Comment);

/// <summary>The order in which reductions combine elements.</summary>
internal enum Accumulation
{
    /// <summary>One accumulator per unrolled copy, in registers: the fastest order.</summary>
    Fast,

    /// <summary>A fixed number of lanes in memory, independent of the vector width: the same order on every machine.</summary>
    Reproducible,
}
