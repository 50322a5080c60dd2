using KlDivGen.Generator.Model;

namespace KlDivGen.Generator.Plan;

/// <summary>A value of a body: the result of the instruction at an index.</summary>
internal readonly record struct Value(int Index, ScalarType Type);

/// <summary>The part of an instruction that is no value.</summary>
internal abstract record Immediate
{
    /// <summary>A constant by its bits, of the instruction's type.</summary>
    internal sealed record Constant(long Bits) : Immediate;

    /// <summary>The number of bits to shift by.</summary>
    internal sealed record Shift(int Count) : Immediate;

    /// <summary>The operand to load from.</summary>
    internal sealed record Operand(ParameterRole Role) : Immediate;

    /// <summary>The name of a number that the pass is given.</summary>
    internal sealed record Argument(string Name) : Immediate;
}

/// <summary>One statement of a body.</summary>
/// <param name="OpCode">The operation.</param>
/// <param name="Type">The type of the result's lanes.</param>
/// <param name="Arguments">The operation's a, b and c.</param>
/// <param name="Immediate">The operand, constant, shift or argument, where the operation has one.</param>
/// <param name="Name">The result's name in generated code and in printed plans.</param>
/// <param name="Comment">The intention of this and the following statements, or <see langword="null"/>.</param>
internal sealed record Instruction(
    OpCode OpCode,
    ScalarType Type,
    EquatableArray<Value> Arguments,
    Immediate? Immediate,
    string Name,
    string? Comment);
