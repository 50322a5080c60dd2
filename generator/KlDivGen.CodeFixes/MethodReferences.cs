using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;

namespace KlDivGen.CodeFixes;

/// <summary>Finds references that would not compile after a change of a method's signature.</summary>
internal static class MethodReferences
{
    /// <summary>Whether the solution refers to the method, or its signature is given by an interface or a base class.</summary>
    public static async Task<bool> ExistAsync(Document document, MethodDeclarationSyntax syntax, CancellationToken cancellation) =>
        await CountAsync(document, syntax, cancellation).ConfigureAwait(false) != 0;

    /// <summary>
    /// How often the solution refers to the method, or <see langword="null"/> if its signature is given by an interface or a base class.
    /// </summary>
    public static async Task<int?> CountAsync(Document document, MethodDeclarationSyntax syntax, CancellationToken cancellation)
    {
        SemanticModel? model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (model?.GetDeclaredSymbol(syntax, cancellation) is not IMethodSymbol method || method.IsOverride || ImplementsInterface(method))
        {
            return null;
        }

        IEnumerable<ReferencedSymbol> symbols =
            await SymbolFinder.FindReferencesAsync(method, document.Project.Solution, cancellation).ConfigureAwait(false);
        return symbols.Sum(symbol => symbol.Locations.Count());
    }

    private static bool ImplementsInterface(IMethodSymbol method) => method.ContainingType.AllInterfaces
        .SelectMany(type => type.GetMembers(method.Name))
        .Any(member => SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method));
}
