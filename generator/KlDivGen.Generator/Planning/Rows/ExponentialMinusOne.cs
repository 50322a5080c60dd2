using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Planning.Rows;

/// <summary>exp(u) − 1 and exp(u) − 1 − u, both without cancellation, for |u| up to 86 (700).</summary>
/// <remarks>
/// u = n · ln 2 + r with |r| ≤ ln 2 / 2, and exp(r) = 1 + r + w with w = r² · Q(r), the polynomial of <see cref="Exponential"/>. With s = 2ⁿ,
/// exp(u) − 1 = s · (r + w) + (s − 1), and exp(u) − 1 − u = s · w + (s − 1) · r + (s − 1 − n · ln 2). For n = 0 these are r + w and w, in
/// which nothing cancels; for every other n they are far from 0. The second is never negative.
/// </remarks>
internal sealed class ExponentialMinusOne
{
    private readonly BodyBuilder b;
    private readonly Value n;
    private readonly Value r;
    private readonly Value w;
    private readonly Value scale;
    private readonly Value scaleMinusOne;
    private readonly Value minusLn2;

    public ExponentialMinusOne(BodyBuilder b, Value u)
    {
        this.b = b;
        FloatFormat format = b.Format;
        Value shift = b.Constant("RoundingShift", format.RoundingShift, "adding it rounds to an integer");
        Value t = b.MultiplyAdd("ut", u, b.Constant("Log2E", 1.4426950408889634, "1 / ln 2"), shift, "reduce u = n · ln 2 + r with |r| ≤ ln 2 / 2");
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

        double[] q = [.. format.ExpCoefficients.Skip(2)];
        Value square = b.Multiply("uSquare", this.r, this.r, "exp(r) = 1 + r + w with w = r² · Q(r)");
        this.w = b.Multiply("w", square, Polynomial.Horner(b, "uq", "ExpQ", this.r, q));
        Value one = b.Constant("One", 1);
        Value power = b.ShiftLeft("uExponentBits", b.AsInteger("utBits", t), format.MantissaBits, "s = 2ⁿ: add n to the exponent of 1");
        this.scale = b.AsFloating("s", b.Add("sBits", b.AsInteger("oneBits", one), power));
        this.scaleMinusOne = b.Subtract("sMinusOne", this.scale, one);
    }

    /// <summary>exp(u) − 1.</summary>
    public Value Value => this.b.MultiplyAdd(
        "g", this.scale, this.b.Add("rPlusW", this.r, this.w), this.scaleMinusOne, "g = exp(u) − 1 = s · (r + w) + (s − 1)");

    /// <summary>exp(u), also where it is tiny.</summary>
    public Value Exponential => this.b.MultiplyAdd("expU", this.scale, this.b.Add("rPlusW", this.r, this.w), this.scale, "exp(u) = s · (r + w) + s");

    /// <summary>exp(u) − 1 − u.</summary>
    public Value MinusArgument
    {
        get
        {
            const string Comment = "f = exp(u) − 1 − u = s · w + (s − 1) · r + (s − 1 − n · ln 2)";
            Value rest = this.b.MultiplyAdd("fRest", this.n, this.minusLn2, this.scaleMinusOne, Comment);
            return this.b.MultiplyAdd("f", this.scale, this.w, this.b.MultiplyAdd("fLinear", this.scaleMinusOne, this.r, rest));
        }
    }
}
