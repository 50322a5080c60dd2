using KlDivGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlDivGen.Generator.Parsing;

/// <summary>
/// Checks that generated code, which spells every type with <c>global::</c>, finds its types: no reference with only an
/// extern alias, and no type that hides a namespace.
/// </summary>
internal static class ReferenceValidator
{
    public static void Validate(
        MethodDeclarationSyntax syntax,
        AttributeData attribute,
        ParsedParameters parameters,
        SemanticModel model,
        DiagnosticBag diagnostics,
        CancellationToken cancellation)
    {
        Compilation compilation = model.Compilation;
        if (attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) is AttributeSyntax attributeSyntax)
        {
            ValidateAlias(attribute.AttributeClass, attributeSyntax.Name, compilation, diagnostics);
            ValidateNamespaces(attributeSyntax.Name, compilation, diagnostics);
        }

        foreach (ParsedParameter parameter in parameters.All)
        {
            ValidateAlias(parameter.Symbol.Type, parameter.TypeSyntax, compilation, diagnostics);
        }

        foreach (TypeConstraintSyntax constraint in syntax.ConstraintClauses
            .SelectMany(clause => clause.Constraints)
            .OfType<TypeConstraintSyntax>())
        {
            ValidateAlias(model.GetTypeInfo(constraint.Type, cancellation).Type, constraint.Type, compilation, diagnostics);
        }
    }

    private static void ValidateAlias(
        ITypeSymbol? type, SyntaxNode location, Compilation compilation, DiagnosticBag diagnostics)
    {
        foreach (IAssemblySymbol assembly in AssembliesOf(type))
        {
            if (compilation.GetMetadataReference(assembly) is { Properties.Aliases: { Length: > 0 } aliases }
                && !aliases.Contains(MetadataReferenceProperties.GlobalAlias))
            {
                diagnostics.Report(DiagnosticDescriptors.ExternAlias, location, assembly.Name, string.Join(",", aliases));
                return;
            }
        }
    }

    /// <summary>The assemblies of a type, of the types around it and of its type arguments.</summary>
    private static IEnumerable<IAssemblySymbol> AssembliesOf(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol array => AssembliesOf(array.ElementType),
        INamedTypeSymbol { TypeKind: not TypeKind.Error } named =>
            [named.ContainingAssembly, .. AssembliesOf(named.ContainingType), .. named.TypeArguments.SelectMany(AssembliesOf)],
        _ => [],
    };

    private static void ValidateNamespaces(SyntaxNode location, Compilation compilation, DiagnosticBag diagnostics)
    {
        INamespaceSymbol containingNamespace = compilation.GlobalNamespace;
        foreach (string name in SymbolNames.KernelNamespace.Split('.'))
        {
            if (containingNamespace.GetTypeMembers(name, arity: 0).FirstOrDefault() is INamedTypeSymbol type)
            {
                diagnostics.Report(DiagnosticDescriptors.HiddenNamespace, location, SymbolNames.ToDisplayName(type));
                return;
            }

            if (containingNamespace.GetNamespaceMembers().FirstOrDefault(inner => inner.Name == name) is not { } next)
            {
                return;
            }

            containingNamespace = next;
        }
    }
}
