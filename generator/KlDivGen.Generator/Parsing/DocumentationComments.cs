using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace KlDivGen.Generator.Parsing;

/// <summary>Finds documentation comments, also where the compiler does not parse them.</summary>
internal static class DocumentationComments
{
    /// <summary>Whether a declaration has a documentation comment of any form, <c>inheritdoc</c> included.</summary>
    public static bool IsOn(SyntaxNode declaration) => declaration.GetLeadingTrivia().Any(IsDocumentation);

    /// <remarks>
    /// A project without a documentation file is parsed with <see cref="DocumentationMode.None"/>. Documentation comments are ordinary
    /// comments there, and only their text tells them apart.
    /// </remarks>
    private static bool IsDocumentation(SyntaxTrivia trivia) => trivia.Kind() switch
    {
        SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia => true,
        SyntaxKind.SingleLineCommentTrivia => Begins(trivia.ToString(), "///", notFollowedBy: "/"),
        SyntaxKind.MultiLineCommentTrivia => Begins(trivia.ToString(), "/**", notFollowedBy: "*/"),
        _ => false,
    };

    private static bool Begins(string comment, string opening, string notFollowedBy) =>
        comment.StartsWith(opening, StringComparison.Ordinal)
        && (comment.Length == opening.Length || notFollowedBy.IndexOf(comment[opening.Length]) < 0);
}
