using KlDivGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlDivGen.Generator.Parsing;

/// <summary>Recognizes <c>[KLDivLoss]</c> in syntax.</summary>
internal static class KLDivLossAttributeSyntax
{
    public static bool IsKLDivLoss(AttributeSyntax attribute, SemanticModel model, CancellationToken cancellation) =>
        IsKLDivLoss(model.GetTypeInfo(attribute, cancellation).Type);

    /// <summary>The [KLDivLoss] attribute of a method, also of one in a referenced assembly.</summary>
    public static AttributeData? Find(IMethodSymbol method) =>
        method.GetAttributes().FirstOrDefault(data => IsKLDivLoss(data.AttributeClass));

    /// <summary>The first [KLDivLoss] attribute on one declaration of a method.</summary>
    public static AttributeData? Find(IMethodSymbol method, MethodDeclarationSyntax syntax, CancellationToken cancellation) =>
        method.GetAttributes().FirstOrDefault(data =>
            IsKLDivLoss(data.AttributeClass)
            && data.ApplicationSyntaxReference is SyntaxReference reference
            && reference.SyntaxTree == syntax.SyntaxTree
            && reference.GetSyntax(cancellation).Parent?.Parent == syntax);

    /// <summary>
    /// Reports an attribute on a declaration that the compiler accepts as a method and that cannot be partial. For every other
    /// declaration the compiler itself reports the attribute.
    /// </summary>
    public static void ValidateTarget(SyntaxNode target, AttributeSyntax attribute, DiagnosticBag diagnostics)
    {
        (string? kind, SyntaxNodeOrToken location) = target switch
        {
            LocalFunctionStatementSyntax function => ("A local function", function.Identifier),
            AnonymousFunctionExpressionSyntax => ("A lambda", attribute.Name),
            AccessorDeclarationSyntax accessor => ("An accessor", accessor.Keyword),
            OperatorDeclarationSyntax op => ("An operator", op.OperatorToken),
            ConversionOperatorDeclarationSyntax conversion => ("A conversion operator", (SyntaxNodeOrToken)conversion.Type),
            _ => ((string?)null, default(SyntaxNodeOrToken)),
        };
        if (kind is not null)
        {
            diagnostics.Report(DiagnosticDescriptors.NotAnOrdinaryMethod, location, kind);
        }
    }

    private static bool IsKLDivLoss(ITypeSymbol? type) =>
        type is { Name: "KLDivLossAttribute", ContainingType: null } && type.ToDisplayString() == SymbolNames.Attribute;
}
