using System.Collections.Immutable;
using KlDivGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlDivGen.CodeFixes;

/// <summary>Makes a method or a containing type partial (KLDIV001, KLDIV003).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakePartialCodeFixProvider))]
public sealed class MakePartialCodeFixProvider : SyntaxCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.Create(DiagnosticIds.NotPartial, DiagnosticIds.TypeNotPartial);

    /// <inheritdoc/>
    private protected override Task RegisterAsync(CodeFixContext context, SyntaxNode root, Diagnostic diagnostic)
    {
        SyntaxToken name = root.FindToken(diagnostic.Location.SourceSpan.Start);
        if (name.Parent is MemberDeclarationSyntax member)
        {
            this.Register(context, root, diagnostic, $"Make '{name.Text}' partial", member, () => MakePartial(member));
        }

        return Task.CompletedTask;
    }

    /// <summary>
    /// Adds <c>partial</c> as the last modifier. Without other modifiers it takes over the leading trivia of the next token.
    /// </summary>
    private static MemberDeclarationSyntax MakePartial(MemberDeclarationSyntax member)
    {
        SyntaxToken partial = SyntaxFactory.Token(SyntaxKind.PartialKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        if (member.Modifiers.Count > 0)
        {
            return member.WithModifiers(member.Modifiers.Add(partial));
        }

        SyntaxToken first = FirstAfterModifiers(member);
        return member
            .ReplaceToken(first, first.WithLeadingTrivia())
            .WithModifiers(SyntaxFactory.TokenList(partial.WithLeadingTrivia(first.LeadingTrivia)));
    }

    private static SyntaxToken FirstAfterModifiers(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax method => method.ReturnType.GetFirstToken(),
        TypeDeclarationSyntax type => type.Keyword,
        _ => throw new ArgumentOutOfRangeException(nameof(member)),
    };
}
