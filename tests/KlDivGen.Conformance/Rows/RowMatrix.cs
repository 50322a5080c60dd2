using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Data;

namespace KlDivGen.Conformance.Rows;

/// <summary>
/// The methods that compute row by row. Every form and every reduction has methods of each type; the other settings are drawn, the same ones
/// each time, because all combinations would be many thousands.
/// </summary>
internal static class RowMatrix
{
    private static readonly Reduction[] Reductions = Enum.GetValues<Reduction>();
    private static readonly RowForm[] Forms = Enum.GetValues<RowForm>();
    private static readonly Divergence[] Divergences = Enum.GetValues<Divergence>();

    private static readonly Outputs[] AllOutputs =
    [
        Outputs.Loss, Outputs.Loss | Outputs.GradInput, Outputs.Loss | Outputs.GradInput | Outputs.GradTarget, Outputs.GradInput,
        Outputs.Loss | Outputs.GradTarget, Outputs.GradTarget, Outputs.GradInput | Outputs.GradTarget,
    ];

    /// <summary>Every method, ordered by group.</summary>
    public static IEnumerable<RowSettings> All =>
    [
        .. Draw(101, ElementType.Single, ElementType.Single, isTensor: false, pairs: 2, others: 1),
        .. Draw(102, ElementType.Double, ElementType.Double, isTensor: false, pairs: 1, others: 1),
        .. Draw(103, ElementType.Half, ElementType.Half, isTensor: false, pairs: 1, others: 0),
        .. Draw(104, ElementType.BFloat16, ElementType.Single, isTensor: false, pairs: 1, others: 0),
        .. Draw(105, ElementType.Single, ElementType.Single, isTensor: true, pairs: 1, others: 1),
        .. DrawDivergences(106, ElementType.Single, ElementType.Single, isTensor: false),
        .. DrawDivergences(107, ElementType.Half, ElementType.Half, isTensor: false),
        .. DrawOneSide(108, ElementType.Single, ElementType.Single, isTensor: false, each: 1),
        .. DrawOneSide(109, ElementType.Double, ElementType.Double, isTensor: false, each: 1),
        .. DrawOneSide(110, ElementType.Half, ElementType.Half, isTensor: false, each: 2),
        .. DrawOneSide(111, ElementType.Single, ElementType.Single, isTensor: true, each: 2),
        .. DrawUpstream(112, ElementType.Double, ElementType.Double, isTensor: false, each: 1),
        .. DrawUpstream(113, ElementType.Single, ElementType.Single, isTensor: true, each: 2),
        .. DrawUpstream(114, ElementType.Half, ElementType.Half, isTensor: false, each: 4),
        .. Parallel,
    ];

    /// <summary>Methods that compute large data on several threads: by rows, and long rows in pieces.</summary>
    private static IEnumerable<RowSettings> Parallel =>
    [
        CreateParallel(RowForm.Pair, Reduction.BatchMean, ElementType.Single, Outputs.Loss | Outputs.GradInput) with
        {
            Temperature = TemperatureSource.Single,
            IsSquared = true,
            HasMask = true,
            HasWeights = true,
        },
        CreateParallel(RowForm.Pair, Reduction.Row, ElementType.Single, Outputs.Loss),
        CreateParallel(RowForm.InputLogits, Reduction.Sum, ElementType.Single, Outputs.Loss) with { ReturnsDouble = true, ReturnsPartialLoss = true },
        CreateParallel(RowForm.Pair, Reduction.Sum, ElementType.Double, Outputs.Loss | Outputs.GradInput | Outputs.GradTarget) with { Deterministic = true },
        CreateParallel(RowForm.InputLogits, Reduction.Row, ElementType.Single, Outputs.Loss | Outputs.GradInput) with { IsTensor = true },
    ];

    private static RowSettings CreateParallel(RowForm form, Reduction reduction, ElementType type, Outputs outputs) =>
        new(form, Divergence.Forward, reduction, Dialect.Paddle, false, false, type, type, false, outputs, null, TemperatureSource.None, false, false, false, true);

    /// <summary>Draws methods of some types.</summary>
    /// <param name="seed">Determines the settings.</param>
    /// <param name="input">The element type of the input.</param>
    /// <param name="target">The element type of the target.</param>
    /// <param name="isTensor">Whether the data is in tensor spans.</param>
    /// <param name="pairs">The number of methods of each reduction and divergence of two rows of logits.</param>
    /// <param name="others">The number of methods of each reduction of another form; where it is 0, two of each form.</param>
    private static IEnumerable<RowSettings> Draw(
        ulong seed, ElementType input, ElementType target, bool isTensor, int pairs, int others)
    {
        RandomSource random = new(seed);
        RowSettings[] drawn =
        [
            .. from divergence in Divergences
               from reduction in Reductions
               from turn in Enumerable.Range(0, pairs)
               select Draw(random, RowForm.Pair, divergence, reduction, input, target, isTensor),
            .. from form in Forms
               where form != RowForm.Pair
               from reduction in Reductions
               where others > 0 || ((int)reduction + (int)form) % 3 == 0
               select Draw(random, form, Divergence.Forward, reduction, input, target, isTensor),
        ];
        return drawn.DistinctBy(settings => settings.Name);
    }

    /// <summary>Draws a method of every divergence but the forward one for rows without logits.</summary>
    private static IEnumerable<RowSettings> DrawDivergences(ulong seed, ElementType input, ElementType target, bool isTensor)
    {
        RandomSource random = new(seed);
        return
            from divergence in Divergences
            where divergence != Divergence.Forward
            from form in (RowForm[])[RowForm.Probability, RowForm.LogTarget]
            let reduction = Reductions[random.Below(Reductions.Length)]
            select Draw(random, form, divergence, reduction, input, target, isTensor);
    }

    /// <summary>Draws methods of every divergence but the forward one for logits of one side.</summary>
    /// <param name="seed">Determines the settings.</param>
    /// <param name="input">The element type of the input.</param>
    /// <param name="target">The element type of the target.</param>
    /// <param name="isTensor">Whether the data is in tensor spans.</param>
    /// <param name="each">Which of the combinations have a method: 1 for all, 2 for every second one.</param>
    private static IEnumerable<RowSettings> DrawOneSide(ulong seed, ElementType input, ElementType target, bool isTensor, int each)
    {
        RandomSource random = new(seed);
        return
            from divergence in Divergences
            where divergence != Divergence.Forward
            from form in (RowForm[])[RowForm.InputLogits, RowForm.InputLogitsLogTarget, RowForm.TargetLogits]
            where ((int)divergence + (int)form) % each == 0
            let reduction = Reductions[random.Below(Reductions.Length)]
            let drawn = Draw(random, form, divergence, reduction, input, target, isTensor)
            select random.Below(3) == 0 ? drawn : drawn with { Outputs = Outputs.Loss | Outputs.GradInput | Outputs.GradTarget };
    }

    /// <summary>Draws methods of every divergence that have logits and an upstream gradient for each element.</summary>
    /// <param name="seed">Determines the settings.</param>
    /// <param name="input">The element type of the input.</param>
    /// <param name="target">The element type of the target.</param>
    /// <param name="isTensor">Whether the data is in tensor spans.</param>
    /// <param name="each">Which of the combinations have a method: 1 for all, 2 for every second one.</param>
    private static IEnumerable<RowSettings> DrawUpstream(ulong seed, ElementType input, ElementType target, bool isTensor, int each)
    {
        RandomSource random = new(seed);
        return
            from divergence in Divergences
            from form in (RowForm[])[RowForm.Pair, RowForm.InputLogits, RowForm.InputLogitsLogTarget, RowForm.TargetLogits]
            where ((int)divergence + (int)form) % each == 0
            let outputs = random.Below(3) == 0
                ? AllOutputs[1 + random.Below(AllOutputs.Length - 1)]
                : Outputs.Loss | Outputs.GradInput | Outputs.GradTarget
            select Draw(random, form, divergence, Reduction.None, input, target, isTensor) with
            {
                Outputs = outputs,
                GradOutput = ElementTypes.Promote(input, target),
            };
    }

    private static RowSettings Draw(
        RandomSource random, RowForm form, Divergence divergence, Reduction reduction, ElementType input, ElementType target, bool isTensor)
    {
        bool hasLogits = form is not (RowForm.Probability or RowForm.LogTarget);
        bool isDeterministic = random.Below(3) == 0;
        Outputs outputs = AllOutputs[random.Below(AllOutputs.Length)];
        TemperatureSource temperature = hasLogits ? (TemperatureSource)random.Below(5) : TemperatureSource.None;
        bool isSquared = random.Below(3) == 0 && temperature != TemperatureSource.None;
        (bool hasMask, bool hasWeights) = (random.Below(2) == 0, random.Below(3) == 0);
        Dialect dialect = form is RowForm.Pair or RowForm.TargetLogits || divergence != Divergence.Forward ? Dialect.Paddle : (Dialect)random.Below(3);
        ElementType promoted = ElementTypes.Promote(input, target);
        bool hasGradOutput = random.Below(2) == 0 && outputs != Outputs.Loss && !(hasLogits && reduction == Reduction.None);
        bool isWide = random.Below(3) == 0 && reduction is not (Reduction.None or Reduction.Row);
        bool returnsDouble = random.Below(4) == 0 && reduction is not (Reduction.None or Reduction.Row)
            && outputs.HasFlag(Outputs.Loss) && promoted != ElementType.Double;

        // Without logits, these reductions do not depend on rows, unless rows are masked or weighted.
        hasMask |= !hasLogits && !hasWeights && reduction is not (Reduction.Row or Reduction.BatchMean);
        return new(
            form, divergence, reduction, dialect, isDeterministic, isTensor, input, target, returnsDouble, outputs,
            !hasGradOutput ? null : isWide ? ElementType.Double : promoted, temperature, isSquared, hasMask, hasWeights);
    }
}
