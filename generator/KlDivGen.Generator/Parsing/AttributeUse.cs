using KlDivGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlDivGen.Generator.Parsing;

/// <summary>Recognizes <c>[KLDivLoss]</c> and what it stands on.</summary>
internal static class AttributeUse
{
    public static bool IsOurs(AttributeSyntax attribute, SemanticModel model, CancellationToken cancellation) =>
        IsOurs(model.GetTypeInfo(attribute, cancellation).Type);

    /// <summary>The first of a method's [KLDivLoss] attributes among those that one of its declarations carries.</summary>
    public static AttributeData? First(IMethodSymbol method, MethodDeclarationSyntax syntax, CancellationToken cancellation) =>
        method.GetAttributes().FirstOrDefault(data =>
            IsOurs(data.AttributeClass)
            && data.ApplicationSyntaxReference is SyntaxReference reference
            && reference.SyntaxTree == syntax.SyntaxTree
            && reference.GetSyntax(cancellation).Parent?.Parent == syntax);

    /// <summary>
    /// Reports an attribute on something that the compiler allows, because it becomes a method, and that cannot be partial.
    /// Where the compiler does not allow the attribute at all, it says so itself.
    /// </summary>
    public static void CheckOwner(SyntaxNode owner, AttributeSyntax attribute, Findings findings)
    {
        (string? what, SyntaxNodeOrToken where) = owner switch
        {
            LocalFunctionStatementSyntax function => ("A local function", function.Identifier),
            AnonymousFunctionExpressionSyntax => ("A lambda", attribute.Name),
            AccessorDeclarationSyntax accessor => ("An accessor", accessor.Keyword),
            OperatorDeclarationSyntax op => ("An operator", op.OperatorToken),
            ConversionOperatorDeclarationSyntax conversion => ("A conversion operator", (SyntaxNodeOrToken)conversion.Type),
            _ => ((string?)null, default(SyntaxNodeOrToken)),
        };
        if (what is not null)
        {
            findings.Report(Descriptors.NotAnOrdinaryMethod, where, what);
        }
    }

    private static bool IsOurs(ITypeSymbol? type) =>
        type is { Name: "KLDivLossAttribute", ContainingType: null } && type.ToDisplayString() == Names.Attribute;
}
