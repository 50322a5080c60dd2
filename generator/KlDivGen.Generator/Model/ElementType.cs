namespace KlDivGen.Generator.Model;

/// <summary>A floating-point type that data is stored in, from the narrowest to the widest.</summary>
internal enum ElementType
{
    Half,
    Single,
    Double,
}

/// <summary>What is to be known of each <see cref="ElementType"/>, but for how it is unpacked and packed.</summary>
internal static class ElementTypes
{
    /// <summary>In the order of the types.</summary>
    private static readonly Row[] Rows =
    [
        new("Half", "global::System.Half", Size: 2, LeastExponent: -24, ElementType.Single),
        new("float", "float", Size: 4, LeastExponent: -149, ElementType.Single),
        new("double", "double", Size: 8, LeastExponent: -1074, ElementType.Double),
    ];

    /// <summary>All types, from the narrowest on.</summary>
    public static IEnumerable<ElementType> All => Enumerable.Range(0, Rows.Length).Select(i => (ElementType)i);

    /// <summary>The type of a name in the namespace System, if it is no keyword of the language.</summary>
    public static ElementType? Named(string name)
    {
        int index = Array.FindIndex(Rows, row => row.Keyword == name);
        return index < 0 ? null : (ElementType)index;
    }

    /// <summary>The type as a message spells it.</summary>
    public static string Keyword(this ElementType element) => Rows[(int)element].Keyword;

    /// <summary>The type as generated text spells it.</summary>
    public static string Spell(this ElementType element) => Rows[(int)element].Spelling;

    /// <summary>The size of an element in bytes.</summary>
    public static int Size(this ElementType element) => Rows[(int)element].Size;

    /// <summary>The exponent of the least positive number.</summary>
    public static int LeastExponent(this ElementType element) => Rows[(int)element].LeastExponent;

    /// <summary>The type that it is computed in.</summary>
    public static ElementType ComputedIn(this ElementType element) => Rows[(int)element].ComputedIn;

    private sealed record Row(string Keyword, string Spelling, int Size, int LeastExponent, ElementType ComputedIn);
}
