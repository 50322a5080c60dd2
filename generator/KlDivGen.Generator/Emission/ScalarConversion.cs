using KlDivGen.Generator.Model;

namespace KlDivGen.Generator.Emission;

/// <summary>Spells conversions of a scalar from and to double, each rounded once.</summary>
internal static class ScalarConversion
{
    public static string ToDouble(ElementType type, string value) => type.Info().HasConversions
        ? $"(double){value}"
        : $"{Converter(type)}.ToDouble({value})";

    public static string FromDouble(ElementType type, string value) => type == ElementType.Double ? value
        : type.Info().HasConversions ? $"({type.ToCSharp()})({value})"
        : $"{Converter(type)}.FromDouble<{type.ToCSharp()}>({value})";

    /// <summary>The class of the runtime that converts structures of a format by their bits.</summary>
    private static string Converter(ElementType type) => $"{CSharp.Runtime}.{type.Format()}Converter";
}
