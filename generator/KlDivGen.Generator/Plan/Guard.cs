namespace KlDivGen.Generator.Plan;

/// <summary>
/// A condition on the elements of a block under which the fast path is right. It is accumulated while the block runs, which costs an
/// operation or none, and tested once at the block's end. Where it does not hold, the slow path computes the block again.
/// </summary>
internal abstract record Guard
{
    /// <summary>No value has any of some bits: values are combined by "or".</summary>
    internal sealed record ForbiddenBits(Value Value, long Mask) : Guard;

    /// <summary>No 16-bit value, taken as unsigned, exceeds a bound: the maximum is kept.</summary>
    internal sealed record UpperBound(Value Value, int Bound) : Guard;

    /// <summary>Every value is finite: the sum of zeros times the values stays 0.</summary>
    internal sealed record Finite(Value Value) : Guard;

    /// <summary>Every lane of the block's sum is finite.</summary>
    internal sealed record FiniteSum : Guard;

    /// <summary>
    /// In each lane, no target is negative, and either all targets are 0 or the block's sum is finite and so large that the wrong
    /// logarithm of a subnormal target does not count.
    /// </summary>
    internal sealed record SumMagnitude(Value TargetBits) : Guard;
}
