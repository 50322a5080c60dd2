using KlDivGen.Generator.Model;

namespace KlDivGen.Generator.Plan;

/// <summary>
/// The computation for one vector of elements: straight-line statements, and sinks for their values. It does not know the width of a
/// vector; the writer unrolls it, and the tests interpret it element by element.
/// </summary>
/// <param name="Instructions">The statements, each using only values before it.</param>
/// <param name="Guards">The conditions under which the body is right; empty for a slow path, which is always right.</param>
/// <param name="Reductions">The values that are combined over all elements.</param>
/// <param name="Stores">The values that are written.</param>
internal sealed record KernelBody(
    EquatableArray<Instruction> Instructions,
    EquatableArray<Guard> Guards,
    EquatableArray<PassReduction> Reductions,
    EquatableArray<Store> Stores)
{
    /// <summary>The operands that the body reads, each once, in the order of the parameters.</summary>
    public IEnumerable<ParameterRole> Sources => this.Instructions
        .Select(instruction => instruction.Immediate)
        .OfType<Immediate.Operand>()
        .Select(operand => operand.Role)
        .Distinct()
        .OrderBy(role => role);

    /// <summary>The instruction that computes a value.</summary>
    public Instruction this[Value value] => this.Instructions[value.Index];
}

/// <summary>A sink that writes a value to a destination.</summary>
internal sealed record Store(ParameterRole Destination, Value Value);
