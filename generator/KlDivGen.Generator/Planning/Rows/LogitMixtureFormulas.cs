using KlDivGen.Generator.Model;
using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Planning.Rows;

/// <summary>
/// The formulas of β · KL(p‖m) + (1 − β) · KL(q‖m) with the mixture m = β · p + (1 − β) · q, for two rows of logits whose
/// <see cref="LogitPairFormulas.Sums"/> are known.
/// </summary>
/// <remarks>
/// With v = log(q/p), m/p = 1 + w for w = (1 − β) · (exp(v) − 1), and m/q = 1 + w' for w' = β · (exp(−v) − 1). The sum of m is that of p and
/// of q, so that KL(p‖m) = Σ p · (w − log(1 + w)), whose terms are never negative and lose nothing where the two rows are near each other.
/// </remarks>
internal sealed class LogitMixtureFormulas : LogitPairFormulas
{
    /// <summary>
    /// The weight of a distribution below which 1 + w loses too many digits where the other one is much smaller: it is near the weight there,
    /// and w near −1.
    /// </summary>
    private const double SmallWeight = 0.125;

    /// <summary>The name of the reduction that adds up p · log(m/p), each times its upstream gradient.</summary>
    private const string FirstSum = "firstDerivativeSum";

    /// <summary>The name of the reduction that adds up q · log(m/q), each times its upstream gradient.</summary>
    private const string SecondSum = "secondDerivativeSum";

    public LogitMixtureFormulas(KernelSpec spec, bool isSlowPath)
        : base(spec, isSlowPath)
    {
    }

    /// <summary>The sums of a row from which both divergences follow.</summary>
    public static new BodyBuilder Sums(KernelSpec spec, bool isSlowPath)
    {
        LogitMixtureFormulas formulas = new(spec, isSlowPath);
        Mixture mixture = formulas.LowerMixture();
        BodyBuilder b = formulas.B;
        if (isSlowPath)
        {
            Value first = formulas.FarTerm(
                "first", mixture.P, mixture.Q, formulas.OneMinusBeta, (mixture.FirstW, mixture.FirstExcess, mixture.FirstLog));
            Value second = formulas.FarTerm(
                "second", mixture.Q, mixture.P, formulas.Beta, (mixture.SecondW, mixture.SecondExcess, mixture.SecondLog));
            b.Reduce(new PassReduction("firstSum", ReduceOp.Sum, first, null));
            b.Reduce(new PassReduction("secondSum", ReduceOp.Sum, second, null));
        }
        else
        {
            b.Reduce(new PassReduction("firstSum", ReduceOp.Sum, mixture.P, mixture.FirstExcess));
            b.Reduce(new PassReduction("secondSum", ReduceOp.Sum, mixture.Q, mixture.SecondExcess));
        }

        return b;
    }

    /// <summary>What is stored: losses and gradients.</summary>
    public static new BodyBuilder Results(KernelSpec spec, bool isSlowPath)
    {
        LogitMixtureFormulas formulas = new(spec, isSlowPath);
        formulas.LowerResults();
        return formulas.B;
    }

    protected override void LowerDerivativeSums()
    {
        Mixture mixture = this.LowerMixture();
        if (this.Spec.GradTarget is not null)
        {
            Value first = this.Masked("firstDerivative", mixture.P, this.TimesUpstream("firstUpstream", mixture.FirstLog));
            this.B.Reduce(new PassReduction(FirstSum, ReduceOp.Sum, first, null));
        }

        if (this.Spec.GradInput is not null)
        {
            Value second = this.Masked("secondDerivative", mixture.Q, this.TimesUpstream("secondUpstream", mixture.SecondLog));
            this.B.Reduce(new PassReduction(SecondSum, ReduceOp.Sum, second, null));
        }
    }

    /// <summary>log(m/p) less its mean; where each element has an upstream gradient, both are weighted by it.</summary>
    private Value LessMean(string name, Value log, string sum, RowStatistic loss, string comment) => this.HasElementUpstream
        ? this.B.Subtract(name + "Factor", this.TimesUpstream(name + "Upstream", log), this.Argument(sum, RowStatistic.Sum), comment)
        : this.B.Add(name + "Factor", log, this.Argument(name + "Loss", loss), comment);

    private void LowerResults()
    {
        Mixture mixture = this.LowerMixture();
        if (this.Spec is { Output: { } output, Reduction: Reduction.None })
        {
            Value first = this.Masked("firstTerm", this.B.Multiply("weightedP", mixture.P, this.Beta), mixture.FirstLog);
            Value second = this.Masked("secondTerm", this.B.Multiply("weightedQ", mixture.Q, this.OneMinusBeta), mixture.SecondLog);
            Value loss = this.B.Add("minusLoss", first, second, "−(β · p · log(p/m) + (1 − β) · q · log(q/m)), without its factor");
            this.Store(ParameterRole.Output, output, loss, RowStatistic.LossScale, isNegative: true);
        }

        if (this.Spec.GradTarget is { } target)
        {
            Value factor = this.LessMean("first", mixture.FirstLog, FirstSum, RowStatistic.FirstLoss, "−(log(p/m) − KL(p‖m))");
            Value gradient = this.Masked("firstGradient", this.B.Multiply("weightedP", mixture.P, this.Beta), factor);
            this.Store(ParameterRole.GradTarget, target, gradient, RowStatistic.GradientScale, isNegative: true);
        }

        if (this.Spec.GradInput is { } input)
        {
            Value factor = this.LessMean("second", mixture.SecondLog, SecondSum, RowStatistic.SecondLoss, "−(log(q/m) − KL(q‖m))");
            Value gradient = this.Masked("secondGradient", this.B.Multiply("weightedQ", mixture.Q, this.OneMinusBeta), factor);
            this.Store(ParameterRole.GradInput, input, gradient, RowStatistic.GradientScale, isNegative: true);
        }
    }

    private Value Beta => this.B.Constant("Beta", this.Spec.Beta, "β");

    private Value OneMinusBeta => this.B.Constant("OneMinusBeta", 1 - this.Spec.Beta, "1 − β");

    /// <summary>A product that is 0 where the probability is, whatever its logarithm.</summary>
    private Value Masked(string name, Value probability, Value factor)
    {
        Value product = this.B.Multiply(name, probability, factor);
        return this.IsSlowPath
            ? this.B.AndNot(name + "OrZero", product, this.B.Equal(name + "IsEmpty", probability, this.B.Zero, "0 times any logarithm is 0"))
            : product;
    }

    private Mixture LowerMixture()
    {
        Terms terms = this.LowerTerms(RowStatistic.CorrectedResidual);
        Value u = this.IsSlowPath ? terms.Unmasked : terms.U;
        Value v = this.B.Add("v", u, this.Argument("correction", RowStatistic.Correction), "v = log(q/p)");
        Limits limits = this.IsSlowPath ? this.LowerLimits(v) : new Limits(v);
        NaturalMinusOne exponential = new(this.B, limits.V);
        Value ratio = exponential.Value;
        Value w1 = this.B.Multiply("w1", ratio, this.OneMinusBeta, "m/p = 1 + w1, w1 = (1 − β) · (q/p − 1)");
        Value minusV = this.B.Subtract("minusV", this.B.Zero, limits.V);
        NaturalMinusOne inverse = new(this.B, minusV);
        Value w2 = this.B.Multiply("w2", inverse.Value, this.Beta, "m/q = 1 + w2, w2 = β · (p/q − 1)");
        (Value firstLog, Value first) = this.LogOnePlus(
            this.OnePlus("firstRatio", w1, limits.V, exponential, this.Beta, this.OneMinusBeta, this.Spec.Beta), w1);
        (Value secondLog, Value second) = this.LogOnePlus(
            this.OnePlus("secondRatio", w2, minusV, inverse, this.OneMinusBeta, this.Beta, 1 - this.Spec.Beta), w2);
        if (!this.IsSlowPath)
        {
            return new Mixture(terms.E, this.B.Multiply("q", terms.E, exponential.Exponential), w1, w2, first, second, firstLog, secondLog);
        }

        // Beyond the limits the mixture is one of the two, times its weight.
        Value logOfQ = this.B.Add("logOfQ", v, this.B.Constant("LogOneMinusBeta", Math.Log(1 - this.Spec.Beta), "log(1 − β)"));
        Value logOfP = this.B.Subtract("logOfP", this.B.Constant("LogBeta", Math.Log(this.Spec.Beta), "log β"), v);
        firstLog = this.B.Select("firstLog", limits.IsMostlyQ, logOfQ, firstLog);
        secondLog = this.B.Select("secondLog", limits.IsMostlyP, logOfP, secondLog);
        return new Mixture(terms.E, terms.Other, w1, w2, first, second, firstLog, secondLog);
    }

    /// <summary>v between the limits of the exponential. NaN, where both probabilities are 0, stays NaN.</summary>
    private Limits LowerLimits(Value v)
    {
        BodyBuilder b = this.B;
        Value limit = b.Constant("MaxNormalExpArgument", b.Format.MaxNormalExpArgument, "exp is a normal number up to here");
        Value minusLimit = b.Constant("MinNormalExpArgument", -b.Format.MaxNormalExpArgument);
        Value isMostlyQ = b.LessThan("isMostlyQ", limit, v, "p or q is negligible in the mixture");
        Value isMostlyP = b.LessThan("isMostlyP", v, minusLimit);
        return new(b.Select("vLimited", isMostlyQ, limit, b.Select("vNotBelow", isMostlyP, minusLimit, v)), isMostlyQ, isMostlyP);
    }

    /// <summary>1 + w, the mixture relative to one of the distributions.</summary>
    /// <param name="name">The name of the result.</param>
    /// <param name="w">w.</param>
    /// <param name="log">The logarithm of the other distribution, relative to the one.</param>
    /// <param name="ratio">The exponential of that.</param>
    /// <param name="weight">The weight of the one.</param>
    /// <param name="otherWeight">The weight of the other.</param>
    /// <param name="weightValue">The value of <paramref name="weight"/>.</param>
    private Value OnePlus(
        string name, Value w, Value log, ExponentialMinusOne ratio, Value weight, Value otherWeight, double weightValue)
    {
        Value onePlusW = this.B.Add(name, w, this.B.Constant("One", 1), "log(1 + w), and log(1 + w) − w");
        if (weightValue >= SmallWeight)
        {
            return onePlusW;
        }

        Value isFar = this.B.LessThanOrEqual(name + "IsFar", log, this.B.Constant("MinusOne", -1), "where w is near −1, 1 + w would lose digits");
        return this.B.Select(name + "OrFar", isFar, this.B.MultiplyAdd(name + "Far", ratio.Exponential, otherWeight, weight), onePlusW);
    }

    /// <summary>log(1 + w), and log(1 + w) − w.</summary>
    private (Value Log, Value Excess) LogOnePlus(Value onePlusW, Value w)
    {
        LogarithmOnePlus logarithm = new(w);
        return (Minus(this.B.Zero), Minus(w));

        Value Minus(Value x) => logarithm.MinusInput(this.B, onePlusW, () => x, plusOne: false).Difference;
    }

    /// <summary>
    /// p · (log(m/p) − (m/p − 1)). Where m is much larger than p, p may be subnormal or 0 while m is not, so the two parts are products of
    /// their own there: p · log(m/p), and m − p = (1 − β) · (q − p).
    /// </summary>
    private Value FarTerm(string name, Value p, Value q, Value weightOfQ, (Value W, Value Excess, Value Log) mixture)
    {
        Value near = this.Masked(name + "Near", p, mixture.Excess);
        Value change = this.B.Multiply(name + "Change", this.B.Subtract(name + "Difference", q, p), weightOfQ, "m − p");
        Value far = this.B.Subtract(name + "Far", this.Masked(name + "Product", p, mixture.Log), change);
        Value isFar = this.B.LessThan(name + "IsFar", this.B.Constant("One", 1), mixture.W, "far from 1, log(m/p) and m/p − 1 do not cancel");
        return this.B.Select(name + "Term", isFar, far, near);
    }

    /// <summary>v = log(q/p) as far as an exponential reaches.</summary>
    /// <param name="V">v, or the limit beyond which it is.</param>
    /// <param name="IsMostlyQ">Whether v is above the limits. Only the slow path has it.</param>
    /// <param name="IsMostlyP">Whether v is below the limits. Only the slow path has it.</param>
    private readonly record struct Limits(Value V, Value IsMostlyQ = default, Value IsMostlyP = default);

    /// <summary>The mixture's terms.</summary>
    /// <param name="P">p, without its factor.</param>
    /// <param name="Q">q, without the same factor.</param>
    /// <param name="FirstW">m/p − 1.</param>
    /// <param name="SecondW">m/q − 1.</param>
    /// <param name="FirstExcess">log(m/p) − (m/p − 1).</param>
    /// <param name="SecondExcess">log(m/q) − (m/q − 1).</param>
    /// <param name="FirstLog">log(m/p).</param>
    /// <param name="SecondLog">log(m/q).</param>
    private sealed record Mixture(
        Value P, Value Q, Value FirstW, Value SecondW, Value FirstExcess, Value SecondExcess, Value FirstLog, Value SecondLog);
}
