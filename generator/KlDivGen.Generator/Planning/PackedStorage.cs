using KlDivGen.Generator.Model;

namespace KlDivGen.Generator.Planning;

/// <summary>
/// How elements of 16 bits, which no lane computes with, become floats and the other way round: a piece for each such type, and a row of
/// <see cref="ElementTypes"/>. No other part of the generator knows one by name.
/// </summary>
internal abstract class PackedStorage
{
    /// <summary>A type's piece, or <see langword="null"/> for one that lanes compute with.</summary>
    public static PackedStorage? Of(ElementType element) => element switch
    {
        ElementType.Half => HalfStorage.Instance,
        _ => null,
    };

    /// <summary>An element as a float, as far as <paramref name="known"/> leaves it open what it may be.</summary>
    public abstract Value Unpack(ProgramBuilder b, Value stored, string name, Known known);

    /// <summary>A float less a finite element, rounded once.</summary>
    public abstract Value Subtract(ProgramBuilder b, string name, Value from, Value stored, string storedName);

    /// <summary>What tells of ±∞ and NaN.</summary>
    public abstract Alarm Special(ProgramBuilder b, Value stored, string name);

    /// <summary>A float or a double as an element, rounded once, to nearest, ties to even.</summary>
    public abstract Value Pack(ProgramBuilder b, Value value);
}
