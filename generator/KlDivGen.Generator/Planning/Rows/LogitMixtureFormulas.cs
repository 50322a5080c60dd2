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
    private LogitMixtureFormulas(KernelSpec spec, bool isSlowPath)
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
            b.Reduce(new PassReduction("firstSum", ReduceOp.Sum, formulas.FarTerm("first", mixture, mixture.P, mixture.FirstExcess, mixture.FirstLog), null));
            b.Reduce(new PassReduction("secondSum", ReduceOp.Sum, formulas.FarTerm("second", mixture, mixture.Q, mixture.SecondExcess, mixture.SecondLog), null));
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
            Value factor = this.B.Add("firstFactor", mixture.FirstLog, this.Argument("firstLoss", RowStatistic.FirstLoss), "−(log(p/m) − KL(p‖m))");
            Value gradient = this.Masked("firstGradient", this.B.Multiply("weightedP", mixture.P, this.Beta), factor);
            this.Store(ParameterRole.GradTarget, target, gradient, RowStatistic.GradientScale, isNegative: true);
        }

        if (this.Spec.GradInput is { } input)
        {
            Value factor = this.B.Add("secondFactor", mixture.SecondLog, this.Argument("secondLoss", RowStatistic.SecondLoss), "−(log(q/m) − KL(q‖m))");
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
        ExponentialMinusOne exponential = new(this.B, v);
        Value ratio = exponential.Value;
        Value w = this.B.Multiply("w1", ratio, this.OneMinusBeta, "m/p = 1 + w1, w1 = (1 − β) · (q/p − 1)");
        Value inverse = new ExponentialMinusOne(this.B, this.B.Subtract("minusV", this.B.Zero, v)).Value;
        Value w2 = this.B.Multiply("w2", inverse, this.Beta, "m/q = 1 + w2, w2 = β · (p/q − 1)");
        (Value firstLog, Value first) = this.LogOnePlus("firstRatio", w);
        (Value secondLog, Value second) = this.LogOnePlus("secondRatio", w2);
        return !this.IsSlowPath
            ? new Mixture(terms.E, this.B.Multiply("q", terms.E, exponential.Exponential), first, second, firstLog, secondLog)
            : this.LowerFar(terms, v, new Mixture(terms.E, terms.Other, first, second, firstLog, secondLog));
    }

    /// <summary>log(1 + w), and log(1 + w) − w.</summary>
    private (Value Log, Value Excess) LogOnePlus(string name, Value w)
    {
        LogarithmOnePlus logarithm = new(w);
        Value y = this.B.Add(name, w, this.B.Constant("One", 1), "log(1 + w), and log(1 + w) − w");
        return (Minus(this.B.Zero), Minus(w));

        Value Minus(Value x) => logarithm.MinusInput(this.B, y, () => x, plusOne: false).Difference;
    }

    /// <summary>p · (log(m/p) − (m/p − 1)), from its parts where m/p may be infinite.</summary>
    private Value FarTerm(string name, Mixture mixture, Value probability, Value excess, Value log)
    {
        Value p = this.B.Multiply("weightedP", mixture.P, this.Beta);
        Value m = this.B.Add("m", p, this.B.Multiply("weightedQ", mixture.Q, this.OneMinusBeta));
        Value near = this.Masked(name + "Near", probability, excess);
        Value far = this.B.Subtract(
            name + "Far", this.Masked(name + "Log", probability, log), this.B.Subtract(name + "Gain", m, probability));
        return this.B.Select(name + "Term", mixture.IsFar, far, near);
    }

    /// <summary>Where one probability is so much larger than the other that the mixture is that one, times its weight.</summary>
    private Mixture LowerFar(Terms terms, Value v, Mixture near)
    {
        BodyBuilder b = this.B;
        Value limit = b.Constant("MaxNormalExpArgument", b.Format.MaxNormalExpArgument, "exp is a normal number up to here");
        Value isMostlyQ = b.LessThan("isMostlyQ", limit, v, "p or q is negligible in the mixture");
        Value isMostlyP = b.LessThan("isMostlyP", v, b.Constant("MinNormalExpArgument", -b.Format.MaxNormalExpArgument));
        Value logBeta = b.Constant("LogBeta", Math.Log(this.Spec.Beta), "log β");
        Value logOneMinusBeta = b.Constant("LogOneMinusBeta", Math.Log(1 - this.Spec.Beta), "log(1 − β)");
        Value firstLog = Choose("farFirstLog", near.FirstLog, b.Add("logOfQ", v, logOneMinusBeta), logBeta);
        Value secondLog = Choose("farSecondLog", near.SecondLog, logOneMinusBeta, b.Subtract("logOfP", logBeta, v));
        return near with { FirstLog = firstLog, SecondLog = secondLog, IsFar = b.Or("isFar", isMostlyQ, isMostlyP) };

        Value Choose(string name, Value ordinary, Value mostlyQ, Value mostlyP) =>
            b.Select(name, isMostlyQ, mostlyQ, b.Select(name + "OrP", isMostlyP, mostlyP, ordinary));
    }

    /// <summary>The mixture's terms.</summary>
    /// <param name="P">p, without its factor.</param>
    /// <param name="Q">q, without the same factor.</param>
    /// <param name="FirstExcess">log(m/p) − (m/p − 1).</param>
    /// <param name="SecondExcess">log(m/q) − (m/q − 1).</param>
    /// <param name="FirstLog">log(m/p).</param>
    /// <param name="SecondLog">log(m/q).</param>
    /// <param name="IsFar">Whether p or q is negligible in the mixture. Only the slow path has it.</param>
    private sealed record Mixture(
        Value P, Value Q, Value FirstExcess, Value SecondExcess, Value FirstLog, Value SecondLog, Value IsFar = default);
}
