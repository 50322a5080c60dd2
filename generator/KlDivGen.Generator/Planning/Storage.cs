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

/// <summary>How elements as they are stored become values that are computed with, and the other way round: a piece per type.</summary>
internal static class Storage
{
    /// <summary>An operand's elements as they are stored; of a Half, the bits.</summary>
    public static Value Load(ProgramBuilder b, ParameterRole role, ElementType element) => element switch
    {
        ElementType.Half => b.Load(role, Lane.Int16, Name(role) + "Half"),
        ElementType.Single => b.Load(role, Lane.Single, Name(role)),
        _ => b.Load(role, Lane.Double, Name(role)),
    };

    /// <summary>An operand's elements, in the compute type.</summary>
    public static Value Unpack(ProgramBuilder b, ParameterRole role, ElementType element, Known known = Known.Nothing)
    {
        string name = Name(role);
        Value stored = Load(b, role, element);
        Value value = element == ElementType.Half ? HalfStorage.Unpack(b, stored, name, known) : stored;
        return value.Lane == b.Compute ? value : b.Widen(name + "Wide", value);
    }

    /// <summary>The same in a fast program, where no other alarm tells of what is not finite.</summary>
    public static Value UnpackFinite(ProgramBuilder b, ParameterRole role, ElementType element, List<Alarm> alarms)
    {
        if (element == ElementType.Half)
        {
            alarms.Add(HalfStorage.Special(b, Load(b, role, element), Name(role)));
        }

        return Unpack(b, role, element, Known.Finite);
    }

    /// <summary>
    /// A value less an operand's elements, in a fast program as <see cref="UnpackFinite"/>: the power of two that makes a Half's bits
    /// a float is multiplied with in the same operation.
    /// </summary>
    public static Value SubtractFinite(ProgramBuilder b, string name, Value from, ParameterRole role, ElementType element, List<Alarm> alarms)
    {
        if (element != ElementType.Half || b.Compute != Lane.Single)
        {
            return b.Subtract(name, from, UnpackFinite(b, role, element, alarms));
        }

        Value half = Load(b, role, element);
        alarms.Add(HalfStorage.Special(b, half, Name(role)));
        return HalfStorage.Subtract(b, name, from, half, Name(role));
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
    public static bool IsNormal(ElementType element, Lane compute) => element.Size() < compute.Size();

    /// <summary>A value of the compute type as it is stored. Under Deterministic every NaN becomes the one canonical NaN.</summary>
    public static Value Pack(ProgramBuilder b, Value value, ElementType element, bool deterministic)
    {
        if (deterministic)
        {
            value = b.Select("canonical", b.Equal("number", value, value), value, b.Constant("NotANumber", double.NaN));
        }

        return element switch
        {
            ElementType.Half => HalfStorage.Pack(b, value),
            ElementType.Single when value.Lane == Lane.Double => b.Narrow("narrow", value),
            _ => value,
        };
    }

    private static string Name(ParameterRole role) => role switch
    {
        ParameterRole.Input => "x",
        ParameterRole.Target => "y",
        _ => "upstream",
    };
}
