using KlDivGen.Generator.Model;
using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Planning;

/// <summary>Decides how a kernel is computed: <see cref="KernelSpec"/> to <see cref="KernelPlan"/>.</summary>
internal static class Planner
{
    /// <summary>Two copies overlap each other's latencies; more need more registers than there are, and spill (MEASUREMENTS.md).</summary>
    private const int MinUnroll = 2;

    public static KernelPlan Plan(KernelSpec spec)
    {
        KernelBody fast = LossFormulas.Build(spec, isSlowPath: false);
        KernelBody? slow = fast.Guards.Count > 0 ? LossFormulas.Build(spec, isSlowPath: true) : null;
        ScalarType compute = StorageFormat.StoredType(spec.ComputeType);
        Operand[] operands = Operands(spec, fast).ToArray();
        int vectorsPerNarrowVector = compute.Size() / Math.Min(compute.Size(), operands.Min(operand => operand.Stored.Size()));
        int unroll = Math.Max(MinUnroll, vectorsPerNarrowVector);
        Pass pass = new(
            "Run",
            Axis.Elements,
            operands.ToEquatableArray(),
            Scales(spec, fast).ToEquatableArray<Argument>(),
            fast,
            slow,
            spec.Deterministic ? Accumulation.Reproducible : Accumulation.Fast,
            unroll,
            WideUnroll: unroll);
        return new KernelPlan(
            compute,
            IsFused: !spec.Deterministic,
            new[] { pass }.ToEquatableArray(),
            spec.Reduction switch
            {
                Reduction.Mean => Divisor.Count,
                Reduction.BatchMean => Divisor.Batch,
                _ => Divisor.One,
            });
    }

    /// <summary>The data that the body touches. A source that no formula needs, such as the input of a lone gradInput, is not read.</summary>
    private static IEnumerable<Operand> Operands(KernelSpec spec, KernelBody body) => body.Sources
        .Concat(body.Stores.Select(store => store.Destination))
        .Select(role =>
        {
            ElementType element = role.Info().Element(spec)!.Value;
            return new Operand(role, element, StorageFormat.StoredType(element), role.Info().Direction);
        });

    private static IEnumerable<Scale> Scales(KernelSpec spec, KernelBody body)
    {
        UpstreamGradient upstream = new(spec);
        return new[] { upstream.InputScale, upstream.TargetScale }
            .Where(scale => body.Instructions.Any(i => i.Immediate is Immediate.Argument argument && argument.Name == scale.Name));
    }
}
