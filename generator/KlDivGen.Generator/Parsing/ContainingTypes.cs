using KlDivGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlDivGen.Generator.Parsing;

/// <summary>The types around a method, as another part of each is declared.</summary>
internal static class ContainingTypes
{
    public static EquatableArray<TypeSpec> Read(MethodDeclarationSyntax syntax) => syntax
        .Ancestors()
        .OfType<TypeDeclarationSyntax>()
        .Reverse()
        .Select(type => new TypeSpec(KeywordOf(type)!, NameOf(type)))
        .ToEquatableArray();

    /// <summary>The words before a type's name; null for a kind of type that cannot have parts.</summary>
    public static string? KeywordOf(TypeDeclarationSyntax type) => type.Kind() switch
    {
        SyntaxKind.ClassDeclaration => "class",
        SyntaxKind.StructDeclaration => "struct",
        SyntaxKind.InterfaceDeclaration => "interface",
        SyntaxKind.RecordDeclaration => "record",
        SyntaxKind.RecordStructDeclaration => "record struct",
        _ => null,
    };

    /// <summary>The name with its type parameters, which C# wants to be the same in every part, variance included.</summary>
    private static string NameOf(TypeDeclarationSyntax type) => type.Identifier.Text + TypeParametersOf(type.TypeParameterList);

    /// <summary>Type parameters without their attributes, which must not be repeated.</summary>
    public static string TypeParametersOf(TypeParameterListSyntax? list) => list is null
        ? string.Empty
        : "<" + string.Join(", ", list.Parameters.Select(Spell)) + ">";

    private static string Spell(TypeParameterSyntax parameter) =>
        parameter.VarianceKeyword.IsKind(SyntaxKind.None)
            ? parameter.Identifier.Text
            : parameter.VarianceKeyword.Text + " " + parameter.Identifier.Text;
}
