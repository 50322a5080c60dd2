using KlDivGen.Generator.Model;
using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Planning;

/// <summary>
/// A target of probabilities that is no weight but has its logarithm taken everywhere. Unlike under a weight of 0, the wrong logarithm of 0
/// must be replaced.
/// </summary>
/// <param name="b">The body.</param>
/// <param name="logarithm">The logarithm.</param>
internal sealed class TargetProbability(BodyBuilder b, Logarithm logarithm)
{
    private const string Comment = "the target y, a probability";

    /// <summary>y.</summary>
    public Value Value { get; private init; }

    /// <summary>The mask of y = 0.</summary>
    public Value IsZero { get; private init; }

    /// <summary>The mask of y &lt; 0, which only the slow path has: a guard excludes it.</summary>
    public Value IsNegative { get; private init; }

    /// <summary>Probabilities below 2, of which none is negative or subnormal, guarded.</summary>
    public static TargetProbability Fast(BodyBuilder b, KernelSpec spec)
    {
        Value y = OperandAccess.Decode(b, ParameterRole.Target, spec.Target, Assumption.NonNegativeBelowTwo, Comment);
        Value bits = b.AsInteger("yBits", y);
        Value isZero;
        if (OperandAccess.IsNormal(spec.Target, b.Format))
        {
            isZero = b.LessThanOrEqual("isZero", y, b.Zero);
        }
        else
        {
            isZero = Logarithm.IsBelowMinNormal(b, y);
            b.Guard(new Guard.ForbiddenBits(b.And("subnormalBits", bits, isZero), -1));
        }

        b.Guard(OperandAccess.NonNegativeBelowTwoGuard(b, ParameterRole.Target, spec.Target));
        return new TargetProbability(b, new Logarithm()) { Value = y, IsZero = isZero };
    }

    /// <summary>Any y.</summary>
    public static TargetProbability Slow(BodyBuilder b, KernelSpec spec)
    {
        Value y = OperandAccess.Decode(b, ParameterRole.Target, spec.Target, comment: Comment);
        return new TargetProbability(b, new SlowLogarithm())
        {
            Value = y,
            IsZero = b.Equal("isZero", y, b.Zero),
            IsNegative = b.LessThan("isNegative", y, b.Zero),
        };
    }

    /// <summary>log y − x, wrong for y ≤ 0.</summary>
    public Value LogMinus(Value x)
    {
        LogDifference difference = logarithm.MinusInput(b, this.Value, () => x, plusOne: false);
        return logarithm is SlowLogarithm ? difference.CompensatedDifference : difference.Difference;
    }
}
