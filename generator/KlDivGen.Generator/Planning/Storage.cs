using KlDivGen.Generator.Model;

namespace KlDivGen.Generator.Planning;

/// <summary>How elements as they are stored become values that are computed with, and the other way round: a piece per type.</summary>
internal static class Storage
{
    /// <summary>An operand's elements, in the compute type.</summary>
    public static Value Unpack(ProgramBuilder b, ParameterRole role, ElementType element)
    {
        string name = role switch
        {
            ParameterRole.Input => "x",
            ParameterRole.Target => "y",
            _ => "upstream",
        };
        Value value = element switch
        {
            ElementType.Half => HalfStorage.Unpack(b, b.Load(role, Lane.Int16, name + "Half"), name),
            ElementType.Single => b.Load(role, Lane.Single, name),
            _ => b.Load(role, Lane.Double, name),
        };
        return value.Lane == b.Compute ? value : b.Widen(name + "Wide", value);
    }

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
}
