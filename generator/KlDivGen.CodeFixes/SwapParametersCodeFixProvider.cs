using System.Collections.Immutable;
using KlDivGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlDivGen.CodeFixes;

/// <summary>
/// Swaps the input and the target of a declaration (KLDIV101), as long as nothing calls the method: the arguments of its callers may be
/// in the right order already.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SwapParametersCodeFixProvider))]
public sealed class SwapParametersCodeFixProvider : SyntaxCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(DiagnosticIds.ParameterOrder);

    /// <inheritdoc/>
    private protected override async Task RegisterAsync(CodeFixContext context, SyntaxNode root, Diagnostic diagnostic)
    {
        if (root.FindToken(diagnostic.Location.SourceSpan.Start).Parent is ParameterSyntax { Parent: ParameterListSyntax list }
            && list.Parent is MethodDeclarationSyntax method
            && !IsBoundToItsPosition(list.Parameters[0])
            && !IsBoundToItsPosition(list.Parameters[1])
            && !await MethodReferences.ExistAsync(context.Document, method, context.CancellationToken).ConfigureAwait(false))
        {
            (ParameterSyntax first, ParameterSyntax second) = (list.Parameters[0], list.Parameters[1]);
            this.Register(
                context,
                root,
                diagnostic,
                $"Swap '{first.Identifier.ValueText}' and '{second.Identifier.ValueText}'",
                list,
                () => list.ReplaceNodes(
                    new[] { first, second },
                    (original, _) => original == first ? second.WithTriviaFrom(first) : first.WithTriviaFrom(second)));
        }
    }

    /// <summary>The modifier <c>this</c> is allowed on the first parameter only, and <c>params</c> on the last one.</summary>
    private static bool IsBoundToItsPosition(ParameterSyntax parameter) =>
        parameter.Modifiers.Any(SyntaxKind.ThisKeyword) || parameter.Modifiers.Any(SyntaxKind.ParamsKeyword);
}
