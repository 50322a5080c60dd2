using System.Collections.Immutable;
using KlDivGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlDivGen.CodeFixes;

/// <summary>
/// Changes the reduction "mean" to "batchmean" (KLDIV100). A method over flat spans gets the parameter <c>batchSize</c>, as long as
/// nothing calls the method: only its callers know the value.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UseBatchMeanCodeFixProvider))]
public sealed class UseBatchMeanCodeFixProvider : SyntaxCodeFixProvider
{
    private const string ReductionProperty = "Reduction";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(DiagnosticIds.MeanReduction);

    /// <inheritdoc/>
    private protected override async Task RegisterAsync(CodeFixContext context, SyntaxNode root, Diagnostic diagnostic)
    {
        if (Property(diagnostic, DiagnosticPropertyNames.Suggestion) is not string suggestion
            || root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<AttributeSyntax>()
                is not AttributeSyntax attribute
            || attribute.Parent?.Parent is not MethodDeclarationSyntax method)
        {
            return;
        }

        string? type = Property(diagnostic, DiagnosticPropertyNames.ParameterType);
        if (type is not null
            && await MethodReferences.ExistAsync(context.Document, method, context.CancellationToken).ConfigureAwait(false))
        {
            return;
        }

        SemanticModel? model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        string title = $"Change to \"{suggestion}\"" + (type is null ? string.Empty : " and add parameter 'batchSize'");
        this.Register(
            context, root, diagnostic, title, method, () => Change(method, attribute, suggestion, type, model, context.CancellationToken));
    }

    private static MethodDeclarationSyntax Change(
        MethodDeclarationSyntax method,
        AttributeSyntax attribute,
        string reduction,
        string? parameterType,
        SemanticModel? model,
        CancellationToken cancellation)
    {
        ExpressionSyntax? expression = attribute.FindSetting(ReductionProperty);
        MethodDeclarationSyntax changed = expression is null
            ? method.ReplaceNode(attribute, attribute.AddSetting(ReductionProperty, ToLiteral(reduction)))
            : method.ReplaceNode(expression, Replace(expression, reduction, model, cancellation).WithTriviaFrom(expression));
        return parameterType is null
            ? changed
            : changed.WithParameterList(AddParameterCodeFixProvider.Add(changed.ParameterList, parameterType, "batchSize"));
    }

    /// <summary><c>Reductions.Mean</c> becomes <c>Reductions.BatchMean</c>; every other constant becomes a literal.</summary>
    private static ExpressionSyntax Replace(
        ExpressionSyntax expression, string reduction, SemanticModel? model, CancellationToken cancellation) =>
        expression is MemberAccessExpressionSyntax access
            && model?.GetSymbolInfo(access, cancellation).Symbol?.ContainingType.ToDisplayString() == "KlDivGen.Reductions"
            ? access.WithName(SyntaxFactory.IdentifierName("BatchMean"))
            : ToLiteral(reduction);

    private static LiteralExpressionSyntax ToLiteral(string value) =>
        SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(value));
}
