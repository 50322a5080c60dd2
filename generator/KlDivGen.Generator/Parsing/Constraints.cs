using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlDivGen.Generator.Parsing;

/// <summary>
/// A generic method's constraints, which C# wants repeated in every part: keywords as they stand, and types by their full names,
/// since a generated file has no usings. The syntax is followed rather than the symbol, because an override has constraints that
/// it must not write.
/// </summary>
internal static class Constraints
{
    public static string Read(MethodDeclarationSyntax syntax, SemanticModel model, CancellationToken cancellation) =>
        string.Join(" ", syntax.ConstraintClauses.Select(clause => Spell(clause, model, cancellation)));

    private static string Spell(TypeParameterConstraintClauseSyntax clause, SemanticModel model, CancellationToken cancellation) =>
        $"where {clause.Name.Identifier.Text} : "
        + string.Join(", ", clause.Constraints.Select(constraint => Spell(constraint, model, cancellation)));

    private static string Spell(TypeParameterConstraintSyntax constraint, SemanticModel model, CancellationToken cancellation) =>
        constraint is TypeConstraintSyntax { Type: TypeSyntax type }
        && model.GetTypeInfo(type, cancellation).Type is ITypeSymbol { TypeKind: not TypeKind.Error } symbol
            ? Names.Global(symbol)
            : constraint.WithoutTrivia().ToString();
}
