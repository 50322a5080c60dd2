using System.Collections.Immutable;
using KlDivGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlDivGen.CodeFixes;

/// <summary>Replaces an unknown reduction or dialect by the nearest one: KLDIV008 and KLDIV009.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CorrectSpellingFix))]
public sealed class CorrectSpellingFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.Create(FixableIds.UnknownReduction, FixableIds.UnknownDialect);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (diagnostic.Properties.TryGetValue(FixProperties.Nearest, out string? nearest)
                && nearest is not null
                && root?.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is ExpressionSyntax expression)
            {
                ExpressionSyntax right = SyntaxFactory
                    .LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(nearest))
                    .WithTriviaFrom(expression);
                context.RegisterCodeFix(
                    CodeAction.Create(
                        $"Change to \"{nearest}\"",
                        _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(expression, right))),
                        equivalenceKey: nameof(CorrectSpellingFix)),
                    diagnostic);
            }
        }
    }
}
