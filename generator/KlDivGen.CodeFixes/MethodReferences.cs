using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;

namespace KlDivGen.CodeFixes;

/// <summary>Finds references that would not compile after a change of a method's signature.</summary>
internal static class MethodReferences
{
    /// <summary>Whether the solution refers to the method, or its signature is given by an interface or a base class.</summary>
    public static async Task<bool> ExistAsync(Document document, MethodDeclarationSyntax syntax, CancellationToken cancellation)
    {
        SemanticModel? model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (model?.GetDeclaredSymbol(syntax, cancellation) is not IMethodSymbol method)
        {
            return true;
        }

        IEnumerable<ReferencedSymbol> symbols =
            await SymbolFinder.FindReferencesAsync(method, document.Project.Solution, cancellation).ConfigureAwait(false);
        return method.IsOverride || ImplementsInterface(method) || symbols.Any(symbol => symbol.Locations.Any());
    }

    private static bool ImplementsInterface(IMethodSymbol method) => method.ContainingType.AllInterfaces
        .SelectMany(type => type.GetMembers(method.Name))
        .Any(member => SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method));
}
