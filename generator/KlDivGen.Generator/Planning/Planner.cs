using KlDivGen.Generator.Model;
using KlDivGen.Generator.Plan;
using KlDivGen.Generator.Planning.Rows;

namespace KlDivGen.Generator.Planning;

/// <summary>Decides how a kernel is computed: <see cref="KernelSpec"/> to <see cref="KernelPlan"/>.</summary>
internal static class Planner
{
    /// <summary>Two copies overlap each other's latencies; more need more registers than there are, and spill (MEASUREMENTS.md).</summary>
    private const int MinUnroll = 2;

    /// <summary>With the 32 registers of AVX-512, four copies do not spill.</summary>
    private const int MaxWideUnroll = 4;

    public static KernelPlan Plan(KernelSpec spec)
    {
        ScalarType compute = StorageFormat.StoredType(spec.ComputeType);
        RowProgram? rows = spec.Rows is null ? null : RowPlanner.Program(spec);
        Pass[] passes = rows?.Normalizer == RowNormalizer.Pair
            ? [.. RowPlanner.PairPasses(spec, (name, axis, body) => Pass(spec, name, axis, body))]
            : rows is null ? [ElementPass(spec, PassNames.Elements)]
            :
            [
                .. rows.Normalizer == RowNormalizer.One
                    ? RowPlanner.NormalizerPasses(spec, (name, axis, body) => Pass(spec, name, axis, body))
                    : [],
                .. RowPlanner.DerivativeSpecs(spec).Select(element => ElementPass(element, PassNames.Derivatives, sumsDerivatives: true)),
                .. RowPlanner.ElementSpecs(spec).Select(element => ElementPass(element.Spec, element.Name)),
            ];
        int unroll = passes.Max(pass => pass.Unroll);
        int wideUnroll = rows is null ? WideUnroll(spec, unroll) : RowWideUnroll(rows, passes);
        return new KernelPlan(
            compute,
            IsFused: !spec.Deterministic,
            passes.Select(pass => pass with
            {
                Unroll = unroll,
                WideUnroll = pass.HasWideLoop ? wideUnroll : 0,
                ArgumentsVary = rows is { Grouping: not RowGrouping.None },
            }).ToEquatableArray(),
            spec.Reduction switch
            {
                Reduction.Mean => Divisor.Count,
                Reduction.BatchMean => Divisor.Batch,
                _ => Divisor.One,
            },
            rows);
    }

    /// <summary>A pass that takes each element for itself.</summary>
    private static Pass ElementPass(KernelSpec spec, string name, bool sumsDerivatives = false)
    {
        BodyBuilder fast = LossFormulas.Build(spec, isSlowPath: false, sumsDerivatives);
        KernelBody body = fast.Build();
        KernelBody? slow = body.Guards.Count > 0 ? LossFormulas.Build(spec, isSlowPath: true, sumsDerivatives).Build() : null;
        return Pass(spec, name, Axis.Elements, body, slow, fast.ArgumentsOf(body)) with
        {
            WideFastPath = WideFastPath(spec, body, sumsDerivatives),
        };
    }

    /// <summary>
    /// The fast path with a table, where that differs. What is stored does without it, since the tail and the slow path have none, and
    /// <c>Deterministic</c> since not every processor has it.
    /// </summary>
    private static KernelBody? WideFastPath(KernelSpec spec, KernelBody fast, bool sumsDerivatives)
    {
        if (spec.Deterministic || fast.Stores.Count > 0)
        {
            return null;
        }

        KernelBody wide = LossFormulas.Build(spec, isSlowPath: false, sumsDerivatives, hasTables: true).Build();
        return wide == fast ? null : wide;
    }

    /// <summary>A pass whose only body is right for all elements that it is given.</summary>
    private static Pass Pass(KernelSpec spec, string name, Axis axis, BodyBuilder builder)
    {
        KernelBody body = builder.Build();
        return Pass(spec, name, axis, body, slow: null, builder.ArgumentsOf(body));
    }

    private static Pass Pass(
        KernelSpec spec, string name, Axis axis, KernelBody fast, KernelBody? slow, IEnumerable<Argument> arguments)
    {
        ScalarType compute = StorageFormat.StoredType(spec.ComputeType);
        Operand[] operands = Operands(spec, fast).ToArray();
        int vectorsPerNarrowVector = compute.Size() / Math.Min(compute.Size(), operands.Min(operand => operand.Stored.Size()));
        return new Pass(
            name,
            axis,
            operands.ToEquatableArray(),
            arguments.ToEquatableArray(),
            fast,
            slow,
            spec.Deterministic ? Accumulation.Reproducible : Accumulation.Fast,
            Math.Max(MinUnroll, vectorsPerNarrowVector),
            vectorsPerNarrowVector);
    }

    /// <summary>
    /// How many 512-bit vectors an iteration takes. The lanes of a reproducible sum are two vectors. Decoding a Half and its logarithm spill
    /// with more than two, and a body with an exponential beside a logarithm is longer still. Gradients must not matter: the loss has the same
    /// bits with and without them, except for a table.
    /// </summary>
    private static int WideUnroll(KernelSpec spec, int unroll)
    {
        bool decodesHalf = spec.Input.Format() == ElementFormat.Half || spec.Target.Format() == ElementFormat.Half;
        bool isLong = spec.Divergence switch
        {
            Divergence.Forward => decodesHalf && !spec.LogTarget,
            Divergence.Reverse => !spec.LogTarget,
            _ => true,
        };
        return spec.Deterministic || isLong ? unroll : Math.Max(MaxWideUnroll, unroll);
    }

    /// <summary>
    /// How many 512-bit vectors of a row an iteration takes. The chains of powers of two are short enough for one; then each constant is part of
    /// the only instruction that needs it, and no register has to be loaded with it.
    /// </summary>
    private static int RowWideUnroll(RowProgram rows, Pass[] passes) =>
        passes.Max(pass => rows.UsesPowersOfTwo ? pass.WideUnroll : pass.Unroll);

    /// <summary>The data that the body touches. A source that no formula needs, such as the input of a lone gradInput, is not read.</summary>
    private static IEnumerable<Operand> Operands(KernelSpec spec, KernelBody body) => body.Sources
        .Concat(body.Stores.Select(store => store.Destination))
        .Distinct()
        .OrderBy(role => role.Info().Direction)
        .Select(role =>
        {
            ElementType element = role.Info().Element(spec)!.Value;
            return new Operand(role, element, StorageFormat.StoredType(element), role.Info().Direction);
        });
}
