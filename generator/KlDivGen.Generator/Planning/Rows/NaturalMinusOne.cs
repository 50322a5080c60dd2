using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Planning.Rows;

/// <summary>exp(u) − 1 and exp(u) − 1 − u with u = n · ln 2 + r, |r| ≤ ln 2 / 2.</summary>
internal sealed class NaturalMinusOne : ExponentialMinusOne
{
    private readonly Value n;
    private readonly Value r;
    private readonly Value w;
    private readonly Value scale;
    private readonly Value scaleMinusOne;
    private readonly Value minusLn2;

    public NaturalMinusOne(BodyBuilder b, Value u)
        : base(b)
    {
        FloatFormat format = b.Format;
        Value shift = b.Constant("RoundingShift", format.RoundingShift, "adding it rounds to an integer");
        Value t = b.MultiplyAdd("ut", u, b.Constant("Log2E", FloatFormat.Log2E, "1 / ln 2"), shift, "reduce u = n · ln 2 + r with |r| ≤ ln 2 / 2");
        this.n = b.Subtract("un", t, shift);
        this.minusLn2 = b.Constant("MinusLn2", -format.Ln2, "−ln 2");
        if (b.IsFused)
        {
            this.r = b.MultiplyAdd("ur", this.n, this.minusLn2, u);
        }
        else
        {
            Value high = b.MultiplyAdd("urHi", this.n, b.Constant("MinusLn2Hi", -format.Ln2Hi, "high part of −ln 2"), u);
            this.r = b.MultiplyAdd("ur", this.n, b.Constant("MinusLn2Lo", -format.Ln2Lo, "low part of −ln 2"), high);
        }

        this.w = this.Tail(this.r, [.. format.ExpCoefficients.Skip(2)], "exp(r) = 1 + r + w with w = r² · Q(r)");
        Value power = b.ShiftLeft("uExponentBits", b.AsInteger("utBits", t), format.MantissaBits, "s = 2ⁿ: add n to the exponent of 1");
        this.scale = b.AsFloating("s", b.Add("sBits", b.AsInteger("oneBits", this.One), power));
        this.scaleMinusOne = b.Subtract("sMinusOne", this.scale, this.One);
    }

    public override Value Value => this.B.MultiplyAdd(
        "g", this.scale, this.B.Add("rPlusW", this.r, this.w), this.scaleMinusOne, "g = exp(u) − 1 = s · (r + w) + (s − 1)");

    public override Value Exponential =>
        this.B.MultiplyAdd("expU", this.scale, this.B.Add("rPlusW", this.r, this.w), this.scale, "exp(u) = s · (r + w) + s");

    public override Value MinusArgument
    {
        get
        {
            const string Comment = "f = exp(u) − 1 − u = s · w + (s − 1) · r + (s − 1 − n · ln 2)";
            Value rest = this.B.MultiplyAdd("fRest", this.n, this.minusLn2, this.scaleMinusOne, Comment);
            return this.B.MultiplyAdd("f", this.scale, this.w, this.B.MultiplyAdd("fLinear", this.scaleMinusOne, this.r, rest));
        }
    }
}
