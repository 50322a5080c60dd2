using System.Collections.Immutable;
using KlDivGen.Generator.Diagnostics;
using KlDivGen.Generator.Model;
using KlDivGen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace KlDivGen.Generator;

/// <summary>Reports every error that prevents the generator from implementing a method. Both use the same parser.</summary>
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

        // Not an action for attributes: an IDE offers code fixes only for diagnostics inside the analyzed node, and those of a
        // method can be on the types that contain it.
        context.RegisterSemanticModelAction(static context => Analyze(context));
    }

    private static void Analyze(SemanticModelAnalysisContext context)
    {
        SyntaxNode root = context.SemanticModel.SyntaxTree.GetRoot(context.CancellationToken);
        foreach (AttributeSyntax attribute in root.DescendantNodes().OfType<AttributeSyntax>())
        {
            if (KLDivLossAttributeSyntax.IsKLDivLoss(attribute, context.SemanticModel, context.CancellationToken)
                && attribute.Parent?.Parent is SyntaxNode target)
            {
                Analyze(attribute, target, context);
            }
        }
    }

    private static void Analyze(AttributeSyntax attribute, SyntaxNode target, SemanticModelAnalysisContext context)
    {
        SemanticModel model = context.SemanticModel;
        DiagnosticBag diagnostics = new(model.Compilation);
        if (target is not MethodDeclarationSyntax syntax)
        {
            KLDivLossAttributeSyntax.ValidateTarget(target, attribute, diagnostics);
        }
        else if (model.GetDeclaredSymbol(syntax, context.CancellationToken) is IMethodSymbol method
            && KLDivLossAttributeSyntax.Find(method, syntax, context.CancellationToken) is AttributeData data
            && data.ApplicationSyntaxReference?.Span == attribute.Span)
        {
            _ = MethodParser.Parse(
                method, syntax, data, model, isAfterGeneration: true, diagnostics, context.CancellationToken);
        }

        foreach (DiagnosticInfo diagnostic in diagnostics.Diagnostics)
        {
            context.ReportDiagnostic(diagnostic.ToDiagnostic(model.Compilation));
        }
    }
}
