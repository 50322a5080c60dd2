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
internal class LogitPairFormulas : LogitPairTerms
{
    private const string LogRatioComment = "−p · (log p − log q), without its factor";

    /// <summary>Σ e · (exp(u) − 1 − u).</summary>
    private const string LossSum = "lossSum";

    private readonly UpstreamGradient upstream;

    protected LogitPairFormulas(KernelSpec spec, bool isSlowPath)
        : base(spec, isSlowPath) => this.upstream = new UpstreamGradient(spec);

    /// <summary>Whether each element has an upstream gradient of its own.</summary>
    protected bool HasElementUpstream => this.upstream.IsData;

    /// <summary>
    /// The maximum and the minimum of a and the maximum of b. Where <see cref="LogitPairTerms.BoundsBothRanges"/> holds, also the minimum of b
    /// and a sum that is finite only where all logits are; elsewhere the sums of the row tell that.
    /// </summary>
    public static BodyBuilder Extremes(KernelSpec spec)
    {
        LogitPairFormulas formulas = new(spec, isSlowPath: false);
        BodyBuilder b = formulas.B;
        Value first = formulas.Decode(formulas.First);
        Value second = formulas.Decode(formulas.Second);
        b.Reduce(new PassReduction(Name(formulas.First, "Maximum"), ReduceOp.Max, first, null));
        b.Reduce(new PassReduction(Name(formulas.First, "Minimum"), ReduceOp.Min, first, null));
        b.Reduce(new PassReduction(Name(formulas.Second, "Maximum"), ReduceOp.Max, second, null));
        if (!BoundsBothRanges(spec))
        {
            return b;
        }

        b.Reduce(new PassReduction(Name(formulas.Second, "Minimum"), ReduceOp.Min, second, null));
        b.Reduce(new PassReduction("total", ReduceOp.Sum, b.Add("both", first, second, "finite only where all logits are finite"), null));
        return b;
    }

    /// <summary>The sums S, R and F of a row.</summary>
    public static BodyBuilder Sums(KernelSpec spec, bool isSlowPath)
    {
        LogitPairFormulas formulas = new(spec, isSlowPath);
        formulas.LowerSums(keepsGradient: false);
        return formulas.B;
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
    public static BodyBuilder SumsKeepingGradient(KernelSpec spec)
    {
        LogitPairFormulas formulas = new(spec, isSlowPath: false);
        formulas.LowerSums(keepsGradient: true);
        return formulas.B;
    }

    /// <summary>The gradient from what the sums kept of it.</summary>
    public static BodyBuilder ResultsFromKeptGradient(KernelSpec spec, ParameterRole gradient)
    {
        LogitPairFormulas formulas = new(spec, isSlowPath: false);
        BodyBuilder b = formulas.B;
        Value e = formulas.Exponential.Normal(b, formulas.LowerExponent());
        Value kept = b.Load(gradient, b.ComputeType, "kept", "e · (exp(u) − 1), from the pass before");
        Value minusRatio = b.Argument(new RowArgument("minusRatio", b.ComputeType, RowStatistic.SumsRatio, Negated: true));
        Value difference = b.MultiplyAdd("difference", e, minusRatio, kept, "q − p, without its factor");
        formulas.Store(gradient, gradient.Info().Element(spec)!.Value, difference, RowStatistic.SumsGradientScale, isNegative: false);
        return b;
    }

    /// <summary>What is stored: losses and gradients.</summary>
    public static BodyBuilder Results(KernelSpec spec, bool isSlowPath)
    {
        LogitPairFormulas formulas = new(spec, isSlowPath);
        formulas.LowerResults();
        return formulas.B;
    }

    /// <summary>The sums that the gradients of a row need where each element has an upstream gradient.</summary>
    public static BodyBuilder BuildDerivativeSums(KernelSpec spec, bool isSlowPath)
    {
        LogitPairFormulas formulas = spec.Divergence == Divergence.JensenShannon
            ? new LogitMixtureFormulas(spec, isSlowPath)
            : new LogitPairFormulas(spec, isSlowPath);
        formulas.LowerDerivativeSums();
        return formulas.B;
    }

    /// <summary>Σ g · e for the gradient by b, and −Σ g · e · (log p − log q + 1) for that by a.</summary>
    protected virtual void LowerDerivativeSums()
    {
        Terms terms = this.LowerTerms();
        if (this.SecondGradient is not null)
        {
            this.B.Reduce(new PassReduction(SumNames.Upstream, ReduceOp.Sum, this.TimesUpstream("upstreamE", terms.E), null));
        }

        if (this.FirstGradient is not null)
        {
            Value product = this.TimesLogRatio(terms, "weighted", this.UpstreamDerivative(terms));
            this.B.Reduce(new PassReduction(SumNames.Derivatives, ReduceOp.Sum, product, null));
        }
    }

    /// <summary>A value of an element, times its upstream gradient.</summary>
    protected Value TimesUpstream(string name, Value value) => this.upstream.TimesElement(this.B, name, value);

    /// <summary>
    /// The sums S, R and F. A method that keeps a gradient adds up what it keeps, also where nothing is kept because the gradient's memory is an
    /// operand's: the loss has the same bits.
    /// </summary>
    private void LowerSums(bool keepsGradient)
    {
        Terms terms = this.LowerTerms();
        if (!this.IsSlowPath)
        {
            PassReduction ratioSum = new("ratioSum", ReduceOp.Sum, terms.E, terms.MinusOne.Value);
            if (KeptGradient(this.Spec) is { } gradient && (keepsGradient || this.UsesPowersOfTwo))
            {
                Value kept = this.B.Multiply("kept", terms.E, terms.MinusOne.Value, "e · (exp(u) − 1), which may be kept");
                ratioSum = this.UsesPowersOfTwo ? ratioSum with { A = kept, B = null } : ratioSum;
                if (keepsGradient)
                {
                    this.B.Store(gradient, kept);
                }
            }
            else if (this.UsesPowersOfTwo)
            {
                ratioSum = ratioSum with { B = terms.U, Includes = LossSum };
            }

            this.B.Reduce(new PassReduction("expSum", ReduceOp.Sum, terms.E, null));
            this.B.Reduce(ratioSum);
            this.B.Reduce(new PassReduction(LossSum, ReduceOp.Sum, terms.E, terms.MinusOne.MinusArgument));
            return;
        }

        Value near = this.B.Multiply("nearRatio", terms.E, terms.MinusOne.Value);
        Value far = this.FarRatio(terms);
        Value nearLoss = this.B.Multiply("nearLoss", terms.E, terms.MinusOne.MinusArgument);
        Value farLoss = this.B.Subtract("farLoss", far, this.TimesE(terms, "eTimesU", terms.U));
        Value infinity = this.B.Constant("Infinity", double.PositiveInfinity);
        Value loss = this.B.Select(
            "loss", terms.IsInfinite, infinity, this.B.Select("finiteLoss", terms.IsNear, nearLoss, farLoss));
        this.B.Reduce(new PassReduction("expSum", ReduceOp.Sum, terms.E, null));
        this.B.Reduce(new PassReduction("ratioSum", ReduceOp.Sum, this.B.Select("ratio", terms.IsNear, near, far), null));
        this.B.Reduce(new PassReduction(LossSum, ReduceOp.Sum, loss, null));
    }

    private void LowerResults()
    {
        Terms terms = this.LowerTerms();
        if (this.Spec.Output is { } output && this.Spec.Reduction == Reduction.None)
        {
            Value corrected = this.B.Add("lossRatio", terms.U, this.Argument("lossCorrection", RowStatistic.Correction), LogRatioComment);
            Value value = this.TimesLogRatio(terms, "loss", corrected);
            if (this.IsSlowPath)
            {
                Value infinity = this.B.Constant("MinusInfinity", double.NegativeInfinity);
                value = this.B.Select("lossOrInfinity", terms.IsInfinite, infinity, value);
            }

            this.Store(ParameterRole.Output, output, value, RowStatistic.LossScale, isNegative: true);
        }

        bool isReverse = this.Spec.Divergence == Divergence.Reverse;
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
                ? this.B.Subtract(
                    "factorLessSum", this.UpstreamDerivative(terms), this.Argument(SumNames.Derivatives, RowStatistic.Sum), "less the sum of the row")
                : this.B.Add(
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
    private ElementType? FirstGradient => this.Spec.Divergence == Divergence.Reverse ? this.Spec.GradInput : this.Spec.GradTarget;

    /// <summary>The type of the gradient by b, or <see langword="null"/>.</summary>
    private ElementType? SecondGradient => this.Spec.Divergence == Divergence.Reverse ? this.Spec.GradTarget : this.Spec.GradInput;

    /// <summary>q − p, without its factor.</summary>
    private Value Difference(Terms terms)
    {
        Value ratio = this.Argument("ratio", RowStatistic.Ratio);
        Value difference = this.B.Multiply(
            "difference", terms.E, this.B.Subtract("ratioMinusOne", terms.MinusOne.Value, ratio), "q − p, without its factor");
        if (!this.IsSlowPath)
        {
            return difference;
        }

        Value far = this.B.Subtract("farDifference", this.FarRatio(terms), this.B.Multiply("eTimesRatio", terms.E, ratio));
        return this.B.Select("differenceOrFar", terms.IsNear, difference, far);
    }

    /// <summary>e · (exp(u) − 1) where a and b are far from each other.</summary>
    private Value FarRatio(Terms terms) => this.InUnits(
        "farRatioInUnits",
        this.B.Subtract("farRatio", terms.Other, terms.E, "far from each other, the difference of the exponentials loses nothing"));

    /// <summary>q · Σ g · p − g · p, without its factor.</summary>
    private Value UpstreamDifference(Terms terms)
    {
        Value other = this.IsSlowPath ? terms.Other : this.B.Multiply("otherE", terms.E, terms.MinusOne.Exponential);
        Value sum = this.Argument("otherUpstreamSum", RowStatistic.OtherUpstreamSum);
        Value mass = this.B.Multiply("otherTimesSum", other, sum, "∂/∂b = q · Σ g · p − g · p");
        Value difference = this.B.Subtract("upstreamDifference", mass, this.TimesUpstream("upstreamE", terms.E));
        return this.InUnits("upstreamDifferenceInUnits", difference);
    }

    /// <summary>−g · (log p − log q + 1).</summary>
    private Value UpstreamDerivative(Terms terms)
    {
        Value ratio = this.B.Add("logRatio", terms.U, this.Argument("correction", RowStatistic.Correction), "−(log p − log q + 1)");
        return this.TimesUpstream("upstreamRatio", this.B.Subtract("logRatioMinusOne", ratio, this.Unit));
    }

    /// <summary>e times a factor that has log p − log q in it. A class of probability 0 contributes 0.</summary>
    private Value TimesLogRatio(Terms terms, string name, Value factor)
    {
        Value product = this.TimesE(terms, name, factor);
        return this.IsSlowPath ? this.B.AndNot(name + "OrZero", product, terms.IsEmpty, "a class of probability 0 contributes 0") : product;
    }

    /// <summary>
    /// e times a factor of any size. On the slow path, a subnormal e has few digits, which a large factor would show: the factor is multiplied by
    /// the power of two, which is at most 1, and then by the rest of e.
    /// </summary>
    private Value TimesE(Terms terms, string name, Value factor) => terms.Factors is { } e
        ? this.B.Multiply(name, e.Scaled, e.TimesPower(this.B, name + "Factor", factor))
        : this.B.Multiply(name, terms.E, factor);

    protected void Store(ParameterRole role, ElementType element, Value value, RowStatistic scale, bool isNegative)
    {
        bool inDouble = this.Spec.GradOutput == ElementType.Double && this.B.ComputeType == ScalarType.Single && role != ParameterRole.Output;
        string name = role.Info().Name + "Scale";
        RowArgument argument = new(name, inDouble ? ScalarType.Double : this.B.ComputeType, scale, isNegative);
        Value product = inDouble
            ? UpstreamGradient.MultiplyInDouble(this.B, value, role.Info().Symbol, argument, null, element, comment: null)
            : this.B.MultiplyAdd(role.Info().Symbol, value, this.B.Argument(argument), this.B.Zero);
        OperandAccess.Store(this.B, role, element, product, this.Spec.Deterministic);
    }
}
