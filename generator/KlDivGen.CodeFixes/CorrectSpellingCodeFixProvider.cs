using System.Collections.Immutable;
using KlDivGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlDivGen.CodeFixes;

/// <summary>Replaces an unknown reduction, dialect or divergence with the suggested one (KLDIV008, KLDIV009, KLDIV027).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CorrectSpellingCodeFixProvider))]
public sealed class CorrectSpellingCodeFixProvider : SyntaxCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.Create(DiagnosticIds.UnknownReduction, DiagnosticIds.UnknownDialect, DiagnosticIds.UnknownDivergence);

    /// <inheritdoc/>
    private protected override Task RegisterAsync(CodeFixContext context, SyntaxNode root, Diagnostic diagnostic)
    {
        if (Property(diagnostic, DiagnosticPropertyNames.Suggestion) is string suggestion
            && root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is ExpressionSyntax expression)
        {
            this.Register(context, root, diagnostic, $"Change to \"{suggestion}\"", expression, () => SyntaxFactory
                .LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(suggestion))
                .WithTriviaFrom(expression));
        }

        return Task.CompletedTask;
    }
}
