namespace KlDivGen.CompilerServices;

/// <summary>Specifies how two operands overlap in memory.</summary>
internal enum Overlap
{
    /// <summary>The operands share no memory.</summary>
    None,

    /// <summary>Elements of equal index are the same memory.</summary>
    Identical,

    /// <summary>The operands share memory in another way, or it cannot be excluded that they do.</summary>
    Partial,
}
