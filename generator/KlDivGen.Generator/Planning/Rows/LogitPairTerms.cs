using KlDivGen.Generator.Model;
using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Planning.Rows;

/// <summary>
/// What all formulas of two rows of logits a and b share: e and exp(u) − 1 of each element (<see cref="LogitPairFormulas"/>). On the slow path
/// they are right for special values too.
/// </summary>
internal abstract class LogitPairTerms
{
    protected LogitPairTerms(KernelSpec spec, bool isSlowPath)
    {
        this.Spec = spec;
        this.B = new BodyBuilder(FloatFormat.Of(StorageFormat.StoredType(spec.ComputeType)), isFused: !spec.Deterministic);
        this.IsSlowPath = isSlowPath;
        this.Exponential = ExponentialOf(spec);
        (this.First, this.Second) = Roles(spec);
    }

    protected KernelSpec Spec { get; }

    protected BodyBuilder B { get; }

    protected bool IsSlowPath { get; }

    /// <summary>exp or the power of two, whose logarithm is the unit of u.</summary>
    protected Exponential Exponential { get; }

    protected bool UsesPowersOfTwo => this.Exponential == Exponential.OfTwo;

    /// <summary>The role of a.</summary>
    protected ParameterRole First { get; }

    /// <summary>The role of b.</summary>
    protected ParameterRole Second { get; }

    /// <summary>The roles of a and b.</summary>
    public static (ParameterRole First, ParameterRole Second) Roles(KernelSpec spec) => spec.Divergence == Divergence.Reverse
        ? (ParameterRole.Input, ParameterRole.Target)
        : (ParameterRole.Target, ParameterRole.Input);

    /// <summary>
    /// What the passes compute exponentials by. Powers of two take less where logits are multiplied by a rounded number in any case, 1 / (T · ln 2)
    /// instead of 1/T. Deterministic methods keep their bits, and mixtures need natural logarithms.
    /// </summary>
    public static Exponential ExponentialOf(KernelSpec spec) =>
        spec.Deterministic || spec.Divergence == Divergence.JensenShannon ? Exponential.OfE : Exponential.OfTwo;

    /// <summary>
    /// Whether an ordinary row has its logits b near each other too. Powers of two are right for every u below 0, so that a bound of the range
    /// of a is enough, except where q itself counts and not only its difference to p: each element has an upstream gradient then.
    /// </summary>
    public static bool BoundsBothRanges(KernelSpec spec) => ExponentialOf(spec) != Exponential.OfTwo || new UpstreamGradient(spec).IsData;

    protected static string Name(ParameterRole role, string suffix) => role.Info().Name + suffix;

    /// <summary>(a − max a) / T, whose exponential is e.</summary>
    protected Value LowerExponent()
    {
        Value a = this.Decode(this.First, "a, the logits of p");
        Value maximum = this.Argument(Name(this.First, "Maximum"), RowStatistic.Maximum);
        return this.Scaled("y", this.B.Subtract("aShifted", a, maximum, "e = exp((a − max a) / T)"));
    }

    protected Terms LowerTerms(RowStatistic residual = RowStatistic.Residual)
    {
        Value y = this.LowerExponent();
        Value a = this.Decode(this.First);
        Value other = this.Decode(this.Second, "b, the logits of q");
        Value offset = this.Argument("logitOffset", RowStatistic.Offset);
        Value distance = this.B.Subtract("bMinusA", other, a, "u = (b − a) / T + offset");
        Value u = this.UsesPowersOfTwo
            ? this.B.MultiplyAdd("u", distance, this.LogitScale, offset)
            : this.B.Add("u", this.Scaled("bMinusADivided", distance), offset);
        if (!this.IsSlowPath)
        {
            return new Terms(this.Exponential.Normal(this.B, y), u, this.MinusOne(u));
        }

        FloatFormat format = this.B.Format;
        Value minusInfinity = this.B.Constant("MinusInfinity", double.NegativeInfinity);
        Value isInfinite = this.B.AndNot(
            "isInfinite", this.B.Equal("qIsZero", other, minusInfinity), this.B.Equal("pIsZero", a, minusInfinity), "q = 0 where p is not");
        ExponentialValue exp = this.Exponential.Slow(this.B, y);
        Value e = exp.TimesPower(this.B, "e", exp.Scaled);
        Value otherShifted = this.B.Subtract(
            "bShifted", other, this.Argument(Name(this.Second, "Maximum"), RowStatistic.OtherMaximum), "exp(u) · e, from b alone");
        Value otherY = this.B.Subtract(
            "otherY", this.Scaled("bDivided", otherShifted), this.Argument("residual", residual));

        // The difference of logits that are so far from each other has lost too many digits.
        Value divided = this.Scaled("bMinusADivided", distance);
        Value magnitude = this.B.AsFloating(
            "magnitude", this.B.AndNot("magnitudeBits", this.B.AsInteger("dividedBits", divided), this.B.Integer("SignBit", format.SignBit)));
        Value isDistant = this.B.LessThan(
            "isDistant", this.B.Constant("MaxExactDistance", format.MaxExactDistance, "differences are exact enough up to here"), magnitude);
        u = this.B.Select("uOrApart", isDistant, this.B.Subtract("uApart", otherY, y, "each side less its own maximum"), u);
        Value isEmpty = this.B.Equal("isEmpty", e, this.B.Zero, "0 times any u is 0");
        Value unmasked = u;
        u = this.B.AndNot("uOrZero", u, isEmpty);
        ExponentialValue otherExp = this.Exponential.Slow(this.B, otherY);
        Value otherE = otherExp.TimesPower(this.B, "otherE", otherExp.Scaled);
        Value limit = this.B.Constant("MaxNormalExpArgument", format.MaxNormalExpArgument / this.Exponential.LogOfBase, "exp is a normal number up to here");
        Value minusLimit = this.B.Constant("MinNormalExpArgument", -format.MaxNormalExpArgument / this.Exponential.LogOfBase);
        Value isNear = this.B.And(
            "isNear",
            this.B.LessThan("isNormal", minusLimit, y, "whether the fast path is right"),
            this.B.And("isBounded", this.B.LessThan("isBelowLimit", u, limit), this.B.LessThan("isAboveLimit", minusLimit, u)));
        return new Terms(e, u, this.MinusOne(u), exp, otherE, isNear, isEmpty, isInfinite, unmasked);
    }

    /// <summary>A value that exp(u) − 1 or a probability is part of, in the unit of u.</summary>
    protected Value InUnits(string name, Value value) =>
        this.UsesPowersOfTwo ? this.B.Multiply(name, value, this.Unit, "in the unit of u") : value;

    /// <summary>1 in the unit of u.</summary>
    protected Value Unit => this.UsesPowersOfTwo
        ? this.B.Constant("Log2E", FloatFormat.Log2E, "1 / ln 2")
        : this.B.Constant("One", 1);

    private ExponentialMinusOne MinusOne(Value u) =>
        this.UsesPowersOfTwo ? new PowerOfTwoMinusOne(this.B, u) : new NaturalMinusOne(this.B, u);

    /// <summary>1/T in the unit of u.</summary>
    private Value LogitScale => this.Argument("logitScale", RowStatistic.LogitScale);

    /// <summary>A difference of logits, divided by the temperature, in the unit of u.</summary>
    private Value Scaled(string name, Value value) =>
        this.Spec.Rows!.HasTemperature || this.UsesPowersOfTwo ? this.B.Multiply(name, value, this.LogitScale) : value;

    protected Value Decode(ParameterRole role, string? comment = null) =>
        OperandAccess.Decode(this.B, role, role.Info().Element(this.Spec)!.Value, comment: comment);

    protected Value Argument(string name, RowStatistic statistic) => this.B.Argument(new RowArgument(name, this.B.ComputeType, statistic));

    /// <summary>The terms that all formulas share. Only the slow path has those from <paramref name="Factors"/> on.</summary>
    /// <param name="E">e.</param>
    /// <param name="U">u.</param>
    /// <param name="MinusOne">exp(u) − 1.</param>
    /// <param name="Factors">e in factors.</param>
    /// <param name="Other">exp(u) · e, computed from b alone.</param>
    /// <param name="IsNear">Whether the fast formulas are right.</param>
    /// <param name="IsEmpty">Whether e is 0.</param>
    /// <param name="IsInfinite">Whether q is 0 because b is −∞, where p is not.</param>
    /// <param name="Unmasked">u, also where e is 0.</param>
    protected sealed record Terms(
        Value E,
        Value U,
        ExponentialMinusOne MinusOne,
        ExponentialValue? Factors = null,
        Value Other = default,
        Value IsNear = default,
        Value IsEmpty = default,
        Value IsInfinite = default,
        Value Unmasked = default);
}
