using KlDivGen.Generator.Model;

namespace KlDivGen.Generator.Planning;

/// <summary>Decides how a kernel is computed: <see cref="KernelSpec"/> to <see cref="KernelPlan"/>.</summary>
internal static class Planner
{
    public static KernelPlan Plan(KernelSpec spec)
    {
        bool sums = Formulas.Sums(spec);
        VectorProgram fast = Formulas.Build(spec, careful: false);
        SumStyle sum = !sums ? SumStyle.None : spec.Deterministic ? SumStyle.Lanes : SumStyle.Registers;
        Divisor divisor = spec.Reduction switch
        {
            Reduction.Mean => Divisor.Count,
            Reduction.BatchMean => Divisor.Batch,
            _ => Divisor.One,
        };
        Lane compute = Storage.LaneOf(spec.ComputeType);
        KernelPlan plan = new(
            compute,
            Operands(spec, fast).ToEquatableArray(),
            fast,
            fast.Alarms.Count == 0 ? null : Formulas.Build(spec, careful: true),
            sum,
            divisor,
            Unroll: 1);

        // Two copies overlap each other's latencies; more need more registers than there are, and spill (Emission/README.md).
        return plan with { Unroll = Math.Max(2, plan.Step) };
    }

    /// <summary>The data that the program touches. A source that no formula needs, such as the input of a lone gradInput, is not read.</summary>
    private static IEnumerable<Operand> Operands(KernelSpec spec, VectorProgram program)
    {
        foreach (ParameterRole role in program.Sources.OrderBy(role => role))
        {
            yield return new Operand(role, Element(role), IsDestination: false);
        }

        foreach (Store store in program.Stores)
        {
            yield return new Operand(store.Destination, Element(store.Destination), IsDestination: true);
        }

        ElementType Element(ParameterRole role) => role switch
        {
            ParameterRole.Input => spec.Input,
            ParameterRole.Target => spec.Target,
            ParameterRole.Output => spec.Output!.Value,
            ParameterRole.GradOutput => spec.GradOutput!.Value,
            ParameterRole.GradInput => spec.GradInput!.Value,
            _ => spec.GradTarget!.Value,
        };
    }
}
