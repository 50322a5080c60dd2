using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Cases;

namespace KlDivGen.Conformance.Matrix;

/// <summary>
/// The rows of the matrix: the combinations of settings and signatures that have a method. Flat losses have every combination. In the
/// other groups, every value of a setting is combined with every value of every other setting; a test counts the pairs.
/// </summary>
internal static class MatrixRows
{
    private static readonly Reduction[] Reductions = [Reduction.None, Reduction.Mean, Reduction.Sum, Reduction.BatchMean];
    private static readonly Dialect[] Dialects = Enum.GetValues<Dialect>();
    private static readonly bool[] Either = [false, true];

    private static readonly Outputs[] Gradients =
    [
        Outputs.GradInput, Outputs.GradTarget, Outputs.GradInput | Outputs.GradTarget, Outputs.Loss | Outputs.GradInput,
        Outputs.Loss | Outputs.GradTarget, Outputs.Loss | Outputs.GradInput | Outputs.GradTarget,
    ];

    /// <summary>Every row, ordered by group.</summary>
    public static IEnumerable<Settings> All =>
    [
        .. FlatLosses(ElementType.Single),
        .. FlatLosses(ElementType.Double),
        .. FlatGradients(ElementType.Single),
        .. FlatGradients(ElementType.Double),
        .. Losses(true, ElementType.Single, ElementType.Single),
        .. Losses(true, ElementType.Double, ElementType.Double),
        .. Losses(true, ElementType.Single, ElementType.Double),
        .. SomeGradients(true, ElementType.Single, ElementType.Single),
        .. SomeGradients(true, ElementType.Double, ElementType.Double),
        .. Losses(false, ElementType.Single, ElementType.Double),
        .. Losses(false, ElementType.Double, ElementType.Single),
        .. Losses(false, ElementType.Half, ElementType.Half),
        .. Losses(false, ElementType.Half, ElementType.Single),
        .. Losses(false, ElementType.Double, ElementType.Half),
        .. Losses(true, ElementType.Half, ElementType.Half),
        .. SomeGradients(false, ElementType.Half, ElementType.Half),
        .. SomeGradients(false, ElementType.Single, ElementType.Double),
        .. WideGradOutputs(false, ElementType.Single, ElementType.Double),
        .. WideGradOutputs(true, ElementType.Single, ElementType.Double),
        .. WideGradOutputs(false, ElementType.Half, ElementType.Single),
        .. WideGradOutputs(false, ElementType.Half, ElementType.Double),
        .. Losses(false, ElementType.BFloat16, ElementType.BFloat16),
        .. Losses(false, ElementType.Double, ElementType.BFloat16),
        .. Losses(true, ElementType.OnnxBFloat16, ElementType.Half),
        .. SomeGradients(false, ElementType.BFloat16, ElementType.BFloat16),
        .. SomeGradients(false, ElementType.OnnxFloat16, ElementType.OnnxFloat16),
        .. SomeGradients(false, ElementType.TorchSharpBFloat16, ElementType.Single),
        .. WideGradOutputs(false, ElementType.BFloat16, ElementType.Double),
        .. Divergences(false, ElementType.Single, ElementType.Single, Enumerable.Range(0, 6)),
        .. Divergences(false, ElementType.Double, ElementType.Double, [0, 2, 3, 4]),
        .. Divergences(false, ElementType.Half, ElementType.Half, [4]),
        .. Divergences(false, ElementType.TorchSharpBFloat16, ElementType.Single, [5]),
        .. Divergences(true, ElementType.Single, ElementType.Single, [3]),
        .. Parallel,
    ];

    /// <summary>Methods that compute large data on several threads: each way to cut the data into pieces and to join their results.</summary>
    private static IEnumerable<Settings> Parallel =>
        from settings in (Settings[])
        [
            new(Reduction.Sum, false, Dialect.Paddle, false, false, ElementType.Single, ElementType.Single, ElementType.Double, Outputs.Loss, null),
            new(Reduction.Sum, true, Dialect.Strict, false, false, ElementType.Single, ElementType.Single, ElementType.Double, Outputs.Loss, null)
            {
                ReturnsPartialLoss = true,
            },
            Graded(
                Reduction.Mean, false, Dialect.PyTorch, true, false, ElementType.Single, ElementType.Single,
                Outputs.Loss | Outputs.GradInput | Outputs.GradTarget, true),
            Graded(Reduction.None, true, default, false, false, ElementType.Single, ElementType.Single, Outputs.Loss | Outputs.GradTarget, true),
            Graded(Reduction.BatchMean, false, default, false, false, ElementType.Double, ElementType.Double, Outputs.Loss | Outputs.GradInput, false),
            new(Reduction.Sum, false, default, true, true, ElementType.Single, ElementType.Single, ElementType.Double, Outputs.Loss, null),
            Graded(Reduction.Mean, true, default, false, true, ElementType.Single, ElementType.Single, Outputs.Loss | Outputs.GradInput, false),
        ]
        select settings with { IsParallel = true };

    /// <summary>Every combination of reduction, target form, dialect, order of summation and return type.</summary>
    private static IEnumerable<Settings> FlatLosses(ElementType type) =>
        from reduction in Reductions
        from log in Either
        from dialect in Dialects
        from deterministic in Either
        from result in Returns(reduction, type)
        select new Settings(reduction, log, dialect, deterministic, false, type, type, result, Outputs.Loss, null);

    /// <summary>Every combination of reduction, target form and dialect, each with two of the six sets of outputs.</summary>
    private static IEnumerable<Settings> FlatGradients(ElementType type) =>
        from reduction in Reductions
        from log in Either
        from dialect in Dialects
        from turn in Either
        let step = (int)reduction + (log ? 3 : 0) + (2 * (int)dialect) + (turn ? 3 : 0)
        let outputs = Gradients[step % 6]
        select Graded(reduction, log, dialect, ((int)reduction + (int)dialect + (turn ? 1 : 0)) % 2 == 0, false, type, type, outputs, step % 4 < 2);

    /// <summary>Every combination of reduction and target form. The other settings rotate.</summary>
    private static IEnumerable<Settings> Losses(bool tensor, ElementType input, ElementType target) =>
        from reduction in Reductions
        from log in Either
        let step = (int)reduction + (log ? 5 : 0) + (int)input
        let results = Returns(reduction, ElementTypes.Promote(input, target)).ToArray()
        select new Settings(
            reduction, log, Dialects[step % 3], step % 2 == 0, tensor, input, target, results[step % results.Length], Outputs.Loss, null);

    /// <summary>Every set of outputs. The other settings rotate.</summary>
    private static IEnumerable<Settings> SomeGradients(bool tensor, ElementType input, ElementType target) =>
        from step in Enumerable.Range(0, Gradients.Length)
        from log in Either
        select Graded(Reductions[(step + (log ? 2 : 0)) % 4], log, Dialects[step % 3], (step + (log ? 1 : 0)) % 2 == 0, tensor, input, target,
            Gradients[step], step % 4 < 2);

    /// <summary>
    /// Methods of every divergence but the forward one, and both target forms: losses, written and added, and with gradients. They have no
    /// dialect.
    /// </summary>
    private static IEnumerable<Settings> Divergences(bool tensor, ElementType input, ElementType target, IEnumerable<int> methods) =>
        from divergence in (Divergence[])[Divergence.Reverse, Divergence.JensenShannon]
        from log in Either
        from method in methods
        let promoted = ElementTypes.Promote(input, target)
        select (method switch
        {
            0 => new Settings(Reduction.Sum, log, default, false, tensor, input, target, ElementType.Double, Outputs.Loss, null),
            1 => new(Reduction.None, log, default, true, tensor, input, target, null, Outputs.Loss, null),
            2 => new(Reduction.None, log, default, false, tensor, input, target, null, Gradients[5], null),
            3 => new(Reduction.Sum, log, default, false, tensor, input, target, ElementType.Double, Gradients[5], null),
            4 => new(Reduction.None, log, default, true, tensor, input, target, null, Gradients[5], promoted),
            _ => new(Reduction.BatchMean, log, default, true, tensor, input, target, promoted, Gradients[5], ElementType.Double),
        }) with
        {
            Divergence = divergence,
        };

    /// <summary>Gradients of every reduction with an upstream gradient wider than the data. The other settings rotate.</summary>
    private static IEnumerable<Settings> WideGradOutputs(bool tensor, ElementType type, ElementType gradOutput) =>
        from reduction in Reductions
        where reduction != Reduction.None
        from log in Either
        let step = (int)reduction + (log ? 3 : 0) + (int)gradOutput
        select Graded(reduction, log, Dialects[step % 3], step % 2 == 0, tensor, type, type, Gradients[step % 6], true) with
        {
            GradOutput = gradOutput,
        };

    /// <summary>A row with gradients. It returns T if it reduces a loss.</summary>
    private static Settings Graded(
        Reduction reduction, bool log, Dialect dialect, bool deterministic, bool tensor, ElementType input, ElementType target, Outputs outputs,
        bool hasGradOutput)
    {
        ElementType promoted = ElementTypes.Promote(input, target);
        ElementType? result = outputs.HasFlag(Outputs.Loss) && reduction != Reduction.None ? promoted : null;
        return new(reduction, log, dialect, deterministic, tensor, input, target, result, outputs, hasGradOutput ? promoted : null);
    }

    /// <summary>The types that a method may return: none without a reduction; otherwise T and every wider type.</summary>
    private static IEnumerable<ElementType?> Returns(Reduction reduction, ElementType type) =>
        reduction == Reduction.None ? [null]
        : type.HasSixteenBits() ? [type, ElementType.Single, ElementType.Double]
        : type == ElementType.Single ? [ElementType.Single, ElementType.Double]
        : [ElementType.Double];
}
