namespace KlDivGen.Conformance.Arithmetic;

/// <summary>The floating-point types of data and results: those of .NET from the narrowest to the widest, then those of libraries.</summary>
internal enum ElementType
{
    Half,
    Single,
    Double,
    BFloat16,
    OnnxFloat16,
    OnnxBFloat16,
    TorchSharpBFloat16,
}

/// <summary>The facts about each <see cref="ElementType"/> that its format does not have.</summary>
internal static class ElementTypes
{
    /// <summary>The type as the source files of the matrix spell it.</summary>
    public static string ToCSharp(this ElementType type) => type switch
    {
        ElementType.Half => "Half",
        ElementType.Single => "float",
        ElementType.Double => "double",
        ElementType.BFloat16 => "System.Numerics.BFloat16",
        ElementType.OnnxFloat16 => "Microsoft.ML.OnnxRuntime.Float16",
        ElementType.OnnxBFloat16 => "Microsoft.ML.OnnxRuntime.BFloat16",
        ElementType.TorchSharpBFloat16 => "TorchSharp.BFloat16",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "There is no such type."),
    };

    /// <summary>Whether data of a type takes two bytes an element.</summary>
    public static bool HasSixteenBits(this ElementType type) => FloatFormat.Of(type).HasSixteenBits;

    /// <summary>The contract's T: the one of two types that has every value of the other, or float.</summary>
    public static ElementType Promote(ElementType a, ElementType b)
    {
        (FloatFormat first, FloatFormat second) = (FloatFormat.Of(a), FloatFormat.Of(b));
        return first.Holds(second) ? a : second.Holds(first) ? b : ElementType.Single;
    }
}
