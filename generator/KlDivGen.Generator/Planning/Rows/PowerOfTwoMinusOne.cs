using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Planning.Rows;

/// <summary>(2ᵘ − 1) / ln 2 and (2ᵘ − 1) / ln 2 − u with u = n + r, |r| ≤ 1/2, which has no rounding error.</summary>
internal sealed class PowerOfTwoMinusOne : ExponentialMinusOne
{
    private readonly Value minusN;
    private readonly Value r;
    private readonly Value w;
    private readonly Value scale;

    public PowerOfTwoMinusOne(BodyBuilder b, Value u)
        : base(b)
    {
        Value n = b.Round("un", u, "reduce u = n + r with |r| ≤ 1/2");
        this.r = b.Subtract("ur", u, n);
        this.minusN = b.Subtract("minusN", this.r, u);
        this.w = this.Tail(this.r, b.Format.PowerOfTwoTailCoefficients, "(2ʳ − 1) / ln 2 = r + w with w = r² · Q(r)");
        this.scale = b.ScaleClamped("s", this.One, n, "s = 2ⁿ, clamped");
    }

    public override Value Value
    {
        get
        {
            Value rest = this.B.MultiplyAdd(
                "gRest", this.scale, this.w, this.r, "g = (2ᵘ − 1) / ln 2 = s · w + (s − 1) · (r + 1 / ln 2) + r");
            return this.B.MultiplyAdd("g", this.ScaleMinusOne, this.RPlusLog2E, rest);
        }
    }

    public override Value Exponential
    {
        get
        {
            Value remainder = this.B.MultiplyAdd(
                "expR", this.B.Add("rPlusW", this.r, this.w), this.B.Constant("Ln2", this.B.Format.Ln2, "ln 2"), this.One, "2ᵘ = s · (1 + ln 2 · (r + w))");
            return this.B.Multiply("expU", this.scale, remainder);
        }
    }

    public override Value MinusArgument
    {
        get
        {
            Value linear = this.B.MultiplyAdd(
                "fLinear",
                this.ScaleMinusOne,
                this.RPlusLog2E,
                this.minusN,
                "f = (2ᵘ − 1) / ln 2 − u = s · w + (s − 1) · (r + 1 / ln 2) − n");
            return this.B.MultiplyAdd("f", this.scale, this.w, linear);
        }
    }

    private Value ScaleMinusOne => this.B.Subtract("sMinusOne", this.scale, this.One);

    private Value RPlusLog2E => this.B.Add("rPlusLog2E", this.r, this.B.Constant("Log2E", FloatFormat.Log2E, "1 / ln 2"));
}
