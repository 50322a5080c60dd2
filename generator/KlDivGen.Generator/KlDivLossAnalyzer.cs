using System.Collections.Immutable;
using KlDivGen.Generator.Diagnostics;
using KlDivGen.Generator.Model;
using KlDivGen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace KlDivGen.Generator;

/// <summary>Reports every mistake that prevents the generator from implementing a method. Both use the same parser.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class KlDivLossAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = DiagnosticDescriptors.Errors;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        // The generator implements methods in files that another tool has written, so the analyzer checks them too.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterSyntaxNodeAction(static node => Analyze(node), SyntaxKind.Attribute);
    }

    private static void Analyze(SyntaxNodeAnalysisContext context)
    {
        AttributeSyntax attribute = (AttributeSyntax)context.Node;
        if (!KLDivLossAttributeSyntax.IsKLDivLoss(attribute, context.SemanticModel, context.CancellationToken)
            || attribute.Parent?.Parent is not SyntaxNode target)
        {
            return;
        }

        DiagnosticBag diagnostics = new();
        if (target is not MethodDeclarationSyntax syntax)
        {
            KLDivLossAttributeSyntax.ValidateTarget(target, attribute, diagnostics);
        }
        else if (context.SemanticModel.GetDeclaredSymbol(syntax, context.CancellationToken) is IMethodSymbol method
            && KLDivLossAttributeSyntax.Find(method, syntax, context.CancellationToken) is AttributeData data
            && data.ApplicationSyntaxReference?.Span == attribute.Span)
        {
            _ = MethodParser.Parse(method, syntax, data, context.SemanticModel, diagnostics, context.CancellationToken);
        }

        foreach (DiagnosticInfo diagnostic in diagnostics.Diagnostics)
        {
            context.ReportDiagnostic(diagnostic.ToDiagnostic(context.Compilation));
        }
    }
}
