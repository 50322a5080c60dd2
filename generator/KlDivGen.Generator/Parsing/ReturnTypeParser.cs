using KlDivGen.Generator.Diagnostics;
using KlDivGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlDivGen.Generator.Parsing;

/// <summary>Reads what a method returns and judges it by the reduction and the data.</summary>
internal static class ReturnTypeParser
{
    public static ReturnType? Parse(
        IMethodSymbol method, MethodDeclarationSyntax syntax, Reduction? reduction, ParsedParameters parameters, Findings findings)
    {
        ReturnType? kind = Read(method);
        if (reduction is not Reduction known || parameters.PromotedType is null)
        {
            // What it must return depends on what has been reported already.
            return kind;
        }

        List<ReturnType> allowed = [];
        if (known != Reduction.None)
        {
            allowed.AddRange(parameters.ScalarTypes.Select(type => new ReturnType(type)));
        }

        if (known == Reduction.None || parameters.HasGradients)
        {
            allowed.Add(ReturnType.Void);
        }

        if (kind is null || !allowed.Contains(kind.Value))
        {
            string words = Names.Or([.. allowed.Select(type => type.DisplayName)]);
            findings.Report(
                Descriptors.ReturnType,
                syntax.ReturnType,
                syntax.Identifier.Text,
                syntax.ReturnType.ToString(),
                Names.Value(known),
                kind == ReturnType.Void ? words + ", or have a parameter 'gradInput' or 'gradTarget' to compute" : words);
        }

        return kind;
    }

    private static ReturnType? Read(IMethodSymbol method) =>
        method.RefKind != RefKind.None ? null
        : method.ReturnsVoid ? ReturnType.Void
        : DataType.ReadElement(method.ReturnType) is ElementType element ? new ReturnType(element)
        : null;
}
