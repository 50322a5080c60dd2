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
/// The encoding of a 16-bit element type, which no lane computes with: how elements become floats and floats elements. A new type is a
/// subclass, and a row of <see cref="ElementTypes"/>; no other part of the generator knows one by name.
/// </summary>
internal abstract class StorageFormat
{
    /// <summary>The encoding of a type, or <see langword="null"/> for a type that lanes compute with.</summary>
    public static StorageFormat? Of(ElementType element) => element switch
    {
        ElementType.Half => HalfFormat.Instance,
        _ => null,
    };

    /// <summary>The type of the lanes in which elements are loaded and stored: for 16-bit types, their bits.</summary>
    public static ScalarType StoredType(ElementType element) => element.Size() switch
    {
        2 => ScalarType.Int16,
        4 => ScalarType.Single,
        _ => ScalarType.Double,
    };

    /// <summary>Elements as floats, exactly, if they meet the assumption.</summary>
    public abstract Value Decode(BodyBuilder b, Value stored, string name, Assumption assumption);

    /// <summary>A float minus finite elements, rounded once.</summary>
    public abstract Value Subtract(BodyBuilder b, string name, Value from, Value stored, string storedName, string? comment);

    /// <summary>The guard that every element is finite.</summary>
    public abstract Guard FiniteGuard(BodyBuilder b, Value stored, string name);

    /// <summary>Floats or doubles as elements, rounded once, to nearest, ties to even.</summary>
    public abstract Value Encode(BodyBuilder b, Value value);

    /// <summary>
    /// Rounds double to float so that a second rounding, to 16 bits, gives what one rounding would: the last bit of the float says whether
    /// anything was left over.
    /// </summary>
    public static Value RoundToOdd(BodyBuilder b, Value value)
    {
        Value bits = b.AsInteger("doubleBits", value);
        Value below = b.Integer("BelowSingle", 0x1FFFFFFF, ScalarType.Int64, "the bits that a float lacks");
        Value leftOver = b.And("leftOver", bits, below, "double to float, rounded to odd, so that rounding twice is rounding once");
        Value sticky = b.Add("sticky", leftOver, below);
        Value odd = b.AndNot("oddBits", b.Or("stickyBits", bits, sticky), below);
        return b.Narrow("odd", b.AsFloating("oddDouble", odd));
    }
}
