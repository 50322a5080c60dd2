namespace KlDivGen.Generator.Plan;

/// <summary>The operations of a <see cref="KernelBody"/>. Each works on whole vectors, lane by lane, and has no branch.</summary>
internal enum OpCode
{
    /// <summary>The elements of an operand (<see cref="Immediate.Operand"/>).</summary>
    Load,

    /// <summary>The same number in every lane (<see cref="Immediate.Constant"/>).</summary>
    Constant,

    /// <summary>A number that is known when the pass begins, in every lane (<see cref="Immediate.Argument"/>).</summary>
    Argument,

    /// <summary>a + b, floating-point or integer.</summary>
    Add,

    /// <summary>a − b, floating-point or integer.</summary>
    Subtract,

    /// <summary>a · b.</summary>
    Multiply,

    /// <summary>a / b, correctly rounded on every processor.</summary>
    Divide,

    /// <summary>a · b + c, rounded once where the processor can.</summary>
    MultiplyAdd,

    /// <summary>The nearest integer to a, of two the even one, as a floating-point number.</summary>
    Round,

    /// <summary>a · 2ᵇ, b an integer, where a and the product are normal numbers.</summary>
    Scale,

    /// <summary>
    /// a · 2ᵇ, b an integer or −∞, a from 1 to 2. Where b is below the exponents of normal numbers, any number from 0 to twice the smallest
    /// normal number.
    /// </summary>
    ScaleClamped,

    /// <summary>
    /// 2 to the power n/32 − 125 (n/16 − 1021 for Double), n from 0 to 4095 (16383) in the low bits of the integer a. From a table that only
    /// registers of 512 bits hold.
    /// </summary>
    FractionalPower,

    /// <summary>a &amp; b.</summary>
    And,

    /// <summary>a &amp; ~b.</summary>
    AndNot,

    /// <summary>a | b.</summary>
    Or,

    /// <summary>a ^ b.</summary>
    Xor,

    /// <summary>a shifted left (<see cref="Immediate.Shift"/>).</summary>
    ShiftLeft,

    /// <summary>a shifted right, zeros coming in (<see cref="Immediate.Shift"/>).</summary>
    ShiftRight,

    /// <summary>The bits of a floating-point value, as integers of the same width.</summary>
    AsInteger,

    /// <summary>Integers taken as the bits of floating-point values of the same width.</summary>
    AsFloating,

    /// <summary>An Int32 as the nearest Single.</summary>
    ToSingle,

    /// <summary>The mask of a &lt; b.</summary>
    LessThan,

    /// <summary>The mask of a ≤ b.</summary>
    LessThanOrEqual,

    /// <summary>The mask of a = b.</summary>
    Equal,

    /// <summary>b where the mask a is set, else c.</summary>
    Select,

    /// <summary>The larger of a and b. Unspecified where one of them is NaN: processors and runtimes differ.</summary>
    Max,

    /// <summary>The smaller of a and b. Unspecified where one of them is NaN: processors and runtimes differ.</summary>
    Min,

    /// <summary>Lanes twice as wide: Int16 to Int32 with its sign, then shifted left (<see cref="Immediate.Shift"/>); Single to Double.</summary>
    Widen,

    /// <summary>Int16 to Int32, shifted left. The bits below the shifted ones are unspecified: the user must mask them.</summary>
    WidenUpperUnmasked,

    /// <summary>Lanes half as wide: Int32 to Int16 by its low bits; Double to Single, rounded to nearest even.</summary>
    Narrow,
}
