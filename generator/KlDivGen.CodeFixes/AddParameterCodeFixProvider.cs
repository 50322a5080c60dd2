using System.Collections.Immutable;
using KlDivGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace KlDivGen.CodeFixes;

/// <summary>Adds the parameter <c>output</c> or <c>batchSize</c> that the reduction requires (KLDIV017, KLDIV019).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddParameterCodeFixProvider))]
public sealed class AddParameterCodeFixProvider : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.Create(DiagnosticIds.MissingOutput, DiagnosticIds.MissingBatchSize);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (diagnostic.Properties.TryGetValue(DiagnosticPropertyNames.ParameterType, out string? type)
                && type is not null
                && root?.FindToken(diagnostic.Location.SourceSpan.Start).Parent is MethodDeclarationSyntax method)
            {
                string name = diagnostic.Id == DiagnosticIds.MissingOutput ? "output" : "batchSize";
                context.RegisterCodeFix(
                    CodeAction.Create(
                        $"Add parameter '{name}'",
                        _ => Task.FromResult(context.Document.WithSyntaxRoot(
                            root.ReplaceNode(method.ParameterList, Add(method.ParameterList, type, name)))),
                        equivalenceKey: nameof(AddParameterCodeFixProvider) + name),
                    diagnostic);
            }
        }
    }

    /// <summary>
    /// Adds the parameter at the end, or before the first optional one. Its type is fully qualified; the IDE shortens it where usings
    /// allow.
    /// </summary>
    internal static ParameterListSyntax Add(ParameterListSyntax list, string type, string name)
    {
        ParameterSyntax parameter = SyntaxFactory
            .Parameter(SyntaxFactory.Identifier(name))
            .WithType(SyntaxFactory.ParseTypeName(type).WithAdditionalAnnotations(Simplifier.Annotation));
        return list
            .WithParameters(list.Parameters.Insert(list.IndexOfNewParameter(), parameter))
            .WithAdditionalAnnotations(Formatter.Annotation);
    }
}
