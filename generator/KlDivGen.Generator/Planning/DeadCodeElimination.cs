using KlDivGen.Generator.Model;
using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Planning;

/// <summary>Removes from a body the instructions whose values no sink and no guard needs.</summary>
internal sealed class DeadCodeElimination(KernelBody body)
{
    private readonly Value?[] values = new Value?[body.Instructions.Count];

    public KernelBody Run()
    {
        bool[] isUsed = this.FindUsed();
        List<Instruction> instructions = [];
        for (int i = 0; i < isUsed.Length; i++)
        {
            if (isUsed[i])
            {
                Instruction instruction = body.Instructions[i];
                this.values[i] = new Value(instructions.Count, instruction.Type);
                instructions.Add(instruction with { Arguments = instruction.Arguments.Select(this.Map).ToEquatableArray() });
            }
        }

        return new KernelBody(
            instructions.ToEquatableArray(),
            body.Guards.Select(this.Map).ToEquatableArray(),
            body.Reductions.Select(this.Map).ToEquatableArray(),
            body.Stores.Select(store => store with { Value = this.Map(store.Value) }).ToEquatableArray());
    }

    private static Value? ValueOf(Guard guard) => guard switch
    {
        Guard.ForbiddenBits bits => bits.Value,
        Guard.UpperBound bound => bound.Value,
        Guard.Finite finite => finite.Value,
        Guard.SumMagnitude magnitude => magnitude.TargetBits,
        _ => null,
    };

    private bool[] FindUsed()
    {
        bool[] isUsed = new bool[body.Instructions.Count];
        IEnumerable<Value?> roots = body.Guards.Select(ValueOf)
            .Concat(body.Reductions.SelectMany(reduction => new[] { reduction.A, reduction.B, reduction.LowOrder?.Weight }))
            .Concat(body.Stores.Select(store => (Value?)store.Value));
        foreach (Value root in roots.OfType<Value>())
        {
            isUsed[root.Index] = true;
        }

        // An instruction uses only values before it.
        for (int i = isUsed.Length - 1; i >= 0; i--)
        {
            foreach (Value argument in isUsed[i] ? body.Instructions[i].Arguments : [])
            {
                isUsed[argument.Index] = true;
            }
        }

        return isUsed;
    }

    private Value Map(Value value) => this.values[value.Index]!.Value;

    private PassReduction Map(PassReduction reduction) => reduction with
    {
        A = this.Map(reduction.A),
        B = reduction.B is { } b ? this.Map(b) : null,
        LowOrder = reduction.LowOrder is { } term ? term with { Weight = this.Map(term.Weight) } : null,
    };

    private Guard Map(Guard guard) => guard switch
    {
        Guard.ForbiddenBits bits => bits with { Value = this.Map(bits.Value) },
        Guard.UpperBound bound => bound with { Value = this.Map(bound.Value) },
        Guard.Finite finite => finite with { Value = this.Map(finite.Value) },
        Guard.SumMagnitude magnitude => magnitude with { TargetBits = this.Map(magnitude.TargetBits) },
        _ => guard,
    };
}
