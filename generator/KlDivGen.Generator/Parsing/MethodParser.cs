using System.Collections.Immutable;
using KlDivGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlDivGen.Generator.Parsing;

/// <summary>
/// Reads an annotated method. The generator uses the specification, the analyzer the diagnostics.
/// </summary>
internal static class MethodParser
{
    /// <summary>
    /// The specification of the method, or <see langword="null"/> where a diagnostic, or an error of the compiler, says why there is none.
    /// </summary>
    /// <param name="method">The method as a symbol.</param>
    /// <param name="syntax">The annotated declaration of the method.</param>
    /// <param name="attribute">The attribute of that declaration.</param>
    /// <param name="model">The semantic model of the declaration's file.</param>
    /// <param name="isAfterGeneration">Whether the compilation holds the generated files: for an analyzer it does.</param>
    /// <param name="diagnostics">Receives the diagnostics.</param>
    /// <param name="cancellation">Cancels the parsing.</param>
    public static MethodSpec? Parse(
        IMethodSymbol method,
        MethodDeclarationSyntax syntax,
        AttributeData attribute,
        SemanticModel model,
        bool isAfterGeneration,
        DiagnosticBag diagnostics,
        CancellationToken cancellation)
    {
        string hintName = HintNames.For(method);
        DeclarationValidator.Validate(method, syntax, hintName, isAfterGeneration, diagnostics, cancellation);
        ParsedSettings settings = SettingsParser.Parse(attribute, diagnostics, cancellation);
        ParsedParameters parameters = ParameterParser.Parse(method, syntax, diagnostics);
        ReferenceValidator.Validate(syntax, attribute, parameters, model, diagnostics, cancellation);
        if (SettingsParser.HasUnknownProperty(settings.Syntax))
        {
            // The compiler reports it. Without the setting that was meant, the rest would be blamed for what it asks for.
            return null;
        }

        SettingsValidator.Validate(settings, parameters, diagnostics);
        SignatureValidator.Validate(method, syntax, settings, parameters, diagnostics);
        RowParser.Validate(method, syntax, settings, parameters, diagnostics);
        ReturnType? returnType = ReturnTypeParser.Parse(method, syntax, settings.Reduction, parameters, diagnostics);
        if (diagnostics.HasAny)
        {
            return null;
        }

        // Without a diagnostic, every setting and every required parameter is present.
        KernelSpec kernel = new(
            settings.Reduction!.Value,
            settings.LogTarget,
            settings.Dialect!.Value,
            settings.Deterministic,
            settings.Parallel,
            settings.Divergence!.Value,
            settings.Beta!.Value,
            RowParser.Parse(settings, parameters),
            parameters.DataKind!.Value,
            parameters.ElementOf(ParameterRole.Input)!.Value,
            parameters.ElementOf(ParameterRole.Target)!.Value,
            parameters.ElementOf(ParameterRole.Output),
            parameters.ElementOf(ParameterRole.GradOutput),
            parameters.ElementOf(ParameterRole.GradInput),
            parameters.ElementOf(ParameterRole.GradTarget),
            returnType!.Value);
        return new MethodSpec(
            hintName,
            SymbolNames.ToNamespaceString(method),
            ContainingTypeParser.Parse(syntax),
            string.Join(" ", syntax.Modifiers.Select(modifier => modifier.Text)),
            returnType.Value.ToCSharp(),
            syntax.Identifier.Text + ContainingTypeParser.TypeParametersOf(syntax.TypeParameterList),
            method.TypeParameters.Select(parameter => parameter.Name).ToEquatableArray(),
            ConstraintParser.Parse(syntax, model, cancellation),
            DocumentationComments.IsOn(syntax),
            parameters.All.Select(parameter => parameter.ToSpec(parameter.Type!.Value)).ToEquatableArray(),
            kernel);
    }

    /// <summary>
    /// Whether an earlier method has the same signature. The compiler reports it. The generator must skip the second, because two
    /// files with one hint name would discard all generated files.
    /// </summary>
    public static bool IsDuplicateDeclaration(IMethodSymbol method)
    {
        ImmutableArray<ISymbol> overloads = method.ContainingType?.GetMembers(method.Name) ?? ImmutableArray<ISymbol>.Empty;
        if (overloads.Length < 2)
        {
            return false;
        }

        string signature = HintNames.Signature(method);
        IMethodSymbol? first = overloads
            .OfType<IMethodSymbol>()
            .FirstOrDefault(other => HintNames.Signature(other) == signature);
        return first is not null && !SymbolEqualityComparer.Default.Equals(first, method.PartialDefinitionPart ?? method);
    }
}
