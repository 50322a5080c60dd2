using System.Collections.Immutable;
using KlDivGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace KlDivGen.CodeFixes;

/// <summary>
/// Adds the parameter <c>output</c>, <c>batchSize</c> or <c>classes</c> that the method requires (KLDIV017, KLDIV019, KLDIV035).
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddParameterCodeFixProvider))]
public sealed class AddParameterCodeFixProvider : SyntaxCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.Create(DiagnosticIds.MissingOutput, DiagnosticIds.MissingBatchSize, DiagnosticIds.MissingClasses);

    /// <inheritdoc/>
    private protected override Task RegisterAsync(CodeFixContext context, SyntaxNode root, Diagnostic diagnostic)
    {
        if (Property(diagnostic, DiagnosticPropertyNames.ParameterType) is string type
            && root.FindToken(diagnostic.Location.SourceSpan.Start).Parent is MethodDeclarationSyntax method)
        {
            ParameterListSyntax list = method.ParameterList;
            string name = diagnostic.Id switch
            {
                DiagnosticIds.MissingOutput => "output",
                DiagnosticIds.MissingBatchSize => "batchSize",
                _ => "classes",
            };
            this.Register(context, root, diagnostic, $"Add parameter '{name}'", list, () => Add(list, type, name), kind: name);
        }

        return Task.CompletedTask;
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
