using KlDivGen.Generator.Model;
using Microsoft.CodeAnalysis;

namespace KlDivGen.Generator.Parsing;

/// <summary>How symbols and the model's values are spelt, in generated text and in messages.</summary>
internal static class Names
{
    /// <summary>The namespace and name of the attribute.</summary>
    public const string Attribute = "KlDivGen.KLDivLossAttribute";

    /// <summary>A type as generated text spells it: <c>global::</c>, keywords escaped, nullable annotations kept.</summary>
    private static readonly SymbolDisplayFormat GlobalFormat =
        SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
            SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat NamespaceFormat = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    public static string Global(ITypeSymbol type) => type.ToDisplayString(GlobalFormat);

    public static string? Namespace(ISymbol symbol) =>
        symbol.ContainingNamespace is { IsGlobalNamespace: false } space ? space.ToDisplayString(NamespaceFormat) : null;

    /// <summary>A type as a message spells it.</summary>
    public static string Message(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    public static string Value(Reduction reduction) => SettingsParser.Reductions[(int)reduction];

    /// <summary>Words as a sentence lists them: <c>a, b or c</c>.</summary>
    public static string Or(IReadOnlyList<string> words) => words.Count == 1
        ? words[0]
        : string.Join(", ", words.Take(words.Count - 1)) + " or " + words[words.Count - 1];
}
