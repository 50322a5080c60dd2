using KlDivGen.Generator.Model;
using Microsoft.CodeAnalysis;

namespace KlDivGen.Generator.Parsing;

/// <summary>The type of a parameter that kernels accept.</summary>
/// <param name="Shape">The shape of the type.</param>
/// <param name="Element">The type of the elements or of the scalar; <see langword="null"/> for <see cref="int"/>.</param>
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
        string element = this.Element?.ToCSharp() ?? "int";
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

    public static ElementType? ParseElement(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Single => ElementType.Single,
        SpecialType.System_Double => ElementType.Double,
        _ => type is INamedTypeSymbol { Arity: 0, TypeKind: TypeKind.Struct, ContainingType: null } && IsSystem(type.ContainingNamespace)
            ? ElementTypes.Named(type.Name)
            : null,
    };

    private static ParameterShape? ParseShape(INamedTypeSymbol type) => type.Name switch
    {
        "Span" when IsSystem(type.ContainingNamespace) => ParameterShape.Span,
        "ReadOnlySpan" when IsSystem(type.ContainingNamespace) => ParameterShape.ReadOnlySpan,
        "TensorSpan" when IsTensors(type.ContainingNamespace) => ParameterShape.TensorSpan,
        "ReadOnlyTensorSpan" when IsTensors(type.ContainingNamespace) => ParameterShape.ReadOnlyTensorSpan,
        _ => null,
    };

    private static bool IsTensors(INamespaceSymbol? ns) =>
        ns is { Name: "Tensors", ContainingNamespace: { Name: "Numerics", ContainingNamespace: INamespaceSymbol outer } }
        && IsSystem(outer);

    // Comparing names level by level is faster than formatting the namespace.
    private static bool IsSystem(INamespaceSymbol? ns) =>
        ns is { Name: "System", ContainingNamespace.IsGlobalNamespace: true };
}
