using KlDivGen.Generator.Model;

namespace KlDivGen.Generator.Planning;

/// <summary>What a program may take for granted of an operand, because an alarm tells where it is not so.</summary>
internal enum Known
{
    /// <summary>It may be anything.</summary>
    Nothing,

    /// <summary>It is finite, or an alarm tells.</summary>
    Finite,

    /// <summary>It is neither below 0 nor, as a Half, as much as 2, or an alarm tells.</summary>
    Positive,
}

/// <summary>How elements as they are stored become values that are computed with, and the other way round.</summary>
internal static class Storage
{
    /// <summary>The lane that an element is loaded and stored as: of 16 bits, the bits.</summary>
    public static Lane LaneOf(ElementType element) => element.Size() switch
    {
        2 => Lane.Int16,
        4 => Lane.Single,
        _ => Lane.Double,
    };

    /// <summary>An operand's elements as they are stored.</summary>
    public static Value Load(ProgramBuilder b, ParameterRole role, ElementType element) =>
        b.Load(role, LaneOf(element), Name(role) + (PackedStorage.Of(element) is null ? string.Empty : element.DisplayName()));

    /// <summary>An operand's elements, in the compute type.</summary>
    public static Value Unpack(ProgramBuilder b, ParameterRole role, ElementType element, Known known = Known.Nothing)
    {
        string name = Name(role);
        Value stored = Load(b, role, element);
        Value value = PackedStorage.Of(element)?.Unpack(b, stored, name, known) ?? stored;
        return value.Lane == b.Compute ? value : b.Widen(name + "Wide", value);
    }

    /// <summary>The same in a fast program, where no other alarm tells of what is not finite.</summary>
    public static Value UnpackFinite(ProgramBuilder b, ParameterRole role, ElementType element, List<Alarm> alarms)
    {
        if (PackedStorage.Of(element) is { } packed)
        {
            alarms.Add(packed.Special(b, Load(b, role, element), Name(role)));
        }

        return Unpack(b, role, element, Known.Finite);
    }

    /// <summary>A value less an operand's elements, in a fast program as <see cref="UnpackFinite"/>.</summary>
    public static Value SubtractFinite(ProgramBuilder b, string name, Value from, ParameterRole role, ElementType element, List<Alarm> alarms)
    {
        if (b.Compute != Lane.Single || PackedStorage.Of(element) is not { } packed)
        {
            return b.Subtract(name, from, UnpackFinite(b, role, element, alarms));
        }

        Value stored = Load(b, role, element);
        alarms.Add(packed.Special(b, stored, Name(role)));
        return packed.Subtract(b, name, from, stored, Name(role));
    }

    /// <summary>What tells of elements that are not <see cref="Known.Positive"/>, for a fast program that takes it for granted.</summary>
    public static Alarm NotPositive(ProgramBuilder b, ParameterRole role, ElementType element)
    {
        Value stored = Load(b, role, element);
        int bits = 8 * stored.Lane.Size();

        // The sign, and the exponent's first bit, which numbers from 2 on have.
        return new Alarm(AlarmKind.Bits, b.AsInteger(Name(role) + "Bits", stored), (-1L << (bits - 1)) | (1L << (bits - 2)));
    }

    /// <summary>Whether every number of the type but 0 is a normal one in the lane that is computed in.</summary>
    public static bool IsNormal(ElementType element, Lane compute) => element.MinSubnormalExponent() >= (compute == Lane.Single ? -126 : -1022);

    /// <summary>A value of the compute type as it is stored. Under Deterministic every NaN becomes the one canonical NaN.</summary>
    public static Value Pack(ProgramBuilder b, Value value, ElementType element, bool deterministic)
    {
        if (deterministic)
        {
            value = b.Select("canonical", b.Equal("number", value, value), value, b.Constant("NotANumber", double.NaN));
        }

        return PackedStorage.Of(element)?.Pack(b, value)
            ?? (LaneOf(element) == value.Lane ? value : b.Narrow("narrow", value));
    }

    private static string Name(ParameterRole role) => role switch
    {
        ParameterRole.Input => "x",
        ParameterRole.Target => "y",
        _ => "upstream",
    };
}
