using System.Globalization;
using KlDivGen.Generator.Model;
using KlDivGen.Generator.Planning;

namespace KlDivGen.Generator.Emission;

/// <summary>How C# spells types, names and numbers, the same on every machine and under every culture.</summary>
internal static class Spelling
{
    /// <summary>The namespace of the runtime that generated code calls.</summary>
    public const string Runtime = "global::KlDivGen.CompilerServices";

    /// <summary>The namespace that kernels are generated into.</summary>
    public const string KernelNamespace = "KlDivGen.Generated";

    /// <summary>The type of one lane. Halves are handled by their bits.</summary>
    public static string Scalar(Lane lane) => lane switch
    {
        Lane.Int16 => "short",
        Lane.Int32 => "int",
        Lane.Int64 => "long",
        Lane.Single => "float",
        _ => "double",
    };

    public static string Vector(Lane lane) => $"Vector<{Scalar(lane)}>";

    /// <summary>The name of a kernel's own parameter for an operand.</summary>
    public static string Operand(ParameterRole role) => role switch
    {
        ParameterRole.Input => "input",
        ParameterRole.Target => "target",
        ParameterRole.Output => "output",
        ParameterRole.GradOutput => "gradOutput",
        ParameterRole.GradInput => "gradInput",
        ParameterRole.GradTarget => "gradTarget",
        _ => "batchSize",
    };

    /// <summary>The name of the vector that has a kernel's scalar argument in every lane.</summary>
    public static string InEveryLane(string argument) => argument + "s";

    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A product; without a factor of 1.</summary>
    public static string Times(int factor, string value) => factor == 1 ? value : $"{Number(factor)} * {value}";

    /// <summary>The index of an element some vectors further on.</summary>
    public static string VectorsOn(string position, int vectors) => vectors switch
    {
        0 => position,
        1 => $"{position} + lanes",
        _ => $"{position} + ({Times(vectors, "lanes")})",
    };

    /// <summary>A vector's bits as another type of lane.</summary>
    public static string Reinterpret(Lane to, Lane from, string value) => to == from
        ? value
        : to switch
        {
            Lane.Int32 => $"Vector.AsVectorInt32({value})",
            Lane.Int64 => $"Vector.AsVectorInt64({value})",
            Lane.Single => $"Vector.AsVectorSingle({value})",
            _ => $"Vector.AsVectorDouble({value})",
        };

    /// <summary>A constant by its bits: round-trip, with what a reader needs to recognise it.</summary>
    public static string Literal(Lane lane, long bits)
    {
        switch (lane)
        {
            case Lane.Single:
                return Floating(BitConverter.ToSingle(BitConverter.GetBytes((int)bits), 0), "float", "G9", "f");
            case Lane.Double:
                return Floating(BitConverter.Int64BitsToDouble(bits), "double", "G17", string.Empty);
            case Lane.Int64:
                string wide = "0x" + bits.ToString("X16", CultureInfo.InvariantCulture);
                return bits >= 0 ? wide + "L" : $"unchecked((long){wide})";
            default:
                string narrow = "0x" + ((int)bits).ToString("X8", CultureInfo.InvariantCulture);
                return (int)bits >= 0 ? narrow : $"unchecked((int){narrow})";
        }
    }

    private static string Floating(double value, string type, string format, string suffix)
    {
        if (double.IsNaN(value))
        {
            return type + ".NaN";
        }

        if (double.IsInfinity(value))
        {
            return type + (value > 0 ? ".PositiveInfinity" : ".NegativeInfinity");
        }

        string text = suffix.Length > 0
            ? ((float)value).ToString(format, CultureInfo.InvariantCulture)
            : value.ToString(format, CultureInfo.InvariantCulture);
        bool integral = text.IndexOfAny(['.', 'E']) < 0;
        return text + (suffix.Length > 0 ? suffix : integral ? ".0" : string.Empty);
    }
}
