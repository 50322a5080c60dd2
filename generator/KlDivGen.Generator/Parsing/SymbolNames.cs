using Microsoft.CodeAnalysis;

namespace KlDivGen.Generator.Parsing;

/// <summary>Writes the names of symbols, for generated code and for messages.</summary>
internal static class SymbolNames
{
    /// <summary>The namespace and name of the attribute.</summary>
    public const string Attribute = "KlDivGen.KLDivLossAttribute";

    /// <summary>The namespace of generated kernels.</summary>
    public const string KernelNamespace = "KlDivGen.Generated";

    private static readonly SymbolDisplayFormat FullyQualifiedFormat =
        SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
            SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat NamespaceFormat = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    /// <summary>A type for generated code: with <c>global::</c>, escaped keywords and nullable annotations.</summary>
    public static string ToFullyQualifiedString(ITypeSymbol type) => type.ToDisplayString(FullyQualifiedFormat);

    /// <summary>The namespace of a symbol for generated code, or <see langword="null"/> for the global namespace.</summary>
    public static string? ToNamespaceString(ISymbol symbol) =>
        symbol.ContainingNamespace is { IsGlobalNamespace: false } containingNamespace
            ? containingNamespace.ToDisplayString(NamespaceFormat)
            : null;

    /// <summary>A type for a message.</summary>
    public static string ToDisplayName(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
}
