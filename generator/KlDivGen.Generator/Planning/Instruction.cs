using KlDivGen.Generator.Model;

namespace KlDivGen.Generator.Planning;

/// <summary>The operations of a <see cref="VectorProgram"/>. Each works on whole vectors, lane by lane, and has no branch.</summary>
internal enum Operation
{
    /// <summary>The elements of an operand: <see cref="Instruction.Bits"/> is its <see cref="ParameterRole"/>.</summary>
    Load,

    /// <summary>The same number in every lane: <see cref="Instruction.Bits"/>, as the lane's bits.</summary>
    Constant,

    /// <summary>A number that is known when the kernel is called, in every lane: <see cref="Instruction.Name"/>.</summary>
    Argument,

    /// <summary>a + b, floating-point or integer.</summary>
    Add,

    /// <summary>a − b, floating-point or integer.</summary>
    Subtract,

    /// <summary>a · b.</summary>
    Multiply,

    /// <summary>a / b, correctly rounded everywhere.</summary>
    Divide,

    /// <summary>a · b + c, fused where the machine can.</summary>
    MultiplyAdd,

    /// <summary>a &amp; b.</summary>
    And,

    /// <summary>a &amp; ~b.</summary>
    AndNot,

    /// <summary>a | b.</summary>
    Or,

    /// <summary>a shifted left by <see cref="Instruction.Bits"/>.</summary>
    ShiftLeft,

    /// <summary>a shifted right by <see cref="Instruction.Bits"/>, zeros coming in.</summary>
    ShiftRight,

    /// <summary>The bits of a floating-point value, as integers of the same width.</summary>
    AsInteger,

    /// <summary>Integers taken as the bits of floating-point values of the same width.</summary>
    AsFloating,

    /// <summary>An Int32 as the nearest Single.</summary>
    ToSingle,

    /// <summary>The mask of a &lt; b.</summary>
    Less,

    /// <summary>The mask of a ≤ b.</summary>
    LessOrEqual,

    /// <summary>The mask of a = b.</summary>
    Equal,

    /// <summary>b where the mask a is set, else c.</summary>
    Select,

    /// <summary>The larger of a and b; b where it is NaN.</summary>
    Max,

    /// <summary>The smaller of a and b; b where it is NaN.</summary>
    Min,

    /// <summary>Lanes twice as wide: Int16 to Int32 with its sign, shifted left by <see cref="Instruction.Bits"/>; Single to Double.</summary>
    Widen,

    /// <summary>The same of Int16, but for the bits below those that are shifted, which may be anything, for a mask to clear.</summary>
    WidenAbove,

    /// <summary>Lanes half as wide: Int32 to Int16 by its low bits, Double to Single, rounded to nearest even.</summary>
    Narrow,
}

/// <summary>A value of a program: the result of the instruction at an index.</summary>
internal readonly record struct Value(int Index, Lane Lane);

/// <summary>One statement of a program.</summary>
/// <param name="Operation">What is done.</param>
/// <param name="Lane">What a lane of the result holds.</param>
/// <param name="Arguments">The values it is done to: a, b and c.</param>
/// <param name="Bits">The operand, the constant's bits or the shift; 0 otherwise.</param>
/// <param name="Name">What the result is called in the text.</param>
/// <param name="Comment">What begins here, in English; or <see langword="null"/>.</param>
internal sealed record Instruction(
    Operation Operation,
    Lane Lane,
    EquatableArray<Value> Arguments,
    long Bits,
    string Name,
    string? Comment);
