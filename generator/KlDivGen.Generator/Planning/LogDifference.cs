using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Planning;

/// <summary>
/// d = log y − x in parts, of which a formula takes what it needs. As in fdlibm, a value is a sum of a high and a low part:
/// d = dHi + dLo with dHi = r − (x − n · ln2Hi) and dLo = −s · v + n · ln2Lo.
/// </summary>
/// <param name="Builder">The body to which operations are added.</param>
/// <param name="Y">y.</param>
/// <param name="R">r = m − 1, where y = 2ⁿ · m.</param>
/// <param name="XHi">x − n · ln2Hi.</param>
/// <param name="DPlusOneHi">m − XHi, where d + 1 is needed; in fused arithmetic, n · ln2Lo is added already.</param>
/// <param name="MinusS">−s.</param>
/// <param name="V">v, where log m = r − s · v.</param>
/// <param name="N">n, times a power of two.</param>
/// <param name="Ln2Lo">The factor of <paramref name="N"/> that gives n · ln2Lo.</param>
internal sealed record LogDifference(
    BodyBuilder Builder, Value Y, Value R, Value XHi, Value? DPlusOneHi, Value MinusS, Value V, Value N, Value Ln2Lo)
{
    /// <summary>d.</summary>
    public Value Difference => this.Builder.Add("d", this.DHi, this.DLo);

    /// <summary>
    /// d without n · ln2Lo: one operation less, for a sum that adds up the products of y and n in a low-order term.
    /// </summary>
    public Value DifferenceWithoutLowTerm => this.Builder.MultiplyAdd("d", this.MinusS, this.V, this.DHi);

    /// <summary>d + 1. Since m = r + 1, nothing is added to a rounded number.</summary>
    public Value DifferencePlusOne => this.Builder.IsFused
        ? this.Builder.MultiplyAdd("dPlusOne", this.MinusS, this.V, this.DPlusOneHi!.Value)
        : this.Builder.Add("dPlusOne", this.DPlusOneHi!.Value, this.DLo);

    /// <summary>
    /// d, from y = 2 on with the rounding error of dHi added back. Below 2 it has the bits of <see cref="Difference"/>, so that the
    /// result does not depend on the path that computes it.
    /// </summary>
    public Value CompensatedDifference
    {
        get
        {
            BodyBuilder b = this.Builder;
            Value restored = b.Add("restored", this.DHi, this.XHi, "add the rounding error of dHi back where y ≥ 2 and it is finite");
            Value residual = b.Subtract("residual", restored, this.R);
            Value isLarge = b.And(
                "isLarge",
                b.LessThanOrEqual("isTwoOrMore", b.Constant("Two", 2), this.Y),
                b.Equal("isResidualFinite", residual, residual));
            Value correction = b.Select("residualFromTwo", isLarge, residual, b.Zero);
            return b.Add("d", this.DHi, b.Subtract("dLoCompensated", this.DLo, correction));
        }
    }

    /// <summary>n, scaled so that its products with any y stay finite over a strip, and the factor that gives n · ln2Lo.</summary>
    public (Value N, Value Ln2Lo) ScaledExponent
    {
        get
        {
            BodyBuilder b = this.Builder;
            double scale = b.Format.LowOrderScale;
            Value n = b.Multiply("nScaled", this.N, b.Constant("ExponentScale", scale, "keeps sums of y · n finite"));
            return (n, b.Constant("Ln2LoUnscaled", Logarithm.Ln2LoFactor(b.Format) / scale, "Ln2Lo / ExponentScale"));
        }
    }

    private Value DHi => this.Builder.Subtract("dHi", this.R, this.XHi);

    private Value DLo =>
        this.Builder.MultiplyAdd("dLo", this.MinusS, this.V, this.Builder.Multiply("nLn2Lo", this.N, this.Ln2Lo));
}
