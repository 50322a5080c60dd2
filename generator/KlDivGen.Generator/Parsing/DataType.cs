using KlDivGen.Generator.Model;
using Microsoft.CodeAnalysis;

namespace KlDivGen.Generator.Parsing;

/// <summary>A parameter's type as far as kernels know types; <see cref="Element"/> is null for <see cref="int"/> alone.</summary>
internal readonly record struct DataType(Container Container, ElementType? Element)
{
    public bool IsSpan => this.Container is Container.Span or Container.ReadOnlySpan;

    public bool IsTensor => this.Container is Container.TensorSpan or Container.ReadOnlyTensorSpan;

    public bool IsReadOnly => this.Container is Container.ReadOnlySpan or Container.ReadOnlyTensorSpan;

    public bool IsScalar => this.Container == Container.Scalar && this.Element is not null;

    public bool IsInt => this.Container == Container.Scalar && this.Element is null;

    /// <summary>The type as generated text spells it. A symbol could tell, too, but takes its time, at every key that a user presses.</summary>
    public string Spell()
    {
        string element = this.Element?.Spell() ?? "int";
        return this.Container switch
        {
            Container.Scalar => element,
            Container.Span or Container.ReadOnlySpan => $"global::System.{this.Container}<{element}>",
            _ => $"global::System.Numerics.Tensors.{this.Container}<{element}>",
        };
    }

    /// <summary>Understands a type, or yields null for one that kernels have no use for.</summary>
    public static DataType? Read(ITypeSymbol type)
    {
        if (type.SpecialType == SpecialType.System_Int32)
        {
            return new DataType(Container.Scalar, null);
        }

        if (ReadElement(type) is ElementType scalar)
        {
            return new DataType(Container.Scalar, scalar);
        }

        return type is INamedTypeSymbol { Arity: 1, ContainingType: null } named
            && ReadContainer(named) is Container container
            && ReadElement(named.TypeArguments[0]) is ElementType element
            ? new DataType(container, element)
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

    private static Container? ReadContainer(INamedTypeSymbol type) => type.Name switch
    {
        "Span" when IsSystem(type.ContainingNamespace) => Container.Span,
        "ReadOnlySpan" when IsSystem(type.ContainingNamespace) => Container.ReadOnlySpan,
        "TensorSpan" when IsTensors(type.ContainingNamespace) => Container.TensorSpan,
        "ReadOnlyTensorSpan" when IsTensors(type.ContainingNamespace) => Container.ReadOnlyTensorSpan,
        _ => null,
    };

    private static bool IsTensors(INamespaceSymbol? space) =>
        space is { Name: "Tensors", ContainingNamespace: { Name: "Numerics", ContainingNamespace: INamespaceSymbol outer } }
        && IsSystem(outer);

    // Names are compared level by level: this runs for every parameter at every key that a user presses.
    private static bool IsSystem(INamespaceSymbol? space) =>
        space is { Name: "System", ContainingNamespace.IsGlobalNamespace: true };
}
