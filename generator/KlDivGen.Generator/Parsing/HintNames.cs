using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;

namespace KlDivGen.Generator.Parsing;

/// <summary>
/// The name of a method's generated file: <c>Namespace.Outer+Pair`2.Method.5f0c1a2b.g.cs</c>. The digits are a hash of the whole
/// signature, so that overloads, and names that differ in nothing but case, have files of their own on every file system, and so
/// that a method's file keeps its name when other methods come and go.
/// </summary>
internal static class HintNames
{
    // A file name has 255 bytes on most systems, and a character of an identifier up to three.
    private const int LongestReadablePart = 70;

    private static readonly SymbolDisplayFormat SignatureFormat = new(
        globalNamespaceStyle: SymbolDisplayGlobalNamespaceStyle.Omitted,
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        memberOptions: SymbolDisplayMemberOptions.IncludeContainingType
            | SymbolDisplayMemberOptions.IncludeParameters
            | SymbolDisplayMemberOptions.IncludeType
            | SymbolDisplayMemberOptions.IncludeRef,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeParamsRefOut,
        kindOptions: SymbolDisplayKindOptions.IncludeTypeKeyword);

    public static string For(IMethodSymbol method)
    {
        StringBuilder readable = new();
        for (INamedTypeSymbol? type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            readable.Insert(0, type.MetadataName + (readable.Length == 0 ? string.Empty : "+"));
        }

        if (Names.Namespace(method) is string space)
        {
            readable.Insert(0, space.Replace("@", string.Empty) + ".");
        }

        readable.Append('.').Append(method.Name);
        int excess = Math.Max(0, readable.Length - LongestReadablePart);
        return $"{readable.ToString(excess, readable.Length - excess)}.{Hash(Signature(method))}.g.cs";
    }

    /// <summary>
    /// A method's text, equal only to that of a method that C# takes for a second declaration of the same one. The kind of type is
    /// in it, because a class and a record of one name are two types until the user has corrected the mistake.
    /// </summary>
    public static string Signature(IMethodSymbol method) =>
        $"{method.ContainingType?.TypeKind} {method.ContainingType?.IsRecord} {method.ToDisplayString(SignatureFormat)}";

    /// <summary>FNV-1a: the same in every process, as string.GetHashCode is not.</summary>
    private static string Hash(string text)
    {
        uint hash = 2166136261;
        foreach (byte value in Encoding.UTF8.GetBytes(text))
        {
            hash = unchecked((hash ^ value) * 16777619);
        }

        return hash.ToString("x8", CultureInfo.InvariantCulture);
    }
}
