using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace KlDivGen.CodeFixes;

/// <summary>
/// A code fix provider that replaces nodes of one document. Its fixes are independent, so that "Fix all" applies them in one batch.
/// </summary>
public abstract class SyntaxCodeFixProvider : CodeFixProvider
{
    private protected SyntaxCodeFixProvider()
    {
    }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is SyntaxNode root)
        {
            foreach (Diagnostic diagnostic in context.Diagnostics)
            {
                await this.RegisterAsync(context, root, diagnostic).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Registers the fix of one diagnostic, if there is one.</summary>
    private protected abstract Task RegisterAsync(CodeFixContext context, SyntaxNode root, Diagnostic diagnostic);

    /// <summary>Registers a fix that replaces a node. "Fix all" applies the fixes of one kind together.</summary>
    private protected void Register(
        CodeFixContext context,
        SyntaxNode root,
        Diagnostic diagnostic,
        string title,
        SyntaxNode node,
        Func<SyntaxNode> replacement,
        string kind = "") =>
        context.RegisterCodeFix(
            CodeAction.Create(
                title,
                _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(node, replacement()))),
                equivalenceKey: this.GetType().Name + kind),
            diagnostic);

    /// <summary>A property that the analyzer has attached to a diagnostic, or <see langword="null"/>.</summary>
    private protected static string? Property(Diagnostic diagnostic, string name) =>
        diagnostic.Properties.TryGetValue(name, out string? value) ? value : null;
}
