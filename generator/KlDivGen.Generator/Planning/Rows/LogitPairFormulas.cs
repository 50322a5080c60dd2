using KlDivGen.Generator.Model;
using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Planning.Rows;

/// <summary>
/// The formulas of KL(p‖q), p = softmax(a / T) and q = softmax(b / T), for logits a and b: the sums of a row, then its results. The fast path
/// is right for ordinary rows; the slow path for all. Both give the same bits for elements that are ordinary.
/// </summary>
/// <remarks>
/// With e = exp((a − max a) / T) and u = (b − a) / T + offset, p is e / S, and exp(u) is proportional to q / p. Every difference of p and q is
/// e · (exp(u) − 1), and every loss e · (exp(u) − 1 − u), which lose nothing where the two rows are near each other
/// (<c>LogitPair</c> in the runtime has the whole derivation).
/// </remarks>
internal class LogitPairFormulas
{
    private const string LogRatioComment = "−p · (log p − log q), without its factor";

    /// <summary>The name of the reduction that adds up the upstream gradients, each times the first distribution.</summary>
    private const string UpstreamSum = "upstreamSum";

    /// <summary>The name of the reduction that adds up the derivatives by log p, each times its upstream gradient.</summary>
    private const string DerivativeSum = "derivativeSum";

    private readonly KernelSpec spec;
    private readonly BodyBuilder b;
    private readonly bool isSlowPath;
    private readonly ParameterRole first;
    private readonly ParameterRole second;
    private readonly UpstreamGradient upstream;

    protected LogitPairFormulas(KernelSpec spec, bool isSlowPath)
    {
        this.spec = spec;
        this.b = new BodyBuilder(FloatFormat.Of(StorageFormat.StoredType(spec.ComputeType)), isFused: !spec.Deterministic);
        this.isSlowPath = isSlowPath;
        (this.first, this.second) = Roles(spec);
        this.upstream = new UpstreamGradient(spec);
    }

    protected KernelSpec Spec => this.spec;

    protected BodyBuilder B => this.b;

    protected bool IsSlowPath => this.isSlowPath;

    /// <summary>Whether each element has an upstream gradient of its own.</summary>
    protected bool HasElementUpstream => this.upstream.IsData;

    /// <summary>The roles of a and b.</summary>
    public static (ParameterRole First, ParameterRole Second) Roles(KernelSpec spec) => spec.Divergence == Divergence.Reverse
        ? (ParameterRole.Input, ParameterRole.Target)
        : (ParameterRole.Target, ParameterRole.Input);

    /// <summary>The maximum and the minimum of both operands, and a sum that is finite only where all logits are.</summary>
    public static BodyBuilder Extremes(KernelSpec spec)
    {
        LogitPairFormulas formulas = new(spec, isSlowPath: false);
        BodyBuilder b = formulas.b;
        Value first = formulas.Decode(formulas.first);
        Value second = formulas.Decode(formulas.second);
        b.Reduce(new PassReduction(Name(formulas.first, "Maximum"), ReduceOp.Max, first, null));
        b.Reduce(new PassReduction(Name(formulas.first, "Minimum"), ReduceOp.Min, first, null));
        b.Reduce(new PassReduction(Name(formulas.second, "Maximum"), ReduceOp.Max, second, null));
        b.Reduce(new PassReduction(Name(formulas.second, "Minimum"), ReduceOp.Min, second, null));
        b.Reduce(new PassReduction("total", ReduceOp.Sum, b.Add("both", first, second, "finite only where all logits are finite"), null));
        return b;
    }

    /// <summary>The sums S, R and F of a row.</summary>
    public static BodyBuilder Sums(KernelSpec spec, bool isSlowPath)
    {
        LogitPairFormulas formulas = new(spec, isSlowPath);
        formulas.LowerSums();
        return formulas.b;
    }

    /// <summary>
    /// The gradient that the pass of the sums can keep, without its factor, in the gradient's own memory, so that the results need no second
    /// exponential; <see langword="null"/> where more than that gradient is stored, or its type is narrower than the computation's.
    /// </summary>
    public static ParameterRole? KeptGradient(KernelSpec spec)
    {
        ParameterRole role = spec.Divergence == Divergence.Reverse ? ParameterRole.GradTarget : ParameterRole.GradInput;
        ElementType? other = spec.Divergence == Divergence.Reverse ? spec.GradInput : spec.GradTarget;
        bool isAlone = spec.Divergence != Divergence.JensenShannon && other is null && spec.Reduction != Reduction.None && spec.GradOutput != ElementType.Double;
        return isAlone && role.Info().Element(spec) == spec.ComputeType ? role : null;
    }

    /// <summary>The sums of a row, with the gradient kept, without its factor.</summary>
    public static BodyBuilder SumsKeepingGradient(KernelSpec spec, ParameterRole gradient)
    {
        LogitPairFormulas formulas = new(spec, isSlowPath: false);
        Terms terms = formulas.LowerSums();
        formulas.b.Store(gradient, formulas.b.Multiply("kept", terms.E, terms.Exponential.Value, "kept for the next pass: e · (exp(u) − 1)"));
        return formulas.b;
    }

    /// <summary>The gradient from what the sums kept of it.</summary>
    public static BodyBuilder ResultsFromKeptGradient(KernelSpec spec, ParameterRole gradient)
    {
        LogitPairFormulas formulas = new(spec, isSlowPath: false);
        BodyBuilder b = formulas.b;
        Value e = Exponential.Normal(b, formulas.LowerExponent());
        Value kept = b.Load(gradient, b.ComputeType, "kept", "e · (exp(u) − 1), from the pass before");
        Value ratio = formulas.Argument("ratio", RowStatistic.SumsRatio);
        Value difference = b.Subtract("difference", kept, b.Multiply("eTimesRatio", e, ratio), "q − p, without its factor");
        formulas.Store(gradient, gradient.Info().Element(spec)!.Value, difference, RowStatistic.SumsGradientScale, isNegative: false);
        return b;
    }

    /// <summary>What is stored: losses and gradients.</summary>
    public static BodyBuilder Results(KernelSpec spec, bool isSlowPath)
    {
        LogitPairFormulas formulas = new(spec, isSlowPath);
        formulas.LowerResults();
        return formulas.b;
    }

    /// <summary>The sums that the gradients of a row need where each element has an upstream gradient.</summary>
    public static BodyBuilder BuildDerivativeSums(KernelSpec spec, bool isSlowPath)
    {
        LogitPairFormulas formulas = spec.Divergence == Divergence.JensenShannon
            ? new LogitMixtureFormulas(spec, isSlowPath)
            : new LogitPairFormulas(spec, isSlowPath);
        formulas.LowerDerivativeSums();
        return formulas.b;
    }

    /// <summary>Σ g · e for the gradient by b, and −Σ g · e · (log p − log q + 1) for that by a.</summary>
    protected virtual void LowerDerivativeSums()
    {
        Terms terms = this.LowerTerms();
        if (this.SecondGradient is not null)
        {
            this.b.Reduce(new PassReduction(UpstreamSum, ReduceOp.Sum, this.TimesUpstream("upstreamE", terms.E), null));
        }

        if (this.FirstGradient is not null)
        {
            Value product = this.TimesLogRatio(terms, "weighted", this.UpstreamDerivative(terms));
            this.b.Reduce(new PassReduction(DerivativeSum, ReduceOp.Sum, product, null));
        }
    }

    /// <summary>A value of an element, times its upstream gradient.</summary>
    protected Value TimesUpstream(string name, Value value) => this.upstream.TimesElement(this.b, name, value);

    private static string Name(ParameterRole role, string suffix) => role.Info().Name + suffix;

    private Terms LowerSums()
    {
        Terms terms = this.LowerTerms();
        if (!this.isSlowPath)
        {
            this.b.Reduce(new PassReduction("expSum", ReduceOp.Sum, terms.E, null));
            this.b.Reduce(new PassReduction("ratioSum", ReduceOp.Sum, terms.E, terms.Exponential.Value));
            this.b.Reduce(new PassReduction("lossSum", ReduceOp.Sum, terms.E, terms.Exponential.MinusArgument));
            return terms;
        }

        Value near = this.b.Multiply("nearRatio", terms.E, terms.Exponential.Value);
        Value far = this.b.Subtract("farRatio", terms.Other, terms.E, "far from each other, the difference of the exponentials loses nothing");
        Value nearLoss = this.b.Multiply("nearLoss", terms.E, terms.Exponential.MinusArgument);
        Value farLoss = this.b.Subtract("farLoss", far, this.b.Multiply("eTimesU", terms.E, terms.U));
        Value infinity = this.b.Constant("Infinity", double.PositiveInfinity);
        Value loss = this.b.Select(
            "loss", terms.IsInfinite, infinity, this.b.Select("finiteLoss", terms.IsNear, nearLoss, farLoss));
        this.b.Reduce(new PassReduction("expSum", ReduceOp.Sum, terms.E, null));
        this.b.Reduce(new PassReduction("ratioSum", ReduceOp.Sum, this.b.Select("ratio", terms.IsNear, near, far), null));
        this.b.Reduce(new PassReduction("lossSum", ReduceOp.Sum, loss, null));
        return terms;
    }

    private void LowerResults()
    {
        Terms terms = this.LowerTerms();
        if (this.spec.Output is { } output && this.spec.Reduction == Reduction.None)
        {
            Value corrected = this.b.Add("lossRatio", terms.U, this.Argument("lossCorrection", RowStatistic.Correction), LogRatioComment);
            Value value = this.TimesLogRatio(terms, "loss", corrected);
            if (this.isSlowPath)
            {
                Value infinity = this.b.Constant("MinusInfinity", double.NegativeInfinity);
                value = this.b.Select("lossOrInfinity", terms.IsInfinite, infinity, value);
            }

            this.Store(ParameterRole.Output, output, value, RowStatistic.LossScale, isNegative: true);
        }

        bool isReverse = this.spec.Divergence == Divergence.Reverse;
        if (this.SecondGradient is { } second)
        {
            (Value value, RowStatistic scale) = this.upstream.IsData
                ? (this.UpstreamDifference(terms), RowStatistic.GradientScale)
                : (this.Difference(terms), RowStatistic.OtherGradientScale);
            this.Store(isReverse ? ParameterRole.GradTarget : ParameterRole.GradInput, second, value, scale, isNegative: false);
        }

        if (this.FirstGradient is { } first)
        {
            Value factor = this.upstream.IsData
                ? this.b.Subtract(
                    "factorLessSum", this.UpstreamDerivative(terms), this.Argument(DerivativeSum, RowStatistic.Sum), "less the sum of the row")
                : this.b.Add(
                    "weightedRatio",
                    terms.U,
                    this.Argument("weightedCorrection", RowStatistic.LossCorrection),
                    "−p · (log p − log q − loss), without its factor");
            Value value = this.TimesLogRatio(terms, "weighted", factor);
            this.Store(
                isReverse ? ParameterRole.GradInput : ParameterRole.GradTarget,
                first,
                value,
                RowStatistic.GradientScale,
                isNegative: true);
        }
    }

    /// <summary>The type of the gradient by a, or <see langword="null"/>.</summary>
    private ElementType? FirstGradient => this.spec.Divergence == Divergence.Reverse ? this.spec.GradInput : this.spec.GradTarget;

    /// <summary>The type of the gradient by b, or <see langword="null"/>.</summary>
    private ElementType? SecondGradient => this.spec.Divergence == Divergence.Reverse ? this.spec.GradTarget : this.spec.GradInput;

    /// <summary>q − p, without its factor.</summary>
    private Value Difference(Terms terms)
    {
        Value ratio = this.Argument("ratio", RowStatistic.Ratio);
        Value difference = this.b.Multiply(
            "difference", terms.E, this.b.Subtract("ratioMinusOne", terms.Exponential.Value, ratio), "q − p, without its factor");
        if (!this.isSlowPath)
        {
            return difference;
        }

        Value farRatio = this.b.Subtract("farRatio", terms.Other, terms.E);
        Value far = this.b.Subtract("farDifference", farRatio, this.b.Multiply("eTimesRatio", terms.E, ratio));
        return this.b.Select("differenceOrFar", terms.IsNear, difference, far);
    }

    /// <summary>q · Σ g · p − g · p, without its factor.</summary>
    private Value UpstreamDifference(Terms terms)
    {
        Value other = this.isSlowPath ? terms.Other : this.b.Multiply("otherE", terms.E, terms.Exponential.Exponential);
        Value sum = this.Argument("otherUpstreamSum", RowStatistic.OtherUpstreamSum);
        Value mass = this.b.Multiply("otherTimesSum", other, sum, "∂/∂b = q · Σ g · p − g · p");
        return this.b.Subtract("upstreamDifference", mass, this.TimesUpstream("upstreamE", terms.E));
    }

    /// <summary>−g · (log p − log q + 1).</summary>
    private Value UpstreamDerivative(Terms terms)
    {
        Value ratio = this.b.Add("logRatio", terms.U, this.Argument("correction", RowStatistic.Correction), "−(log p − log q + 1)");
        return this.TimesUpstream("upstreamRatio", this.b.Subtract("logRatioMinusOne", ratio, this.b.Constant("One", 1)));
    }

    /// <summary>e times a factor that has log p − log q in it. A class of probability 0 contributes 0.</summary>
    private Value TimesLogRatio(Terms terms, string name, Value factor)
    {
        Value product = this.b.Multiply(name, terms.E, factor);
        return this.isSlowPath ? this.b.AndNot(name + "OrZero", product, terms.IsEmpty, "a class of probability 0 contributes 0") : product;
    }

    protected void Store(ParameterRole role, ElementType element, Value value, RowStatistic scale, bool isNegative)
    {
        bool inDouble = this.spec.GradOutput == ElementType.Double && this.b.ComputeType == ScalarType.Single && role != ParameterRole.Output;
        string name = role.Info().Name + "Scale";
        RowArgument argument = new(name, inDouble ? ScalarType.Double : this.b.ComputeType, scale, isNegative);
        Value product = inDouble
            ? UpstreamGradient.MultiplyInDouble(this.b, value, role.Info().Symbol, argument, null, element, comment: null)
            : this.b.MultiplyAdd(role.Info().Symbol, value, this.b.Argument(argument), this.b.Zero);
        OperandAccess.Store(this.b, role, element, product, this.spec.Deterministic);
    }

    /// <summary>(a − max a) / T, whose exponential is e.</summary>
    private Value LowerExponent()
    {
        Value a = this.Decode(this.first, "a, the logits of p");
        Value maximum = this.Argument(Name(this.first, "Maximum"), RowStatistic.Maximum);
        return this.DividedByTemperature("y", this.b.Subtract("aShifted", a, maximum, "e = exp((a − max a) / T)"));
    }

    protected Terms LowerTerms(RowStatistic residual = RowStatistic.Residual)
    {
        Value y = this.LowerExponent();
        Value a = this.Decode(this.first);
        Value other = this.Decode(this.second, "b, the logits of q");
        Value offset = this.Argument("logitOffset", RowStatistic.Offset);
        Value distance = this.b.Subtract("bMinusA", other, a, "u = (b − a) / T + offset");

        // Rounded after each operation, like the offset: u is exactly 0 for a class that is the maximum of both rows.
        Value divided = this.DividedByTemperature("bMinusADivided", distance);
        Value u = this.b.Add("u", divided, offset);
        if (!this.isSlowPath)
        {
            return new Terms(Exponential.Normal(this.b, y), u, new ExponentialMinusOne(this.b, u));
        }

        FloatFormat format = this.b.Format;
        Value minusInfinity = this.b.Constant("MinusInfinity", double.NegativeInfinity);
        Value isInfinite = this.b.AndNot(
            "isInfinite", this.b.Equal("qIsZero", other, minusInfinity), this.b.Equal("pIsZero", a, minusInfinity), "q = 0 where p is not");
        ExponentialValue exp = Exponential.Slow(this.b, y);
        Value e = exp.TimesPower(this.b, "e", exp.Scaled);
        Value otherShifted = this.b.Subtract(
            "bShifted", other, this.Argument(Name(this.second, "Maximum"), RowStatistic.OtherMaximum), "exp(u) · e, from b alone");
        Value otherY = this.b.Subtract(
            "otherY", this.DividedByTemperature("bDivided", otherShifted), this.Argument("residual", residual));

        // The difference of logits that are so far from each other has lost too many digits.
        Value magnitude = this.b.AsFloating(
            "magnitude", this.b.AndNot("magnitudeBits", this.b.AsInteger("dividedBits", divided), this.b.Integer("SignBit", format.SignBit)));
        Value isDistant = this.b.LessThan(
            "isDistant", this.b.Constant("MaxExactDistance", format.MaxExactDistance, "differences are exact enough up to here"), magnitude);
        u = this.b.Select("uOrApart", isDistant, this.b.Subtract("uApart", otherY, y, "each side less its own maximum"), u);
        Value isEmpty = this.b.Equal("isEmpty", e, this.b.Zero, "0 times any u is 0");
        Value unmasked = u;
        u = this.b.AndNot("uOrZero", u, isEmpty);
        ExponentialValue otherExp = Exponential.Slow(this.b, otherY);
        Value otherE = otherExp.TimesPower(this.b, "otherE", otherExp.Scaled);
        Value limit = this.b.Constant("MaxNormalExpArgument", format.MaxNormalExpArgument, "exp is a normal number up to here");
        Value minusLimit = this.b.Constant("MinNormalExpArgument", -format.MaxNormalExpArgument);
        Value isNear = this.b.And(
            "isNear",
            this.b.LessThan("isNormal", minusLimit, y, "whether the fast path is right"),
            this.b.And("isBounded", this.b.LessThan("isBelowLimit", u, limit), this.b.LessThan("isAboveLimit", minusLimit, u)));
        return new Terms(e, u, new ExponentialMinusOne(this.b, u), otherE, isNear, isEmpty, isInfinite, unmasked);
    }

    private Value InverseTemperature => this.Argument("inverseTemperature", RowStatistic.InverseTemperature);

    private Value DividedByTemperature(string name, Value value) =>
        this.spec.Rows!.HasTemperature ? this.b.Multiply(name, value, this.InverseTemperature) : value;

    private Value Decode(ParameterRole role, string? comment = null) =>
        OperandAccess.Decode(this.b, role, role.Info().Element(this.spec)!.Value, comment: comment);

    protected Value Argument(string name, RowStatistic statistic) => this.b.Argument(new RowArgument(name, this.b.ComputeType, statistic));

    /// <summary>The terms that all formulas share. Only the slow path has those from <paramref name="Other"/> on.</summary>
    /// <param name="E">e.</param>
    /// <param name="U">u.</param>
    /// <param name="Exponential">exp(u) − 1.</param>
    /// <param name="Other">exp(u) · e, computed from b alone.</param>
    /// <param name="IsNear">Whether the fast formulas are right.</param>
    /// <param name="IsEmpty">Whether e is 0.</param>
    /// <param name="IsInfinite">Whether q is 0 because b is −∞, where p is not.</param>
    /// <param name="Unmasked">u, also where e is 0.</param>
    protected sealed record Terms(
        Value E,
        Value U,
        ExponentialMinusOne Exponential,
        Value Other = default,
        Value IsNear = default,
        Value IsEmpty = default,
        Value IsInfinite = default,
        Value Unmasked = default);
}
