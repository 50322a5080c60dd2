using KlDivGen.Generator.Model;
using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Planning;

/// <summary>An assumption about an operand's elements that a guard checks.</summary>
internal enum Assumption
{
    /// <summary>Elements may have any value.</summary>
    None,

    /// <summary>Elements are finite.</summary>
    Finite,

    /// <summary>Elements are not negative; those of a 16-bit type are also below 2.</summary>
    NonNegativeBelowTwo,
}

/// <summary>
/// The encoding of a 16-bit element format, which no lane computes with: how elements become floats and floats elements. A new format is a
/// subclass, and a row of <see cref="ElementTypes"/>; no other part of the generator knows one by name.
/// </summary>
internal abstract class StorageFormat
{
    /// <summary>The encoding of a type, or <see langword="null"/> for a type that lanes compute with.</summary>
    public static StorageFormat? Of(ElementType element) => element.Format() switch
    {
        ElementFormat.Half => HalfFormat.Instance,
        ElementFormat.BFloat16 => BFloat16Format.Instance,
        _ => null,
    };

    /// <summary>The type of the lanes in which elements are loaded and stored: for 16-bit types, their bits.</summary>
    public static ScalarType StoredType(ElementType element) => element.Size() switch
    {
        2 => ScalarType.Int16,
        4 => ScalarType.Single,
        _ => ScalarType.Double,
    };

    /// <summary>The format's name, for the names of values.</summary>
    public abstract string Name { get; }

    /// <summary>Elements as floats, exactly, if they meet the assumption.</summary>
    public abstract Value Decode(BodyBuilder b, Value stored, string name, Assumption assumption);

    /// <summary>A float minus finite elements, rounded once.</summary>
    public abstract Value Subtract(BodyBuilder b, string name, Value from, Value stored, string storedName, string? comment);

    /// <summary>
    /// The guard that every element is finite, or <see langword="null"/> where it is not needed, because infinities and NaNs are decoded as such
    /// under every assumption.
    /// </summary>
    public abstract Guard? FiniteGuard(BodyBuilder b, Value stored, string name);

    /// <summary>Floats or doubles as elements, rounded once, to nearest, ties to even.</summary>
    public abstract Value Encode(BodyBuilder b, Value value);

    /// <summary>Doubles as floats, rounded so that a second rounding, by <see cref="Encode"/>, gives the result of a single one.</summary>
    public abstract Value RoundToSingle(BodyBuilder b, Value value);
}
