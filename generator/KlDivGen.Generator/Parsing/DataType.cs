using KlDivGen.Generator.Model;
using Microsoft.CodeAnalysis;

namespace KlDivGen.Generator.Parsing;

/// <summary>The type of a parameter that kernels accept.</summary>
/// <param name="Shape">The shape of the type.</param>
/// <param name="Element">
/// The type of the elements or of the scalar; <see langword="null"/> for the scalar <see cref="int"/> and for spans of <see cref="bool"/>.
/// </param>
internal readonly record struct DataType(ParameterShape Shape, ElementType? Element)
{
    public bool IsSpan => this.Shape is ParameterShape.Span or ParameterShape.ReadOnlySpan;

    public bool IsTensor => this.Shape is ParameterShape.TensorSpan or ParameterShape.ReadOnlyTensorSpan;

    public bool IsReadOnly => this.Shape is ParameterShape.ReadOnlySpan or ParameterShape.ReadOnlyTensorSpan;

    public bool IsScalar => this.Shape == ParameterShape.Scalar && this.Element is not null;

    public bool IsInt => this.Shape == ParameterShape.Scalar && this.Element is null;

    /// <summary>The type for generated code.</summary>
    /// <remarks>Composed here, because formatting the symbol is slow and this runs at every key that a user presses.</remarks>
    public string ToCSharp()
    {
        string element = this.Element?.ToCSharp() ?? (this.Shape == ParameterShape.Scalar ? "int" : "bool");
        return this.Shape switch
        {
            ParameterShape.Scalar => element,
            ParameterShape.Span or ParameterShape.ReadOnlySpan => $"global::System.{this.Shape}<{element}>",
            _ => $"global::System.Numerics.Tensors.{this.Shape}<{element}>",
        };
    }

    /// <summary>Reads a type, or returns <see langword="null"/> for one that kernels do not accept.</summary>
    public static DataType? Parse(ITypeSymbol type)
    {
        if (type.SpecialType == SpecialType.System_Int32)
        {
            return new DataType(ParameterShape.Scalar, null);
        }

        if (ParseElement(type) is ElementType scalar)
        {
            return new DataType(ParameterShape.Scalar, scalar);
        }

        return type is INamedTypeSymbol { Arity: 1, ContainingType: null } named
            && ParseShape(named) is ParameterShape shape
            && ParseElement(named.TypeArguments[0]) is ElementType element
            ? new DataType(shape, element)
            : null;
    }

    /// <summary>Reads the type of a mask, or returns <see langword="null"/> for another type.</summary>
    public static DataType? ParseMask(ITypeSymbol type) =>
        type is INamedTypeSymbol { Arity: 1, ContainingType: null, TypeArguments: [{ SpecialType: SpecialType.System_Boolean }] } named
            && ParseShape(named) is (ParameterShape.Span or ParameterShape.ReadOnlySpan) and ParameterShape shape
            ? new DataType(shape, null)
            : null;

    public static ElementType? ParseElement(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Single => ElementType.Single,
        SpecialType.System_Double => ElementType.Double,
        _ => type is INamedTypeSymbol { Arity: 0, TypeKind: TypeKind.Struct, ContainingType: null } named ? ParseStructure(named) : null,
    };

    /// <summary>Whether a type is the runtime's structure of a loss that merges with others.</summary>
    public static bool IsPartialLoss(ITypeSymbol type) =>
        type is INamedTypeSymbol { Name: nameof(ReturnType.PartialLoss), Arity: 0, ContainingType: null } && IsNamespace(type.ContainingNamespace, "KlDivGen");

    private static ElementType? ParseStructure(INamedTypeSymbol type) =>
        ElementTypes.Find(type.Name, name => IsNamespace(type.ContainingNamespace, name)) is ElementType element
        && (element == ElementType.Half || HasSixteenBits(type))
            ? element
            : null;

    /// <summary>
    /// Whether a structure consists of one 16-bit integer. A kernel reads and writes the memory of its elements as such integers. The
    /// reference assemblies of .NET have another field in the place of every field.
    /// </summary>
    private static bool HasSixteenBits(INamedTypeSymbol type) =>
        type.GetMembers().OfType<IFieldSymbol>().Where(field => !field.IsStatic).ToArray()
            is [{ Type.SpecialType: SpecialType.System_UInt16 or SpecialType.System_Int16 } or { Name: "_dummyPrimitive" }];

    private static ParameterShape? ParseShape(INamedTypeSymbol type) => type.Name switch
    {
        "Span" when IsNamespace(type.ContainingNamespace, "System") => ParameterShape.Span,
        "ReadOnlySpan" when IsNamespace(type.ContainingNamespace, "System") => ParameterShape.ReadOnlySpan,
        "TensorSpan" when IsNamespace(type.ContainingNamespace, "System.Numerics.Tensors") => ParameterShape.TensorSpan,
        "ReadOnlyTensorSpan" when IsNamespace(type.ContainingNamespace, "System.Numerics.Tensors") => ParameterShape.ReadOnlyTensorSpan,
        _ => null,
    };

    // Comparing names level by level is faster than formatting the namespace.
    private static bool IsNamespace(INamespaceSymbol? symbol, string name)
    {
        int dot = name.LastIndexOf('.');
        return symbol?.Name == name.Substring(dot + 1) && (dot < 0
            ? symbol.ContainingNamespace.IsGlobalNamespace
            : IsNamespace(symbol.ContainingNamespace, name.Substring(0, dot)));
    }
}
