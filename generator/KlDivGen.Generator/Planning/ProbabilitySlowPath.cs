using KlDivGen.Generator.Model;
using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Planning;

/// <summary>The slow path for a target of probabilities: right for every element, with the dialect's special values.</summary>
internal sealed class ProbabilitySlowPath(KernelSpec spec, BodyBuilder b) : ProbabilityFormulas(spec, b)
{
    protected override Value Target() =>
        OperandAccess.Decode(this.B, ParameterRole.Target, this.Spec.Target, comment: "the target y, a probability");

    protected override LogDifference LogMinusInput(Value y) => new SlowLogarithm().MinusInput(
        this.B,
        y,
        () => this.LogProbability(ParameterRole.Input, isFinite: false, "the input x, a log-probability"),
        plusOne: this.Spec.GradTarget is not null);

    /// <summary>Both factors are masked, since 0 · ∞ is NaN.</summary>
    protected override (Value Y, Value D) LossFactors(Value y, LogDifference difference, bool lowOrderApart)
    {
        Value d = this.StoresLoss ? difference.CompensatedDifference
            : lowOrderApart ? difference.DifferenceWithoutLowTerm
            : difference.Difference;
        if (this.Spec.Dialect == Dialect.Paddle)
        {
            Value isNonPositive = this.B.LessThanOrEqual("isNonPositive", y, this.B.Zero, "y ≤ 0 contributes 0 for every x");
            return (this.B.AndNot("weight", y, isNonPositive), this.B.AndNot("difference", d, isNonPositive));
        }

        Value isNegative = this.B.LessThan("isNegative", y, this.B.Zero, this.Spec.Dialect == Dialect.PyTorch
            ? "y < 0 gives NaN"
            : "y = 0 contributes 0 for every x; y < 0 gives NaN");
        Value orNaN = this.B.Select("differenceOrNaN", isNegative, this.B.NaN, d);
        return (y, this.Spec.Dialect == Dialect.PyTorch
            ? orNaN
            : this.B.AndNot("difference", orNaN, this.B.Equal("isZero", y, this.B.Zero)));
    }

    protected override (Value N, Value Weight) LowOrderFactors(LogDifference difference) => difference.ScaledExponent;

    protected override Value GradInput(Value y)
    {
        if (this.HasLogits(ParameterRole.Input))
        {
            Value p = this.Spec.Dialect == Dialect.Paddle
                ? this.B.AndNot("p", y, this.B.LessThanOrEqual("isNonPositive", y, this.B.Zero))
                : y;
            ExponentialValue q = Exponential.OfE.Slow(this.B, this.LogProbability(ParameterRole.Input, isFinite: false));
            return this.GradOfSecondLogits(ParameterRole.GradInput, p, q);
        }

        Value gradInput = base.GradInput(y);
        return this.Spec.Dialect switch
        {
            Dialect.Paddle => this.B.AndNot("dx", gradInput, this.B.LessThanOrEqual("isNonPositive", y, this.B.Zero)),
            Dialect.PyTorch => gradInput,
            _ => this.B.Select("dx", this.B.LessThan("isNegative", y, this.B.Zero), this.B.NaN, gradInput),
        };
    }

    protected override Value GradTarget(Value y, Value derivative)
    {
        if (this.Spec.Dialect == Dialect.Paddle)
        {
            // The mask comes last: a masked gradient is 0 even where the upstream gradient is not finite.
            Value isNonPositive = this.B.LessThanOrEqual("isNonPositive", y, this.B.Zero);
            return this.B.AndNot("dy", this.ScaleGradTarget(derivative), isNonPositive);
        }

        if (this.Spec.Dialect == Dialect.PyTorch)
        {
            Value isNonPositive = this.B.LessThanOrEqual("isNonPositive", y, this.B.Zero);
            return this.ScaleGradTarget(this.B.Select("derivative", isNonPositive, this.B.NaN, derivative));
        }

        Value minusInfinity = this.B.Constant("MinusInfinity", double.NegativeInfinity);
        derivative = this.B.Select("derivativeAtZero", this.B.Equal("isZero", y, this.B.Zero), minusInfinity, derivative);
        derivative = this.B.Select("derivative", this.B.LessThan("isNegative", y, this.B.Zero), this.B.NaN, derivative);
        return this.ScaleGradTarget(derivative);
    }
}
