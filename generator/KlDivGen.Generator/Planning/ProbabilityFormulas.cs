using KlDivGen.Generator.Model;
using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Planning;

/// <summary>The formulas for a target of probabilities: loss y · (log y − x), ∂/∂x = −y, ∂/∂y = log y + 1 − x.</summary>
internal abstract class ProbabilityFormulas(KernelSpec spec, BodyBuilder b) : LossFormulas(spec, b)
{
    protected bool NeedsLogarithm => this.NeedsLoss || this.Spec.GradTarget is not null;

    public override void Lower()
    {
        Value y = this.Target();
        LogDifference? difference = this.NeedsLogarithm ? this.LogMinusInput(y) : null;
        if (this.NeedsLoss)
        {
            this.LowerLoss(y, difference!);
        }

        if (this.Spec.GradInput is not null)
        {
            this.Store(ParameterRole.GradInput, this.Spec.GradInput, this.GradInput(y));
        }

        if (this.Spec.GradTarget is not null)
        {
            this.Store(ParameterRole.GradTarget, this.Spec.GradTarget, this.GradTarget(y, difference!.DifferencePlusOne));
        }
    }

    /// <summary>y, in the compute type.</summary>
    protected abstract Value Target();

    /// <summary>log y − x.</summary>
    protected abstract LogDifference LogMinusInput(Value y);

    /// <summary>The factors of the loss.</summary>
    /// <param name="y">y.</param>
    /// <param name="difference">log y − x.</param>
    /// <param name="lowOrderApart">Whether a reduction of its own adds up the low-order term.</param>
    protected abstract (Value Y, Value D) LossFactors(Value y, LogDifference difference, bool lowOrderApart);

    /// <summary>The factor of y in the low-order term, and the term's weight.</summary>
    protected abstract (Value N, Value Weight) LowOrderFactors(LogDifference difference);

    /// <summary>Adds the guard of a stored loss.</summary>
    protected virtual void GuardLoss(Value loss)
    {
    }

    /// <summary>∂L/∂input.</summary>
    protected virtual Value GradInput(Value y) => this.ScaleNegative(ParameterRole.GradInput, y, "minusY", power: null, "∂/∂x = −y");

    /// <summary>∂L/∂target from log y − x + 1, with the dialect's values.</summary>
    protected abstract Value GradTarget(Value y, Value derivative);

    protected Value ScaleGradTarget(Value derivative) => this.Scale(ParameterRole.GradTarget, derivative, power: null, "∂/∂y = log y + 1 − x");

    private void LowerLoss(Value y, LogDifference difference)
    {
        bool lowOrderApart = this.AddsLoss && this.B.IsFused;
        (Value weight, Value d) = this.LossFactors(y, difference, lowOrderApart);
        if (this.AddsLoss)
        {
            this.B.Reduce(new PassReduction(LossSum, ReduceOp.Sum, weight, d));
        }

        if (lowOrderApart)
        {
            // Products with n may overflow where a target is no probability; the guard of the sum notices.
            (Value n, Value lowOrderWeight) = this.LowOrderFactors(difference);
            LowOrderTerm term = new(LossSum, lowOrderWeight, "Σ y · n: times ln2Lo, the low-order term of the sum");
            this.B.Reduce(new PassReduction("lowOrder", ReduceOp.Sum, weight, n, term));
        }

        if (this.StoresLoss)
        {
            Value loss = this.B.MultiplyAdd("loss", weight, d, this.B.Zero, "loss = y · d, and 0 rather than −0");
            this.GuardLoss(loss);
            this.StoreLoss(loss);
        }
    }
}
