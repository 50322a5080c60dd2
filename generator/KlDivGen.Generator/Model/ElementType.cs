namespace KlDivGen.Generator.Model;

/// <summary>A type in which data is stored.</summary>
internal enum ElementType
{
    Half,
    OnnxFloat16,
    BFloat16,
    TorchSharpBFloat16,
    OnnxBFloat16,
    Single,
    Double,
}

/// <summary>How the bits of an element represent a number.</summary>
internal enum ElementFormat
{
    Half,
    BFloat16,
    Single,
    Double,
}

/// <summary>The facts about each <see cref="ElementType"/>.</summary>
/// <param name="Format">How its bits represent a number.</param>
/// <param name="Namespace">The namespace.</param>
/// <param name="Name">The name, or the keyword of a type that has one.</param>
internal sealed record ElementTypeInfo(ElementFormat Format, string Namespace, string Name)
{
    private const string System = nameof(System);

    /// <summary>
    /// Whether C# converts the type from and to double. Other types have conversions that differ from library to library, or none.
    /// </summary>
    public bool HasConversions => this.Namespace == System;

    private bool IsKeyword => this.Format is ElementFormat.Single or ElementFormat.Double;

    /// <summary>The type as a message spells it: with its namespace where several types have the same name.</summary>
    public string DisplayName => this.Namespace == System ? this.Name : $"{this.Namespace}.{this.Name}";

    /// <summary>The type as generated code spells it.</summary>
    public string CSharp => this.IsKeyword ? this.Name : $"global::{this.Namespace}.{this.Name}";
}

/// <summary>
/// The facts about each <see cref="ElementFormat"/>, except how a 16-bit format is encoded and decoded, which its storage format knows.
/// </summary>
/// <param name="Size">The size of an element in bytes.</param>
/// <param name="Precision">The number of bits of the significand, with the implicit one.</param>
/// <param name="MinSubnormalExponent">The exponent of the smallest positive number.</param>
/// <param name="ComputeType">The type that kernels compute in.</param>
internal sealed record ElementFormatInfo(int Size, int Precision, int MinSubnormalExponent, ElementType ComputeType)
{
    /// <summary>
    /// Whether a format holds every number of another. Formats are not ordered: neither Half nor bfloat16 holds the other. Of IEEE formats,
    /// the one with more precision and smaller numbers has larger numbers too.
    /// </summary>
    public bool Holds(ElementFormatInfo other) =>
        this.Precision >= other.Precision && this.MinSubnormalExponent <= other.MinSubnormalExponent;
}

/// <summary>The tables of element types and their formats.</summary>
internal static class ElementTypes
{
    private static readonly ElementTypeInfo[] Infos =
    [
        new(ElementFormat.Half, "System", "Half"),
        new(ElementFormat.Half, "Microsoft.ML.OnnxRuntime", "Float16"),
        new(ElementFormat.BFloat16, "System.Numerics", "BFloat16"),
        new(ElementFormat.BFloat16, "TorchSharp", "BFloat16"),
        new(ElementFormat.BFloat16, "Microsoft.ML.OnnxRuntime", "BFloat16"),
        new(ElementFormat.Single, "System", "float"),
        new(ElementFormat.Double, "System", "double"),
    ];

    private static readonly ElementFormatInfo[] Formats =
    [
        new(Size: 2, Precision: 11, MinSubnormalExponent: -24, ElementType.Single),
        new(Size: 2, Precision: 8, MinSubnormalExponent: -133, ElementType.Single),
        new(Size: 4, Precision: 24, MinSubnormalExponent: -149, ElementType.Single),
        new(Size: 8, Precision: 53, MinSubnormalExponent: -1074, ElementType.Double),
    ];

    public static IEnumerable<ElementType> All => Enumerable.Range(0, Infos.Length).Select(i => (ElementType)i);

    /// <summary>The structure of a name in a namespace, if data can be stored in it.</summary>
    public static ElementType? Find(string name, Func<string, bool> isNamespace)
    {
        int index = Array.FindIndex(Infos, info => info.Name == name && isNamespace(info.Namespace));
        return index < 0 ? null : (ElementType)index;
    }

    /// <summary>
    /// The narrowest type that holds every number of both: one of the two, or float where neither holds the other. Of two types of one format,
    /// it is the first.
    /// </summary>
    public static ElementType Promote(ElementType a, ElementType b) => a.Holds(b) ? a : b.Holds(a) ? b : ElementType.Single;

    /// <summary>Whether a type holds every number of another.</summary>
    public static bool Holds(this ElementType type, ElementType other) => type.FormatInfo().Holds(other.FormatInfo());

    public static ElementTypeInfo Info(this ElementType element) => Infos[(int)element];

    public static ElementFormat Format(this ElementType element) => element.Info().Format;

    public static string DisplayName(this ElementType element) => element.Info().DisplayName;

    public static string ToCSharp(this ElementType element) => element.Info().CSharp;

    public static int Size(this ElementType element) => element.FormatInfo().Size;

    public static int MinSubnormalExponent(this ElementType element) => element.FormatInfo().MinSubnormalExponent;

    public static ElementType ComputeType(this ElementType element) => element.FormatInfo().ComputeType;

    private static ElementFormatInfo FormatInfo(this ElementType element) => Formats[(int)element.Format()];
}
