using System.Collections.Immutable;
using KlDivGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlDivGen.CodeFixes;

/// <summary>Removes a setting that has no effect or contradicts another (KLDIV029, KLDIV030, KLDIV032, KLDIV033, KLDIV034).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveSettingCodeFixProvider))]
public sealed class RemoveSettingCodeFixProvider : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(
        DiagnosticIds.UnusedTemperature,
        DiagnosticIds.TemperatureTwice,
        DiagnosticIds.BetaWithoutMixture,
        DiagnosticIds.LogTargetOfLogits,
        DiagnosticIds.UnusedDialect);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            // A parameter without effect is at the same diagnostic. Removing it would break calls.
            if (root?.FindNode(diagnostic.Location.SourceSpan) is AttributeArgumentSyntax argument
                && argument.NameEquals?.Name.Identifier.ValueText is string name
                && argument.Parent is AttributeArgumentListSyntax list)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(
                        $"Remove '{name}'",
                        _ => Task.FromResult(context.Document.WithSyntaxRoot(Remove(root, list, argument))),
                        equivalenceKey: nameof(RemoveSettingCodeFixProvider) + name),
                    diagnostic);
            }
        }
    }

    /// <summary>Removes an argument, and the parentheses with the last one.</summary>
    private static SyntaxNode Remove(SyntaxNode root, AttributeArgumentListSyntax list, AttributeArgumentSyntax argument) =>
        list.Arguments.Count == 1
            ? root.RemoveNode(list, SyntaxRemoveOptions.KeepExteriorTrivia)!
            : root.RemoveNode(argument, SyntaxRemoveOptions.KeepNoTrivia)!;
}
