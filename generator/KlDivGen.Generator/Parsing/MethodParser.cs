using System.Collections.Immutable;
using KlDivGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlDivGen.Generator.Parsing;

/// <summary>
/// From an annotated method to what was asked for, or to what is wrong with it. The generator takes the one, the analyzer
/// the other.
/// </summary>
internal static class MethodParser
{
    /// <summary>The method's specification, or null when the findings say why there is none.</summary>
    public static MethodSpec? Parse(
        IMethodSymbol method,
        MethodDeclarationSyntax syntax,
        AttributeData attribute,
        SemanticModel model,
        Findings findings,
        CancellationToken cancellation)
    {
        string hintName = HintNames.For(method);
        DeclarationRules.Check(method, syntax, hintName, findings, cancellation);
        ParsedSettings settings = SettingsParser.Parse(attribute, findings, cancellation);
        ParsedParameters parameters = ParameterParser.Parse(method, syntax, findings);
        SignatureRules.Check(syntax, settings.Reduction, parameters, findings);
        ReturnType? returns = ReturnTypeParser.Parse(method, syntax, settings.Reduction, parameters, findings);
        if (findings.Any)
        {
            return null;
        }

        // Nothing was found wrong, so nothing of what follows is missing.
        KernelSpec kernel = new(
            settings.Reduction!.Value,
            settings.LogTarget,
            settings.Dialect!.Value,
            settings.Deterministic,
            parameters.DataKind!.Value,
            parameters.ElementOf(ParameterRole.Input)!.Value,
            parameters.ElementOf(ParameterRole.Target)!.Value,
            parameters.ElementOf(ParameterRole.Output),
            parameters.ElementOf(ParameterRole.GradOutput),
            parameters.ElementOf(ParameterRole.GradInput),
            parameters.ElementOf(ParameterRole.GradTarget),
            returns!.Value);
        return new MethodSpec(
            hintName,
            Names.Namespace(method),
            ContainingTypes.Read(syntax),
            string.Join(" ", syntax.Modifiers.Select(modifier => modifier.Text)),
            DataType.Read(method.ReturnType)?.ToCSharp() ?? "void",
            syntax.Identifier.Text + ContainingTypes.TypeParametersOf(syntax.TypeParameterList),
            method.TypeParameters.Select(parameter => parameter.Name).ToEquatableArray(),
            Constraints.Read(syntax, model, cancellation),
            DocumentationComments.IsOn(syntax),
            parameters.All.Select(parameter => parameter.ToSpec(parameter.Type!.Value)).ToEquatableArray(),
            kernel);
    }

    /// <summary>
    /// Whether another method before this one has the same signature. C# reports that; two files of one name would lose all the
    /// others too.
    /// </summary>
    public static bool IsRepeated(IMethodSymbol method)
    {
        ImmutableArray<ISymbol> namesakes = method.ContainingType?.GetMembers(method.Name) ?? ImmutableArray<ISymbol>.Empty;
        if (namesakes.Length < 2)
        {
            return false;
        }

        string signature = HintNames.Signature(method);
        IMethodSymbol? first = namesakes.OfType<IMethodSymbol>().FirstOrDefault(other => HintNames.Signature(other) == signature);
        return first is not null && !SymbolEqualityComparer.Default.Equals(first, method.PartialDefinitionPart ?? method);
    }
}
