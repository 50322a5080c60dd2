using KlDivGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlDivGen.Generator.Parsing;

/// <summary>Checks that C# allows another file to implement a method: for example, that it and its types are partial.</summary>
internal static class DeclarationValidator
{
    private static readonly (SyntaxKind Kind, string Word)[] ForbiddenModifiers =
    [
        (SyntaxKind.AbstractKeyword, "abstract"),
        (SyntaxKind.AsyncKeyword, "async"),
        (SyntaxKind.ExternKeyword, "extern"),
    ];

    public static void Validate(
        IMethodSymbol method,
        MethodDeclarationSyntax syntax,
        string hintName,
        bool isAfterGeneration,
        DiagnosticBag diagnostics,
        CancellationToken cancellation)
    {
        if (syntax.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: < LanguageVersion.CSharp11 } options)
        {
            diagnostics.Report(DiagnosticDescriptors.LanguageVersion, syntax.Identifier, "[KLDivLoss]", "11", options.LanguageVersion.ToDisplayString());
        }

        if (syntax.ExplicitInterfaceSpecifier is not null)
        {
            diagnostics.Report(DiagnosticDescriptors.NotAnOrdinaryMethod, syntax.Identifier, "An explicit interface implementation");
            return;
        }

        ValidateModifiers(syntax, diagnostics);
        if (BodyOf(syntax) is SyntaxNode body)
        {
            diagnostics.Report(DiagnosticDescriptors.HasBody, body, syntax.Identifier.ValueText);
        }
        else if (method.PartialImplementationPart?.DeclaringSyntaxReferences.FirstOrDefault() is SyntaxReference implementation)
        {
            ValidateImplementation(syntax, implementation, hintName, isAfterGeneration, diagnostics, cancellation);
        }

        ValidateContainingTypes(syntax, diagnostics);
    }

    private static void ValidateModifiers(MethodDeclarationSyntax syntax, DiagnosticBag diagnostics)
    {
        if (!syntax.Modifiers.Any(SyntaxKind.PartialKeyword))
        {
            diagnostics.Report(DiagnosticDescriptors.NotPartial, syntax.Identifier, syntax.Identifier.ValueText);
        }

        foreach ((SyntaxKind kind, string word) in ForbiddenModifiers)
        {
            foreach (SyntaxToken modifier in syntax.Modifiers.Where(modifier => modifier.IsKind(kind)))
            {
                diagnostics.Report(DiagnosticDescriptors.MethodModifier, modifier, syntax.Identifier.ValueText, word);
            }
        }
    }

    /// <summary>Checks an implementing declaration that the compilation already holds.</summary>
    private static void ValidateImplementation(
        MethodDeclarationSyntax syntax,
        SyntaxReference implementation,
        string hintName,
        bool isAfterGeneration,
        DiagnosticBag diagnostics,
        CancellationToken cancellation)
    {
        string file = implementation.SyntaxTree.FilePath;
        if (Path.GetFileName(file) != hintName)
        {
            SyntaxNode userImplementation = implementation.GetSyntax(cancellation);
            SyntaxNode location = BodyOf(userImplementation as MethodDeclarationSyntax) ?? userImplementation;
            diagnostics.Report(DiagnosticDescriptors.HasBody, location, syntax.Identifier.ValueText);
        }
        else if (!isAfterGeneration)
        {
            diagnostics.Report(DiagnosticDescriptors.GeneratedFileCompiled, syntax.Identifier, syntax.Identifier.ValueText, file);
        }
    }

    private static SyntaxNode? BodyOf(MethodDeclarationSyntax? syntax) => (SyntaxNode?)syntax?.Body ?? syntax?.ExpressionBody;

    private static void ValidateContainingTypes(MethodDeclarationSyntax syntax, DiagnosticBag diagnostics)
    {
        if (syntax.Parent is not TypeDeclarationSyntax)
        {
            // Incomplete source: an extra brace has closed the type.
            diagnostics.Report(DiagnosticDescriptors.NotAnOrdinaryMethod, syntax.Identifier, "A method outside a type");
        }

        foreach (TypeDeclarationSyntax type in syntax.Ancestors().OfType<TypeDeclarationSyntax>())
        {
            if (ContainingTypeParser.KeywordOf(type) is null)
            {
                diagnostics.Report(DiagnosticDescriptors.NotAnOrdinaryMethod, syntax.Identifier, "A member of an extension block");
                return;
            }

            if (!type.Modifiers.Any(SyntaxKind.PartialKeyword))
            {
                diagnostics.Report(
                    DiagnosticDescriptors.TypeNotPartial, type.Identifier, type.Identifier.ValueText, syntax.Identifier.ValueText);
            }

            foreach (SyntaxToken modifier in type.Modifiers.Where(modifier => modifier.IsKind(SyntaxKind.FileKeyword)))
            {
                diagnostics.Report(
                    DiagnosticDescriptors.FileLocalType, modifier, type.Identifier.ValueText, syntax.Identifier.ValueText);
            }
        }
    }
}
