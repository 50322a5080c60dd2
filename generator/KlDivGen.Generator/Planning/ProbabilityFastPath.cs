using KlDivGen.Generator.Model;
using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Planning;

/// <summary>The fast path for a target of probabilities: guards exclude everything for which the dialects differ.</summary>
internal sealed class ProbabilityFastPath(KernelSpec spec, BodyBuilder b) : ProbabilityFormulas(spec, b)
{
    private const string LoadComment = "the target y, a probability";

    protected override Value Target()
    {
        if (this.NeedsLogarithm)
        {
            Value probability = OperandAccess.Decode(
                this.B, ParameterRole.Target, this.Spec.Target, Assumption.NonNegativeBelowTwo, LoadComment);
            this.B.AsInteger("yBits", probability);
            return probability;
        }

        Value y = OperandAccess.DecodeFinite(this.B, ParameterRole.Target, this.Spec.Target, LoadComment);
        if (this.Spec.Dialect != Dialect.PyTorch)
        {
            this.B.Guard(new Guard.ForbiddenBits(this.B.AsInteger("yBits", y), this.B.Format.SignBit));
        }

        return y;
    }

    protected override LogDifference LogMinusInput(Value y)
    {
        LogDifference difference = new Logarithm().MinusInput(
            this.B,
            y,
            () => this.LogProbability(ParameterRole.Input, isFinite: true, "the input x, a log-probability"),
            plusOne: this.Spec.GradTarget is not null);
        this.GuardTarget(y);
        return difference;
    }

    protected override (Value Y, Value D) LossFactors(Value y, LogDifference difference, bool lowOrderApart) =>
        (y, lowOrderApart ? difference.DifferenceWithoutLowTerm : difference.Difference);

    protected override (Value N, Value Weight) LowOrderFactors(LogDifference difference) => (difference.N, difference.Ln2Lo);

    protected override void GuardLoss(Value loss) => this.B.Guard(new Guard.Finite(loss));

    protected override Value GradInput(Value y)
    {
        if (this.HasLogits(ParameterRole.Input))
        {
            ExponentialValue q = Exponential.OfE.Fast(this.B, this.LogProbability(ParameterRole.Input, isFinite: true));
            return this.GradOfSecondLogits(ParameterRole.GradInput, y, q);
        }

        Value gradInput = base.GradInput(y);
        if (this.Spec is { Reduction: Reduction.None, GradOutput: not null, Dialect: Dialect.Paddle })
        {
            this.B.Guard(new Guard.Finite(gradInput));
        }

        return gradInput;
    }

    protected override Value GradTarget(Value y, Value derivative)
    {
        if (this.Spec.Dialect == Dialect.Paddle)
        {
            // The guard already has the mask of everything below the normal numbers, and excludes the subnormal numbers in it.
            Value isZero = OperandAccess.IsNormal(this.Spec.Target, this.B.Format)
                ? this.B.LessThanOrEqual("isNonPositive", y, this.B.Zero)
                : Logarithm.IsBelowMinNormal(this.B, y);
            return this.B.AndNot("dy", this.ScaleGradTarget(derivative), isZero);
        }

        derivative = this.Spec.Dialect == Dialect.PyTorch
            ? this.B.Select("derivative", this.B.LessThanOrEqual("isNonPositive", y, this.B.Zero), this.B.NaN, derivative)
            : this.B.Select(
                "derivative",
                this.B.Equal("isZero", y, this.B.Zero),
                this.B.Constant("MinusInfinity", double.NegativeInfinity),
                derivative);
        return this.ScaleGradTarget(derivative);
    }

    /// <summary>
    /// A sum does not notice the wrong logarithm of a subnormal target, unless it consists of nothing else. Stored results do.
    /// </summary>
    private void GuardTarget(Value y)
    {
        Guard nonNegativeBelowTwo = OperandAccess.NonNegativeBelowTwoGuard(this.B, ParameterRole.Target, this.Spec.Target);
        Value bits = this.B.AsInteger("yBits", y);
        if (OperandAccess.IsNormal(this.Spec.Target, this.B.Format))
        {
            this.B.Guard(nonNegativeBelowTwo);
        }
        else if (this.StoresLoss || this.Spec.GradTarget is not null || this.Spec.Deterministic)
        {
            Value isSubnormal = this.B.And("subnormalBits", bits, Logarithm.IsBelowMinNormal(this.B, y));
            this.B.Guard(new Guard.ForbiddenBits(isSubnormal, -1));
            if (!this.AddsLoss)
            {
                // A finite sum has only finite terms, and needs no compensated difference from y = 2 on.
                this.B.Guard(nonNegativeBelowTwo);
            }
        }
        else
        {
            this.B.Guard(new Guard.SumMagnitude(bits));
            return;
        }

        if (this.AddsLoss)
        {
            this.B.Guard(new Guard.FiniteSum());
        }
    }
}
