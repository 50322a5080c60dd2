using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;

namespace KlDivGen.Generator.Parsing;

/// <summary>
/// Names the generated file of a method: <c>Namespace.Outer+Pair`2.Method.5f0c1a2b.g.cs</c>. The hash of the signature separates
/// overloads and names that differ only in case, and keeps the name stable when other methods are added or removed.
/// </summary>
internal static class HintNames
{
    // Most file systems allow 255 bytes, and a character of an identifier takes up to three.
    private const int MaxReadableLength = 70;

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

        if (SymbolNames.ToNamespaceString(method) is string containingNamespace)
        {
            readable.Insert(0, containingNamespace.Replace("@", string.Empty) + ".");
        }

        readable.Append('.').Append(method.Name);
        int excess = Math.Max(0, readable.Length - MaxReadableLength);
        readable.Remove(0, excess);
        if (IsDeviceName(readable.ToString()))
        {
            readable.Insert(0, '_');
        }

        return $"{readable}.{Hash(Signature(method))}.g.cs";
    }

    /// <summary>
    /// The signature of a method as text. Two methods have equal text only where C# sees a duplicate declaration. The kind of the
    /// type is part of it: while the user edits, a class and a record may have the same name.
    /// </summary>
    public static string Signature(IMethodSymbol method) =>
        $"{method.ContainingType?.TypeKind} {method.ContainingType?.IsRecord} {method.ToDisplayString(SignatureFormat)}";

    /// <summary>Whether Windows takes a file name for a device, such as <c>Con.Loss</c>: only the part before the first dot counts.</summary>
    private static bool IsDeviceName(string name)
    {
        string device = name.Split('.')[0].ToUpperInvariant();
        return device is "CON" or "PRN" or "AUX" or "NUL"
            || (device.Length == 4 && device[3] is >= '0' and <= '9' && device.Substring(0, 3) is "COM" or "LPT");
    }

    /// <summary>FNV-1a: equal in every process, unlike <see cref="string.GetHashCode()"/>.</summary>
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
