using KlDivGen.Generator.Model;
using KlDivGen.Generator.Plan;
using static KlDivGen.Generator.Plan.PassNames;

namespace KlDivGen.Generator.Planning.Rows;

/// <summary>Decides how a kernel computes row by row: the passes over one row.</summary>
internal static class RowPlanner
{
    public static RowProgram Program(KernelSpec spec)
    {
        RowSpec rows = spec.Rows!;
        return (rows.InputLogits, rows.TargetLogits) switch
        {
            (true, true) => new RowProgram(
                RowNormalizer.Pair,
                LogitPairTerms.Roles(spec).First,
                rows.HasTemperature,
                spec.Beta,
                spec.Parallel,
                LogitPairTerms.ExponentialOf(spec) == Exponential.OfTwo,
                LogitPairTerms.BoundsBothRanges(spec),
                Grouping(spec)),
            (true, false) => new RowProgram(RowNormalizer.One, ParameterRole.Input, rows.HasTemperature, spec.Beta, spec.Parallel),
            (false, true) => new RowProgram(RowNormalizer.One, ParameterRole.Target, rows.HasTemperature, spec.Beta, spec.Parallel),
            _ => new RowProgram(RowNormalizer.None, ParameterRole.Input, HasTemperature: false, spec.Beta, spec.Parallel),
        };
    }

    /// <summary>The passes before those over a row's elements: they find the normalizer of its logits.</summary>
    public static IEnumerable<Pass> NormalizerPasses(KernelSpec spec, Func<string, Axis, BodyBuilder, Pass> pass)
    {
        yield return pass(Extremes, Axis.Row, LogSoftmax.Extremes(spec));
        yield return pass(Sums, Axis.Row, LogSoftmax.Sums(spec, isSlowPath: false));
        yield return WithoutWideLoop(pass(Sums + Slow, Axis.Row, LogSoftmax.Sums(spec, isSlowPath: true)));
    }

    /// <summary>
    /// What each pass over a row's elements computes. The gradient by the logits of the first distribution needs the loss of the row first, and
    /// that of a mixture its part of it, which <see cref="DerivativeSpecs"/> find; everything is stored by the pass after it, so that a
    /// destination may be an operand.
    /// </summary>
    public static IEnumerable<(string Name, KernelSpec Spec)> ElementSpecs(KernelSpec spec)
    {
        // A class of probability 0 contributes 0, whatever its input.
        KernelSpec elements = spec.Rows!.TargetLogits ? spec with { LogTarget = true, Dialect = Dialect.Strict } : spec;
        if (NeedsDerivatives(spec) || !HasFirstGradientOfLogits(spec))
        {
            return [(Elements, elements)];
        }

        KernelSpec loss = elements with
        {
            Reduction = Reduction.Sum,
            Output = null,
            GradInput = null,
            GradTarget = null,
            GradOutput = null,
            Return = new ReturnType(ElementType.Double),
        };
        return [(Elements, loss), (Gradients, elements with { Return = ReturnType.Void })];
    }

    /// <summary>A pass over rows that are not ordinary: it has no loop over 512-bit vectors, which would be a third of its text.</summary>
    private static Pass WithoutWideLoop(Pass pass) => pass with { WideUnroll = 0 };

    /// <summary>
    /// How rows are computed in groups. Their last bits may differ from those of a row alone, so a deterministic method and the exact sums of
    /// pieces compute each row alone. The runtime computes groups in float, and their passes take factors of the gradients as float; it
    /// transposes rows of float.
    /// </summary>
    private static RowGrouping Grouping(KernelSpec spec)
    {
        bool isGrouped = spec is { DataKind: DataKind.Span, Deterministic: false, Return.IsPartialLoss: false }
            && spec.Reduction is Reduction.Sum or Reduction.Mean or Reduction.BatchMean or Reduction.Row
            && spec.ComputeType == ElementType.Single
            && spec.GradOutput != ElementType.Double;
        if (!isGrouped)
        {
            return RowGrouping.None;
        }

        ElementType?[] elements = [spec.Input, spec.Target, spec.GradInput, spec.GradTarget];
        return elements.All(element => element is null or ElementType.Single) ? RowGrouping.TransposedIfShort : RowGrouping.Successive;
    }

    /// <summary>What the pass computes that adds up the derivatives which the gradient by logits of one side needs, if there is one.</summary>
    public static IEnumerable<KernelSpec> DerivativeSpecs(KernelSpec spec) => NeedsDerivatives(spec)
        ? [ElementSpecs(spec).Single().Spec with { Output = null, GradInput = null, GradTarget = null, Return = ReturnType.Void }]
        : [];

    /// <summary>
    /// Whether the gradient by logits of one side needs the sum of derivatives. Without an upstream gradient for each element, that of a weight
    /// is the loss of the row, and that of the other distribution is always a sum of weights.
    /// </summary>
    private static bool NeedsDerivatives(KernelSpec spec) => spec.Divergence == Divergence.JensenShannon
        ? (spec.Rows!.InputLogits && spec.GradInput is not null) || (spec.Rows.TargetLogits && spec.GradTarget is not null)
        : HasFirstGradientOfLogits(spec) && HasElementUpstream(spec);

    private static bool HasFirstGradientOfLogits(KernelSpec spec) => spec.Divergence switch
    {
        Divergence.Forward => spec.Rows!.TargetLogits && spec.GradTarget is not null,
        Divergence.Reverse => spec.Rows!.InputLogits && spec.GradInput is not null,
        _ => false,
    };

    private static bool HasElementUpstream(KernelSpec spec) => new UpstreamGradient(spec).IsData;

    private static bool HasResults(KernelSpec spec) =>
        spec.GradInput is not null || spec.GradTarget is not null || spec.Reduction == Reduction.None;

    /// <summary>The passes of two rows of logits. Whether a row is ordinary is known after the first pass, or after the sums, so that no pass needs guards.</summary>
    public static IEnumerable<Pass> PairPasses(KernelSpec spec, Func<string, Axis, BodyBuilder, Pass> pass)
    {
        yield return pass(Extremes, Axis.Row, LogitPairFormulas.Extremes(spec));
        yield return pass(Sums, Axis.Row, LogitPairFormulas.Sums(spec, isSlowPath: false));
        yield return WithoutWideLoop(pass(Sums + Slow, Axis.Row, LogitPairFormulas.Sums(spec, isSlowPath: true)));
        if (LogitPairFormulas.KeptGradient(spec) is { } gradient)
        {
            yield return pass(Sums + Kept, Axis.Row, LogitPairFormulas.SumsKeepingGradient(spec));
            yield return pass(Results + Kept, Axis.Elements, LogitPairFormulas.ResultsFromKeptGradient(spec, gradient));
        }

        if (HasElementUpstream(spec))
        {
            yield return pass(Derivatives, Axis.Row, LogitPairFormulas.BuildDerivativeSums(spec, isSlowPath: false));
            yield return WithoutWideLoop(pass(Derivatives + Slow, Axis.Row, LogitPairFormulas.BuildDerivativeSums(spec, isSlowPath: true)));
        }

        if (spec.Divergence == Divergence.JensenShannon)
        {
            yield return pass(Mixture, Axis.Row, LogitMixtureFormulas.Sums(spec, isSlowPath: false));
            yield return WithoutWideLoop(pass(Mixture + Slow, Axis.Row, LogitMixtureFormulas.Sums(spec, isSlowPath: true)));
            if (HasResults(spec))
            {
                yield return pass(Results, Axis.Elements, LogitMixtureFormulas.Results(spec, isSlowPath: false));
                yield return WithoutWideLoop(pass(Results + Slow, Axis.Elements, LogitMixtureFormulas.Results(spec, isSlowPath: true)));
            }

            yield break;
        }

        if (HasResults(spec))
        {
            yield return pass(Results, Axis.Elements, LogitPairFormulas.Results(spec, isSlowPath: false));
            yield return WithoutWideLoop(pass(Results + Slow, Axis.Elements, LogitPairFormulas.Results(spec, isSlowPath: true)));
        }
    }
}
