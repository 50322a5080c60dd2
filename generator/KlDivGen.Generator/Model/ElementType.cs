namespace KlDivGen.Generator.Model;

/// <summary>A floating-point type in which data is stored.</summary>
internal enum ElementType
{
    Half,
    Single,
    Double,
}

/// <summary>
/// The facts about each <see cref="ElementType"/>, except how a 16-bit type is encoded and decoded, which its storage format knows.
/// </summary>
/// <param name="DisplayName">The type as a message spells it.</param>
/// <param name="CSharp">The type as generated code spells it.</param>
/// <param name="Size">The size of an element in bytes.</param>
/// <param name="MinSubnormalExponent">The exponent of the smallest positive number.</param>
/// <param name="ComputeType">The type that kernels compute in.</param>
internal sealed record ElementTypeInfo(
    string DisplayName, string CSharp, int Size, int MinSubnormalExponent, ElementType ComputeType);

/// <summary>The table of element types.</summary>
internal static class ElementTypes
{
    private static readonly ElementTypeInfo[] Infos =
    [
        new("Half", "global::System.Half", Size: 2, MinSubnormalExponent: -24, ElementType.Single),
        new("float", "float", Size: 4, MinSubnormalExponent: -149, ElementType.Single),
        new("double", "double", Size: 8, MinSubnormalExponent: -1074, ElementType.Double),
    ];

    /// <summary>
    /// The type that holds every value of two types. A table, because 16-bit types are not ordered: neither Half nor bfloat16 holds the
    /// other.
    /// </summary>
    private static readonly ElementType[,] Promotions =
    {
        { ElementType.Half, ElementType.Single, ElementType.Double },
        { ElementType.Single, ElementType.Single, ElementType.Double },
        { ElementType.Double, ElementType.Double, ElementType.Double },
    };

    public static IEnumerable<ElementType> All => Enumerable.Range(0, Infos.Length).Select(i => (ElementType)i);

    /// <summary>The type of a name in the namespace System, if it is no keyword of the language.</summary>
    public static ElementType? Named(string name)
    {
        int index = Array.FindIndex(Infos, info => info.DisplayName == name);
        return index < 0 ? null : (ElementType)index;
    }

    /// <summary>The narrowest type that holds every value of both.</summary>
    public static ElementType Promote(ElementType a, ElementType b) => Promotions[(int)a, (int)b];

    /// <summary>Whether a type holds every value of another.</summary>
    public static bool Holds(this ElementType type, ElementType other) => Promote(type, other) == type;

    public static string DisplayName(this ElementType element) => Infos[(int)element].DisplayName;

    public static string ToCSharp(this ElementType element) => Infos[(int)element].CSharp;

    public static int Size(this ElementType element) => Infos[(int)element].Size;

    public static int MinSubnormalExponent(this ElementType element) => Infos[(int)element].MinSubnormalExponent;

    public static ElementType ComputeType(this ElementType element) => Infos[(int)element].ComputeType;
}
