using System.Collections.Immutable;
using KlDivGen.Generator.Diagnostics;
using KlDivGen.Generator.Model;
using KlDivGen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace KlDivGen.Generator;

/// <summary>Reports what keeps the generator from implementing a method: everything that the shared parser finds.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class KlDivLossAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = Descriptors.Errors;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        // The generator looks at files that another tool has written, so the analyzer does.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterSyntaxNodeAction(static node => Analyze(node), SyntaxKind.Attribute);
    }

    private static void Analyze(SyntaxNodeAnalysisContext context)
    {
        AttributeSyntax attribute = (AttributeSyntax)context.Node;
        if (!AttributeUse.IsOurs(attribute, context.SemanticModel, context.CancellationToken)
            || attribute.Parent?.Parent is not SyntaxNode owner)
        {
            return;
        }

        Findings findings = new();
        if (owner is not MethodDeclarationSyntax syntax)
        {
            AttributeUse.CheckOwner(owner, attribute, findings);
        }
        else if (context.SemanticModel.GetDeclaredSymbol(syntax, context.CancellationToken) is IMethodSymbol method
            && AttributeUse.First(method, syntax, context.CancellationToken) is AttributeData data
            && data.ApplicationSyntaxReference?.Span == attribute.Span)
        {
            _ = MethodParser.Parse(method, syntax, data, context.SemanticModel, findings, context.CancellationToken);
        }

        foreach (DiagnosticInfo mistake in findings.Diagnostics)
        {
            context.ReportDiagnostic(mistake.ToDiagnostic(context.Compilation));
        }
    }
}
