using KlDivGen.Generator.Model;
using KlDivGen.Generator.Planning;

namespace KlDivGen.Generator.Emission;

/// <summary>The remarks that tell a reader what a generated method computes, how, and in which order.</summary>
internal static class Remarks
{
    public static IEnumerable<string> Of(KernelSpec spec, KernelPlan plan)
    {
        yield return "<remarks>";
        foreach (string item in Items(spec, plan))
        {
            yield return $"<para>{item}</para>";
        }

        yield return "</remarks>";
    }

    private static IEnumerable<string> Items(KernelSpec spec, KernelPlan plan)
    {
        yield return "One element's loss: " + (spec.LogTarget ? "exp(y) · (y − x)" : "y · (log y − x)")
            + ", where x is the input, a log-probability, and y the target, a " + (spec.LogTarget ? "log-probability." : "probability.");
        yield return spec.Reduction switch
        {
            Reduction.None => "No reduction: what belongs to each element is written.",
            Reduction.Sum => "Reduction: the losses are added.",
            Reduction.Mean => "Reduction: the losses are added and divided by their number.",
            _ => "Reduction: the losses are added and divided by the size of the batch.",
        };
        yield return Special(spec);
        yield return "Arithmetic: " + Spelling.Scalar(plan.Compute) + (plan.Fast.Instructions.Any(i => i.Operation == Operation.MultiplyAdd)
            ? ", multiplication and addition fused where the machine can."
            : ", each operation rounded on its own.");
        if (plan.Sum != SumStyle.None)
        {
            yield return plan.Sum == SumStyle.Lanes
                ? $"Order of summation: {plan.SumLanes} lanes whatever the machine's vectors, in short blocks, each added to a wider sum."
                : $"Order of summation: {plan.Unroll} vectors of sums{(plan.Fast.SmallPart is null ? string.Empty : ", and one of their smallest part,")}"
                    + " over short blocks, each block added to a wider sum.";
        }
    }

    private static string Special(KernelSpec spec) => (spec.LogTarget, spec.Dialect) switch
    {
        (true, Dialect.Strict) => "Dialect strict: a log-probability of −∞ contributes 0.",
        (true, _) => $"Dialect {spec.Dialect.ToString().ToLowerInvariant()}: a log-probability of −∞ gives NaN.",
        (false, Dialect.Paddle) => "Dialect paddle: y ≤ 0 contributes 0, whatever x.",
        (false, Dialect.PyTorch) => "Dialect pytorch: y = 0 contributes −y · x, y &lt; 0 NaN.",
        _ => "Dialect strict: y = 0 contributes 0, whatever x; y &lt; 0 gives NaN.",
    };
}
