using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Emission;

/// <summary>Explains, at the head of a kernel, the methods that compute a row.</summary>
internal static class RowMethodMap
{
    /// <summary>The passes with what they compute, and the methods that each of them has.</summary>
    public static IEnumerable<(string Name, string Text)> Of(KernelPlan plan, RowProgram program) =>
    [
        .. Groups(program.Grouping),
        (RowWriter.MethodName, program.Grouping == RowGrouping.None
            ? "computes one row: the passes below, in this order."
            : "computes one row alone: the passes below, in this order."),
        .. plan.Passes.Select(pass => (pass.Name, Purpose(pass.Name))),
        .. program.CutsLongRows
            ? [("...OnThreads", "a pass over a long row, in pieces that several threads take.")]
            : Array.Empty<(string, string)>(),
        .. program.Grouping != RowGrouping.None
            ? [("..." + SuccessiveRowsWriter.OfRows, "a pass over the rows of a group, one after the other; sums again only for rows that need it.")]
            : Array.Empty<(string, string)>(),
        ("...Blocks", $"main loop of a pass, {CSharp.Number(plan.Passes[0].Unroll)} vectors an iteration."),
        ("...Blocks512", "the same over 512-bit vectors, where they are wider than Vector<T>"
            + (plan.Passes.All(pass => pass.WideFastPath is null) ? "." : ", with a table of powers of two where a pass only adds up.")),
        .. plan.Passes.Any(pass => pass.SlowPath is not null)
            ? [("...Slow", "where guards find special values, such as zeros, subnormals, ∞ or NaN.")]
            : Array.Empty<(string, string)>(),
        ("...Tail", "the last elements, with masks."),
        ("...Short", "fewer elements: copies them to padded stack buffers for the tail."),
    ];

    private static IEnumerable<(string Name, string Text)> Groups(RowGrouping grouping) => grouping switch
    {
        RowGrouping.None => [],
        RowGrouping.Successive => [(SuccessiveRowsWriter.Name, "computes as many rows as a vector has lanes: the numbers of each row have a lane.")],
        _ =>
        [
            (RowGroupWriter.MethodName, "computes as many rows as a vector has lanes: the numbers of each row have a lane."),
            (TransposedRowsWriter.Name, "short rows, transposed: the elements of a row lie in one lane, too."),
            (SuccessiveRowsWriter.Name, "longer rows: a pass runs over one after the other."),
        ],
    };

    private static string Purpose(string pass) => pass switch
    {
        PassNames.Extremes => "the maxima of the logits, and the minima that are needed.",
        PassNames.Sums => "the sums that normalize the row.",
        PassNames.Sums + PassNames.Slow => "the same for a row that is not ordinary: infinite, wide, or far from the other.",
        PassNames.Sums + PassNames.Kept => "like Sums; also keeps the gradient, without its factor, in the gradient's own memory.",
        PassNames.Mixture => "the divergences of both sides from their mixture.",
        PassNames.Mixture + PassNames.Slow => "the same for a row that is not ordinary.",
        PassNames.Derivatives => "the sums of the derivatives by log-probabilities.",
        PassNames.Derivatives + PassNames.Slow => "the same for a row that is not ordinary.",
        PassNames.Results => "stores losses and gradients.",
        PassNames.Results + PassNames.Slow => "the same for a row that is not ordinary.",
        PassNames.Results + PassNames.Kept => "the gradient from what was kept of it.",
        PassNames.Gradients => "stores gradients, which need the loss of the row.",
        _ => "the losses and gradients of the elements.",
    };
}
