using KlDivGen.Generator.Model;
using Microsoft.CodeAnalysis;

namespace KlDivGen.Generator.Parsing;

/// <summary>A parameter's type as far as kernels know types; <see cref="Element"/> is null for <see cref="int"/> alone.</summary>
internal readonly record struct DataType(ParameterShape Shape, ElementType? Element)
{
    public bool IsSpan => this.Shape is ParameterShape.Span or ParameterShape.ReadOnlySpan;

    public bool IsTensor => this.Shape is ParameterShape.TensorSpan or ParameterShape.ReadOnlyTensorSpan;

    public bool IsReadOnly => this.Shape is ParameterShape.ReadOnlySpan or ParameterShape.ReadOnlyTensorSpan;

    public bool IsScalar => this.Shape == ParameterShape.Scalar && this.Element is not null;

    public bool IsInt => this.Shape == ParameterShape.Scalar && this.Element is null;

    /// <summary>The type as generated text spells it. A symbol could tell, too, but takes its time, at every key that a user presses.</summary>
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

    /// <summary>Understands a type, or yields null for one that kernels have no use for.</summary>
    public static DataType? Read(ITypeSymbol type)
    {
        if (type.SpecialType == SpecialType.System_Int32)
        {
            return new DataType(ParameterShape.Scalar, null);
        }

        if (ReadElement(type) is ElementType scalar)
        {
            return new DataType(ParameterShape.Scalar, scalar);
        }

        return type is INamedTypeSymbol { Arity: 1, ContainingType: null } named
            && ReadShape(named) is ParameterShape shape
            && ReadElement(named.TypeArguments[0]) is ElementType element
            ? new DataType(shape, element)
            : null;
    }

    public static ElementType? ReadElement(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Single => ElementType.Single,
        SpecialType.System_Double => ElementType.Double,
        _ => type is INamedTypeSymbol { Arity: 0, TypeKind: TypeKind.Struct, ContainingType: null } && IsSystem(type.ContainingNamespace)
            ? ElementTypes.Named(type.Name)
            : null,
    };

    private static ParameterShape? ReadShape(INamedTypeSymbol type) => type.Name switch
    {
        "Span" when IsSystem(type.ContainingNamespace) => ParameterShape.Span,
        "ReadOnlySpan" when IsSystem(type.ContainingNamespace) => ParameterShape.ReadOnlySpan,
        "TensorSpan" when IsTensors(type.ContainingNamespace) => ParameterShape.TensorSpan,
        "ReadOnlyTensorSpan" when IsTensors(type.ContainingNamespace) => ParameterShape.ReadOnlyTensorSpan,
        _ => null,
    };

    private static bool IsTensors(INamespaceSymbol? space) =>
        space is { Name: "Tensors", ContainingNamespace: { Name: "Numerics", ContainingNamespace: INamespaceSymbol outer } }
        && IsSystem(outer);

    // Names are compared level by level: this runs for every parameter at every key that a user presses.
    private static bool IsSystem(INamespaceSymbol? space) =>
        space is { Name: "System", ContainingNamespace.IsGlobalNamespace: true };
}
