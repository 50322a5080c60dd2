using System.Collections.Immutable;
using KlDivGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace KlDivGen.CodeFixes;

/// <summary>
/// Changes the reduction "mean" to "batchmean" (KLDIV100). A method over flat spans gets the parameter <c>batchSize</c>, as long as
/// nothing calls the method: only its callers know the value.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UseBatchMeanCodeFixProvider))]
public sealed class UseBatchMeanCodeFixProvider : CodeFixProvider
{
    private const string ReductionProperty = "Reduction";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(DiagnosticIds.MeanReduction);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (!diagnostic.Properties.TryGetValue(DiagnosticPropertyNames.Suggestion, out string? suggestion)
                || suggestion is null
                || root?.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not SyntaxNode node
                || node.FirstAncestorOrSelf<AttributeSyntax>() is not AttributeSyntax attribute
                || attribute.Parent?.Parent is not MethodDeclarationSyntax method)
            {
                continue;
            }

            _ = diagnostic.Properties.TryGetValue(DiagnosticPropertyNames.ParameterType, out string? type);
            if (type is not null
                && await MethodReferences.ExistAsync(context.Document, method, context.CancellationToken).ConfigureAwait(false))
            {
                continue;
            }

            string title = $"Change to \"{suggestion}\"" + (type is null ? string.Empty : " and add parameter 'batchSize'");
            context.RegisterCodeFix(
                CodeAction.Create(
                    title,
                    cancellation => ChangeAsync(context.Document, root, method, attribute, suggestion, type, cancellation),
                    equivalenceKey: nameof(UseBatchMeanCodeFixProvider)),
                diagnostic);
        }
    }

    private static async Task<Document> ChangeAsync(
        Document document,
        SyntaxNode root,
        MethodDeclarationSyntax method,
        AttributeSyntax attribute,
        string reduction,
        string? parameterType,
        CancellationToken cancellation)
    {
        SemanticModel? model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        ExpressionSyntax? expression = attribute.ArgumentList?.Arguments
            .FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == ReductionProperty)?.Expression;
        MethodDeclarationSyntax changed = expression is null
            ? method.ReplaceNode(attribute, AddReduction(attribute, reduction))
            : method.ReplaceNode(expression, Replace(expression, reduction, model, cancellation).WithTriviaFrom(expression));
        if (parameterType is not null)
        {
            changed = changed.WithParameterList(AddParameterCodeFixProvider.Add(changed.ParameterList, parameterType, "batchSize"));
        }

        return document.WithSyntaxRoot(root.ReplaceNode(method, changed));
    }

    /// <summary><c>Reductions.Mean</c> becomes <c>Reductions.BatchMean</c>; every other constant becomes a literal.</summary>
    private static ExpressionSyntax Replace(
        ExpressionSyntax expression, string reduction, SemanticModel? model, CancellationToken cancellation) =>
        expression is MemberAccessExpressionSyntax access
            && model?.GetSymbolInfo(access, cancellation).Symbol?.ContainingType.ToDisplayString() == "KlDivGen.Reductions"
            ? access.WithName(SyntaxFactory.IdentifierName("BatchMean"))
            : ToLiteral(reduction);

    private static AttributeSyntax AddReduction(AttributeSyntax attribute, string reduction)
    {
        AttributeArgumentListSyntax list = attribute.ArgumentList ?? SyntaxFactory.AttributeArgumentList();
        AttributeArgumentSyntax argument = SyntaxFactory
            .AttributeArgument(ToLiteral(reduction))
            .WithNameEquals(SyntaxFactory.NameEquals(ReductionProperty))
            .WithAdditionalAnnotations(Formatter.Annotation);
        return attribute.WithArgumentList(list.WithArguments(list.Arguments.Insert(0, argument)));
    }

    private static LiteralExpressionSyntax ToLiteral(string value) =>
        SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(value));
}
