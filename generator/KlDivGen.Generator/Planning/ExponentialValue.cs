using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Planning;

/// <summary>exp(y) as two factors where it may leave the range of the type.</summary>
/// <param name="Scaled">exp(y), divided by <paramref name="Power"/>.</param>
/// <param name="Power">A power of two, or <see langword="null"/> for 1.</param>
/// <param name="IsBelowRange">The mask of arguments for which exp(y) counts as 0, or <see langword="null"/> where a guard excludes them.</param>
/// <param name="IsAboveRange">The mask of arguments for which exp(y) counts as ∞, or <see langword="null"/>.</param>
/// <param name="IsNormal">The mask of arguments for which exp(y) is a normal number, or <see langword="null"/>.</param>
internal sealed record ExponentialValue(
    Value Scaled, Value? Power = null, Value? IsBelowRange = null, Value? IsAboveRange = null, Value? IsNormal = null)
{
    /// <summary>A product with <see cref="Scaled"/> times the power, which comes last, so that a subnormal result is rounded once.</summary>
    public Value TimesPower(BodyBuilder b, string name, Value value) =>
        this.Power is { } power ? b.Multiply(name, value, power) : value;

    /// <summary>
    /// The power in two factors, of which one is 1. Where exp(y) is a normal number, the power comes first, as in the fast path; else it
    /// comes after the upstream gradient, so that only the product is rounded to a subnormal number.
    /// </summary>
    public (Value? Before, Value? After) PowerAroundUpstream(BodyBuilder b)
    {
        if (this.Power is not { } power || this.IsNormal is not { } isNormal)
        {
            return (null, null);
        }

        Value one = b.Constant("One", 1);
        return (b.Select("powerBefore", isNormal, power, one), b.Select("powerAfter", isNormal, one, power));
    }

    /// <summary><see cref="Scaled"/> with 0 and ∞ beyond the range, for products with numbers of any size.</summary>
    public Value Limited(BodyBuilder b) => this.IsBelowRange is { } isBelow && this.IsAboveRange is { } isAbove
        ? b.Select("eLimited", isAbove, b.Constant("Infinity", double.PositiveInfinity), b.AndNot("eOrZero", this.Scaled, isBelow))
        : this.Scaled;
}
