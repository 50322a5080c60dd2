using KlDivGen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace KlDivGen.Generator.Usage;

/// <summary>A declaration with <c>[KLDivLoss]</c>, an input and a target.</summary>
/// <param name="Symbol">The method as a symbol.</param>
/// <param name="Syntax">The annotated declaration.</param>
/// <param name="Attribute">The attribute of that declaration.</param>
internal sealed record AnnotatedMethod(IMethodSymbol Symbol, MethodDeclarationSyntax Syntax, AttributeData Attribute)
{
    /// <summary>Whether the target holds logits.</summary>
    public bool HasTargetLogits => SettingsParser.IsTrue(this.Attribute, SettingsParser.TargetLogitsProperty);

    /// <summary>The annotated method that a method declaration is, or <see langword="null"/>.</summary>
    public static AnnotatedMethod? Find(SyntaxNodeAnalysisContext context)
    {
        MethodDeclarationSyntax syntax = (MethodDeclarationSyntax)context.Node;
        return syntax is { AttributeLists.Count: > 0, ParameterList.Parameters.Count: >= 2 }
            && context.SemanticModel.GetDeclaredSymbol(syntax, context.CancellationToken) is IMethodSymbol method
            && method.Parameters.Length >= 2
            && KLDivLossAttributeSyntax.Find(method, syntax, context.CancellationToken) is AttributeData attribute
            ? new AnnotatedMethod(method, syntax, attribute)
            : null;
    }
}
