namespace KlDivGen.Generator.Model;

internal static class ElementTypeExtensions
{
    /// <summary>The size of an element in bytes.</summary>
    public static int Size(this ElementType element) => element switch
    {
        ElementType.Half => 2,
        ElementType.Single => 4,
        _ => 8,
    };

    /// <summary>The type as generated text spells it.</summary>
    public static string Spell(this ElementType element) => element switch
    {
        ElementType.Half => "global::System.Half",
        ElementType.Single => "float",
        _ => "double",
    };
}
