using KlDivGen.Generator.Diagnostics;
using KlDivGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlDivGen.Generator.Parsing;

/// <summary>Reads the return type of a method and checks it against the reduction and the data.</summary>
internal static class ReturnTypeParser
{
    public static ReturnType? Parse(
        IMethodSymbol method, MethodDeclarationSyntax syntax, Reduction? reduction, ParsedParameters parameters, DiagnosticBag diagnostics)
    {
        ReturnType? returnType = Parse(method);
        if (reduction is not Reduction known || parameters.PromotedType is null)
        {
            // The allowed types depend on something that has already been reported.
            return returnType;
        }

        List<ReturnType> allowed = [];
        if (!SettingsParser.WritesOutput(known))
        {
            allowed.AddRange(parameters.ScalarTypes.Select(type => new ReturnType(type)));
        }

        if (known == Reduction.Sum)
        {
            allowed.Add(ReturnType.PartialLoss);
        }

        if (SettingsParser.WritesOutput(known) || parameters.HasGradients)
        {
            allowed.Add(ReturnType.Void);
        }

        if (returnType is null || !allowed.Contains(returnType.Value))
        {
            string alternatives = MessageText.FormatAlternatives([.. allowed.Select(type => type.DisplayName)]);
            diagnostics.Report(
                DiagnosticDescriptors.ReturnType,
                syntax.ReturnType,
                syntax.Identifier.ValueText,
                syntax.ReturnType.ToString(),
                SettingsParser.ToSettingValue(known),
                returnType == ReturnType.Void
                    ? alternatives + ", or compute a gradient: add a parameter 'gradInput' or 'gradTarget'"
                    : alternatives);
        }

        return returnType;
    }

    private static ReturnType? Parse(IMethodSymbol method) =>
        method.RefKind != RefKind.None ? null
        : method.ReturnsVoid ? ReturnType.Void
        : DataType.ParseElement(method.ReturnType) is ElementType element ? new ReturnType(element)
        : DataType.IsPartialLoss(method.ReturnType) ? ReturnType.PartialLoss
        : null;
}
