using KlDivGen.Generator.Model;
using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Planning;

/// <summary>Loads operands into the compute type and stores results in theirs.</summary>
internal static class OperandAccess
{
    /// <summary>An operand's elements as they are stored.</summary>
    public static Value Load(BodyBuilder b, ParameterRole role, ElementType element, string? comment = null)
    {
        return b.Load(role, StorageFormat.StoredType(element), role.Info().Symbol + StorageFormat.Of(element)?.Name, comment);
    }

    /// <summary>An operand's elements in the compute type.</summary>
    public static Value Decode(
        BodyBuilder b, ParameterRole role, ElementType element, Assumption assumption = Assumption.None, string? comment = null)
    {
        string name = role.Info().Symbol;
        Value stored = Load(b, role, element, comment);
        Value value = StorageFormat.Of(element)?.Decode(b, stored, name, assumption) ?? stored;
        return value.Type == b.ComputeType ? value : b.Widen(name + "Wide", value);
    }

    /// <summary>An operand's elements, guarded to be finite where no other guard notices infinities and NaNs of its type.</summary>
    public static Value DecodeFinite(BodyBuilder b, ParameterRole role, ElementType element, string? comment = null)
    {
        if (StorageFormat.Of(element)?.FiniteGuard(b, Load(b, role, element, comment), role.Info().Symbol) is { } guard)
        {
            b.Guard(guard);
        }

        return Decode(b, role, element, Assumption.Finite, comment);
    }

    /// <summary>A value minus an operand's elements, guarded as by <see cref="DecodeFinite"/>.</summary>
    public static Value SubtractFinite(BodyBuilder b, string name, Value from, ParameterRole role, ElementType element, string comment)
    {
        if (b.ComputeType != ScalarType.Single || StorageFormat.Of(element) is not { } format)
        {
            return b.Subtract(name, from, DecodeFinite(b, role, element), comment);
        }

        Value stored = Load(b, role, element, comment);
        if (format.FiniteGuard(b, stored, role.Info().Symbol) is { } guard)
        {
            b.Guard(guard);
        }

        return format.Subtract(b, name, from, stored, role.Info().Symbol, comment: null);
    }

    /// <summary>The guard of <see cref="Assumption.NonNegativeBelowTwo"/>: neither the sign nor the exponent's first bit is set.</summary>
    public static Guard NonNegativeBelowTwoGuard(BodyBuilder b, ParameterRole role, ElementType element)
    {
        Value stored = Load(b, role, element);
        int bits = 8 * stored.Type.Size();
        Value asBits = b.AsInteger(role.Info().Symbol + "Bits", stored);
        return new Guard.ForbiddenBits(asBits, (-1L << (bits - 1)) | (1L << (bits - 2)));
    }

    /// <summary>Whether every nonzero number of an element type is normal in the compute type.</summary>
    public static bool IsNormal(ElementType element, FloatFormat format) => element.MinSubnormalExponent() > -format.ExponentBias;

    /// <summary>Stores values in an operand's type. A reproducible kernel stores every NaN as the one canonical NaN.</summary>
    public static void Store(BodyBuilder b, ParameterRole role, ElementType element, Value value, bool canonicalNaN)
    {
        if (canonicalNaN)
        {
            Value isNumber = b.Equal("isNumber", value, value, "every NaN is stored with the same bits");
            value = b.Select("canonical", isNumber, value, b.Constant("NaN", double.NaN, value.Type));
        }

        Value stored = StorageFormat.Of(element)?.Encode(b, value)
            ?? (StorageFormat.StoredType(element) == value.Type ? value : b.Narrow("narrow", value));
        b.Store(role, stored);
    }
}
