using System.Globalization;
using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Emission;

/// <summary>Types and numbers as C# spells them, the same on every machine and under every culture.</summary>
internal static class CSharp
{
    /// <summary>The namespace of the runtime that the user's method calls.</summary>
    public const string Runtime = "global::KlDivGen.CompilerServices";

    /// <summary>The namespace that kernels are generated into.</summary>
    public const string KernelNamespace = "KlDivGen.Generated";

    public static string Keyword(ScalarType type) => type switch
    {
        ScalarType.Int16 => "short",
        ScalarType.Int32 => "int",
        ScalarType.Int64 => "long",
        ScalarType.Single => "float",
        _ => "double",
    };

    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A product, without a factor of 1.</summary>
    public static string Multiple(int factor, string value) => factor == 1 ? value : $"{Number(factor)} * {value}";

    /// <summary>A position some vectors further on, or before.</summary>
    public static string Offset(string position, int vectors) => vectors switch
    {
        -1 => $"{position} - width",
        < 0 => $"{position} - ({Multiple(-vectors, "width")})",
        0 => position,
        _ when position == "0" => Multiple(vectors, "width"),
        1 => $"{position} + width",
        _ => $"{position} + ({Multiple(vectors, "width")})",
    };

    /// <summary>A constant by its bits, which reads back as the same bits.</summary>
    public static string Literal(ScalarType type, long bits)
    {
        switch (type)
        {
            case ScalarType.Single:
                return Floating(BitConverter.ToSingle(BitConverter.GetBytes((int)bits), 0), "float", "G9", "f");
            case ScalarType.Double:
                return Floating(BitConverter.Int64BitsToDouble(bits), "double", "G17", string.Empty);
            case ScalarType.Int64:
                return Integer(bits, "X16", "long", "L");
            case ScalarType.Int32:
                return Integer((int)bits, "X8", "int", string.Empty);
            default:
                return (short)bits >= 0 ? Integer(bits, "X4", "short", string.Empty) : $"unchecked((short)0x{(short)bits:X4})";
        }
    }

    private static string Integer(long value, string format, string type, string suffix)
    {
        string digits = type == "int"
            ? ((int)value).ToString(format, CultureInfo.InvariantCulture)
            : value.ToString(format, CultureInfo.InvariantCulture);
        return value >= 0 ? $"0x{digits}{suffix}" : $"unchecked(({type})0x{digits})";
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
