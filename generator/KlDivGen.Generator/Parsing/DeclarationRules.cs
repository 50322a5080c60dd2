using KlDivGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlDivGen.Generator.Parsing;

/// <summary>Whether C# lets another file implement the method: it and its types are partial, it has no body, and so on.</summary>
internal static class DeclarationRules
{
    private static readonly (SyntaxKind Kind, string Word)[] ImpossibleModifiers =
    [
        (SyntaxKind.AbstractKeyword, "abstract"),
        (SyntaxKind.AsyncKeyword, "async"),
        (SyntaxKind.ExternKeyword, "extern"),
    ];

    public static void Check(
        IMethodSymbol method, MethodDeclarationSyntax syntax, string hintName, Findings findings, CancellationToken cancellation)
    {
        if (syntax.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: < LanguageVersion.CSharp11 } options)
        {
            findings.Report(Descriptors.LanguageVersion, syntax.Identifier, options.LanguageVersion.ToDisplayString());
        }

        if (syntax.ExplicitInterfaceSpecifier is not null)
        {
            findings.Report(Descriptors.NotAnOrdinaryMethod, syntax.Identifier, "An explicit interface implementation");
            return;
        }

        CheckModifiers(syntax, findings);
        CheckBody(method, syntax, hintName, findings, cancellation);
        CheckTypes(syntax, findings);
    }

    private static void CheckModifiers(MethodDeclarationSyntax syntax, Findings findings)
    {
        if (!syntax.Modifiers.Any(SyntaxKind.PartialKeyword))
        {
            findings.Report(Descriptors.NotPartial, syntax.Identifier, syntax.Identifier.Text);
        }

        foreach ((SyntaxKind kind, string word) in ImpossibleModifiers)
        {
            foreach (SyntaxToken modifier in syntax.Modifiers.Where(modifier => modifier.IsKind(kind)))
            {
                findings.Report(Descriptors.MethodModifier, modifier, syntax.Identifier.Text, word);
            }
        }
    }

    private static void CheckBody(
        IMethodSymbol method, MethodDeclarationSyntax syntax, string hintName, Findings findings, CancellationToken cancellation)
    {
        SyntaxNode? body = BodyOf(syntax);

        // After generation the other half is there, and it is ours: it is in the file that the method's hint name names.
        if (body is null
            && method.PartialImplementationPart?.DeclaringSyntaxReferences.FirstOrDefault() is SyntaxReference other
            && !IsGenerated(other.SyntaxTree, hintName))
        {
            SyntaxNode theirs = other.GetSyntax(cancellation);
            body = BodyOf(theirs as MethodDeclarationSyntax) ?? theirs;
        }

        if (body is not null)
        {
            findings.Report(Descriptors.HasBody, body, syntax.Identifier.Text);
        }
    }

    private static SyntaxNode? BodyOf(MethodDeclarationSyntax? syntax) => (SyntaxNode?)syntax?.Body ?? syntax?.ExpressionBody;

    private static bool IsGenerated(SyntaxTree tree, string hintName) => Path.GetFileName(tree.FilePath) == hintName;

    private static void CheckTypes(MethodDeclarationSyntax syntax, Findings findings)
    {
        if (syntax.Parent is not TypeDeclarationSyntax)
        {
            // Half-typed code: a brace too many has closed the type.
            findings.Report(Descriptors.NotAnOrdinaryMethod, syntax.Identifier, "A method outside a type");
        }

        foreach (TypeDeclarationSyntax type in syntax.Ancestors().OfType<TypeDeclarationSyntax>())
        {
            if (ContainingTypes.KeywordOf(type) is null)
            {
                findings.Report(Descriptors.NotAnOrdinaryMethod, syntax.Identifier, "A member of an extension block");
                return;
            }

            if (!type.Modifiers.Any(SyntaxKind.PartialKeyword))
            {
                findings.Report(Descriptors.TypeNotPartial, type.Identifier, type.Identifier.Text, syntax.Identifier.Text);
            }

            foreach (SyntaxToken modifier in type.Modifiers.Where(modifier => modifier.IsKind(SyntaxKind.FileKeyword)))
            {
                findings.Report(Descriptors.FileLocalType, modifier, type.Identifier.Text, syntax.Identifier.Text);
            }
        }
    }
}
