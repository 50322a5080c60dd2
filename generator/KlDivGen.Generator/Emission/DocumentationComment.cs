using System.Globalization;
using KlDivGen.Generator.Model;
using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Emission;

/// <summary>Explains a generated method to its user: the formula, the reduction, special values, and the order of arithmetic.</summary>
internal static class DocumentationComment
{
    /// <summary>Writes the explanation: as documentation only where the user wrote none, which it would replace.</summary>
    public static void Write(SourceWriter writer, MethodSpec method, KernelPlan plan)
    {
        if (method.HasDocumentation)
        {
            foreach (string sentence in Sentences(method.Kernel, plan))
            {
                writer.Comment(sentence);
            }

            return;
        }

        writer.Comment("<remarks>", "/// ");
        foreach (string sentence in Sentences(method.Kernel, plan))
        {
            writer.Comment($"<para>{sentence.Replace("<", "&lt;")}</para>", "/// ");
        }

        writer.Comment("</remarks>", "/// ");
    }

    private static IEnumerable<string> Sentences(KernelSpec spec, KernelPlan plan)
    {
        if (spec.Rows is { } rows)
        {
            foreach (string sentence in RowSentences(spec, rows))
            {
                yield return sentence;
            }
        }
        else
        {
            yield return ElementLoss(spec);
            yield return Reduced(spec.Reduction);
        }

        if (spec.Rows is not { TargetLogits: true })
        {
            yield return SpecialValues(spec);
        }

        yield return $"Arithmetic is in {CSharp.Keyword(plan.ComputeType)}, " + (plan.IsFused
            ? "with fused multiply-add where the processor has it."
            : "each operation rounded on its own: the result has the same bits on every machine.");
        if (plan.ReturnsSum)
        {
            yield return Summation(plan);
        }
    }

    private static string ElementLoss(KernelSpec spec)
    {
        string formula = (spec.Divergence, spec.LogTarget) switch
        {
            (Divergence.Reverse, true) => "exp(x) · (x − y)",
            (Divergence.Reverse, false) => "exp(x) · (x − log y)",
            (Divergence.JensenShannon, _) => $"β · p · log(p/m) + (1 − β) · q · log(q/m), m = β · p + (1 − β) · q, β = {Beta(spec)},"
                + $" with p = {(spec.LogTarget ? "exp(y)" : "y")} and q = exp(x)",
            (_, true) => "exp(y) · (y − x)",
            _ => "y · (log y − x)",
        };
        return $"Loss of an element: {formula}, with input x (log-probability) and target y ({(spec.LogTarget ? "log-probability" : "probability")}).";
    }

    private static string Reduced(Reduction reduction) => reduction switch
    {
        Reduction.None => "Reduction \"none\": one result for each element.",
        Reduction.Sum => "Reduction \"sum\": the losses are added.",
        Reduction.Mean => "Reduction \"mean\": the losses are added and divided by the number of elements.",
        Reduction.Row => "Reduction \"row\": the losses of a row are added, one result for each row.",
        _ => "Reduction \"batchmean\": the losses are added and divided by the batch size.",
    };

    private static IEnumerable<string> RowSentences(KernelSpec spec, RowSpec rows)
    {
        string temperature = !rows.HasTemperature ? string.Empty : " / T";
        string target = rows.TargetLogits ? $"softmax(target{temperature})" : spec.LogTarget ? "exp(target)" : "target";
        string input = rows.InputLogits ? $"softmax(input{temperature})" : "exp(input)";
        yield return $"Loss of a row, along the last axis: {DivergenceName(spec)} with p = {target}"
            + $" and q = {input}.";
        yield return Reduced(spec.Reduction) + (spec.Reduction is Reduction.Mean or Reduction.BatchMean
            ? " Rows that a mask excludes do not count."
            : string.Empty);
    }

    private static string DivergenceName(KernelSpec spec) => spec.Divergence switch
    {
        Divergence.Reverse => "KL(q‖p)",
        Divergence.JensenShannon => "β · KL(p‖m) + (1 − β) · KL(q‖m), m = β · p + (1 − β) · q,"
            + $" β = {Beta(spec)},",
        _ => "KL(p‖q)",
    };

    private static string Beta(KernelSpec spec) => spec.Beta.ToString("R", CultureInfo.InvariantCulture);

    private static string Summation(KernelPlan plan)
    {
        bool hasLowOrderTerm = plan.Passes.Any(pass => pass.FastPath.Reductions.Any(reduction => reduction.LowOrder is not null));
        return plan.Accumulation == Accumulation.Reproducible
            ? $"Summation: {plan.ReproducibleLaneCount} lanes whatever the vector width; every {Accumulator.StripIterations} elements of a lane,"
                + " they are added to a double-precision total."
            : $"Summation: {plan.Passes[0].Unroll} vector accumulators{(hasLowOrderTerm ? " plus one for the low-order term" : string.Empty)};"
                + $" every {Accumulator.StripIterations} iterations they are added to a more precise total.";
    }

    private static string SpecialValues(KernelSpec spec) => (spec.LogTarget, spec.Dialect) switch
    {
        _ when spec.Divergence == Divergence.Reverse => "q = 0 contributes 0 for every target; p = 0 gives ∞ elsewhere" + NegativeTarget(spec),
        _ when spec.Divergence == Divergence.JensenShannon => "A probability of 0 contributes 0; +∞ gives NaN" + NegativeTarget(spec),
        (true, Dialect.Strict) => "Dialect \"strict\": y = −∞ contributes 0.",
        (true, _) => $"Dialect \"{spec.Dialect.ToString().ToLowerInvariant()}\": y = −∞ gives NaN.",
        (false, Dialect.Paddle) => "Dialect \"paddle\": y ≤ 0 contributes 0 for every x.",
        (false, Dialect.PyTorch) => "Dialect \"pytorch\": y = 0 contributes −y · x; y < 0 gives NaN.",
        _ => "Dialect \"strict\": y = 0 contributes 0 for every x; y < 0 gives NaN.",
    };

    private static string NegativeTarget(KernelSpec spec) => spec.LogTarget ? "." : "; y < 0 gives NaN.";
}
