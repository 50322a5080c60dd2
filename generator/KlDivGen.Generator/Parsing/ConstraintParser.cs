using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlDivGen.Generator.Parsing;

/// <summary>
/// Reads the constraints of a generic method, which C# requires in every part. Types get their full names, since a generated file
/// has no usings.
/// </summary>
/// <remarks>The source is the syntax, not the symbol: an override inherits constraints and must not repeat them.</remarks>
internal static class ConstraintParser
{
    public static string Parse(MethodDeclarationSyntax syntax, SemanticModel model, CancellationToken cancellation) =>
        string.Join(" ", syntax.ConstraintClauses.Select(clause => ToCSharp(clause, model, cancellation)));

    private static string ToCSharp(TypeParameterConstraintClauseSyntax clause, SemanticModel model, CancellationToken cancellation) =>
        $"where {clause.Name.Identifier.Text} : "
        + string.Join(", ", clause.Constraints.Select(constraint => ToCSharp(constraint, model, cancellation)));

    private static string ToCSharp(TypeParameterConstraintSyntax constraint, SemanticModel model, CancellationToken cancellation) =>
        constraint is TypeConstraintSyntax { Type: TypeSyntax type }
        && model.GetTypeInfo(type, cancellation).Type is ITypeSymbol { TypeKind: not TypeKind.Error } symbol
            ? SymbolNames.ToFullyQualifiedString(symbol)
            : constraint.WithoutTrivia().ToString();
}
