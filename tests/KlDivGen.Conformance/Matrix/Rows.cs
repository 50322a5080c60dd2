using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Columns;

namespace KlDivGen.Conformance.Matrix;

/// <summary>
/// The matrix: which combinations of settings and signatures there is a method of. Flat losses have every combination; in the
/// other families each setting meets each value of every other, which a test counts.
/// </summary>
internal static class Rows
{
    private static readonly Reduction[] Reductions = Enum.GetValues<Reduction>();
    private static readonly Dialect[] Dialects = Enum.GetValues<Dialect>();
    private static readonly bool[] Either = [false, true];

    private static readonly Outputs[] Gradients =
    [
        Outputs.GradInput, Outputs.GradTarget, Outputs.GradInput | Outputs.GradTarget, Outputs.Loss | Outputs.GradInput,
        Outputs.Loss | Outputs.GradTarget, Outputs.Loss | Outputs.GradInput | Outputs.GradTarget,
    ];

    /// <summary>Every row, by family.</summary>
    public static IEnumerable<Settings> All =>
    [
        .. FlatLosses(Element.Single),
        .. FlatLosses(Element.Double),
        .. FlatGradients(Element.Single),
        .. FlatGradients(Element.Double),
        .. Losses(true, Element.Single, Element.Single),
        .. Losses(true, Element.Double, Element.Double),
        .. Losses(true, Element.Single, Element.Double),
        .. SomeGradients(true, Element.Single, Element.Single),
        .. SomeGradients(true, Element.Double, Element.Double),
        .. Losses(false, Element.Single, Element.Double),
        .. Losses(false, Element.Double, Element.Single),
        .. Losses(false, Element.Half, Element.Half),
        .. Losses(false, Element.Half, Element.Single),
        .. Losses(false, Element.Double, Element.Half),
        .. Losses(true, Element.Half, Element.Half),
        .. SomeGradients(false, Element.Half, Element.Half),
        .. SomeGradients(false, Element.Single, Element.Double),
    ];

    /// <summary>Every combination: reduction × target form × dialect × arithmetic × return type.</summary>
    private static IEnumerable<Settings> FlatLosses(Element type) =>
        from reduction in Reductions
        from log in Either
        from dialect in Dialects
        from deterministic in Either
        from result in Returns(reduction, type)
        select new Settings(reduction, log, dialect, deterministic, false, type, type, result, Outputs.Loss, false);

    /// <summary>Every reduction, target form and dialect, each with two of the six sets of outputs in turn.</summary>
    private static IEnumerable<Settings> FlatGradients(Element type) =>
        from reduction in Reductions
        from log in Either
        from dialect in Dialects
        from turn in Either
        let step = (int)reduction + (log ? 3 : 0) + (2 * (int)dialect) + (turn ? 3 : 0)
        let outputs = Gradients[step % 6]
        select Graded(reduction, log, dialect, ((int)reduction + (int)dialect + (turn ? 1 : 0)) % 2 == 0, false, type, type, outputs, step % 4 < 2);

    /// <summary>Every reduction and target form; dialect, arithmetic and return type in turn.</summary>
    private static IEnumerable<Settings> Losses(bool tensor, Element input, Element target) =>
        from reduction in Reductions
        from log in Either
        let step = (int)reduction + (log ? 5 : 0) + (int)input
        let widest = input > target ? input : target
        let results = Returns(reduction, widest).ToArray()
        select new Settings(
            reduction, log, Dialects[step % 3], step % 2 == 0, tensor, input, target, results[step % results.Length], Outputs.Loss, false);

    /// <summary>Every set of outputs, with the other settings in turn.</summary>
    private static IEnumerable<Settings> SomeGradients(bool tensor, Element input, Element target) =>
        from step in Enumerable.Range(0, Gradients.Length)
        from log in Either
        select Graded(Reductions[(step + (log ? 2 : 0)) % 4], log, Dialects[step % 3], (step + (log ? 1 : 0)) % 2 == 0, tensor, input, target,
            Gradients[step], step % 4 < 2);

    /// <summary>A row with gradients; it returns T where it computes a loss that is reduced.</summary>
    private static Settings Graded(
        Reduction reduction, bool log, Dialect dialect, bool deterministic, bool tensor, Element input, Element target, Outputs outputs,
        bool upstream)
    {
        var widest = input > target ? input : target;
        Element? result = outputs.HasFlag(Outputs.Loss) && reduction != Reduction.None ? widest : null;
        return new(reduction, log, dialect, deterministic, tensor, input, target, result, outputs, upstream);
    }

    /// <summary>Void for none; T, and what is wider, for the others: Half's are computed in float.</summary>
    private static IEnumerable<Element?> Returns(Reduction reduction, Element type) =>
        reduction == Reduction.None ? [null]
        : type == Element.Half ? [Element.Half, Element.Single, Element.Double]
        : type == Element.Single ? [Element.Single, Element.Double]
        : [Element.Double];
}
