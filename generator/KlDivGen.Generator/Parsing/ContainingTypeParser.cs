using KlDivGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlDivGen.Generator.Parsing;

/// <summary>Reads the types that contain a method, so that another part of each can be declared.</summary>
internal static class ContainingTypeParser
{
    public static EquatableArray<TypeSpec> Parse(MethodDeclarationSyntax syntax) => syntax
        .Ancestors()
        .OfType<TypeDeclarationSyntax>()
        .Reverse()
        .Select(type => new TypeSpec(KeywordOf(type)!, NameOf(type)))
        .ToEquatableArray();

    /// <summary>The keywords before a type's name, or <see langword="null"/> for a kind of type that cannot be partial.</summary>
    public static string? KeywordOf(TypeDeclarationSyntax type) => type.Kind() switch
    {
        SyntaxKind.ClassDeclaration => "class",
        SyntaxKind.StructDeclaration => "struct",
        SyntaxKind.InterfaceDeclaration => "interface",
        SyntaxKind.RecordDeclaration => "record",
        SyntaxKind.RecordStructDeclaration => "record struct",
        _ => null,
    };

    /// <summary>Type parameters as every part of a type or method must declare them: with variance, without attributes.</summary>
    public static string TypeParametersOf(TypeParameterListSyntax? list) => list is null
        ? string.Empty
        : "<" + string.Join(", ", list.Parameters.Select(ToCSharp)) + ">";

    private static string NameOf(TypeDeclarationSyntax type) => type.Identifier.Text + TypeParametersOf(type.TypeParameterList);

    private static string ToCSharp(TypeParameterSyntax parameter) =>
        parameter.VarianceKeyword.IsKind(SyntaxKind.None)
            ? parameter.Identifier.Text
            : parameter.VarianceKeyword.Text + " " + parameter.Identifier.Text;
}
