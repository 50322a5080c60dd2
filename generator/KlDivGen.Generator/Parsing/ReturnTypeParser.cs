using KlDivGen.Generator.Diagnostics;
using KlDivGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlDivGen.Generator.Parsing;

/// <summary>Reads what a method returns and judges it by the reduction and the data.</summary>
internal static class ReturnTypeParser
{
    public static ReturnKind? Parse(
        IMethodSymbol method, MethodDeclarationSyntax syntax, Reduction? reduction, ParsedParameters parameters, Findings findings)
    {
        ReturnKind? kind = Read(method);
        if (reduction is not Reduction known || parameters.Narrowest is not ElementType narrowest)
        {
            // What it must return depends on what has been reported already.
            return kind;
        }

        List<ReturnKind> allowed = [];
        if (known != Reduction.None)
        {
            allowed.AddRange(SignatureRules.ScalarTypes(narrowest).Select(ToReturnKind));
        }

        if (known == Reduction.None || parameters.HasGradients)
        {
            allowed.Add(ReturnKind.Void);
        }

        if (kind is null || !allowed.Contains(kind.Value))
        {
            string words = Names.Or([.. allowed.Select(Spell)]);
            findings.Report(
                Descriptors.ReturnType,
                syntax.ReturnType,
                syntax.Identifier.Text,
                syntax.ReturnType.ToString(),
                Names.Value(known),
                kind == ReturnKind.Void ? words + ", or have a parameter 'gradInput' or 'gradTarget' to compute" : words);
        }

        return kind;
    }

    private static ReturnKind? Read(IMethodSymbol method) =>
        method.RefKind != RefKind.None ? null
        : method.ReturnsVoid ? ReturnKind.Void
        : DataType.ReadElement(method.ReturnType) is ElementType element ? ToReturnKind(element)
        : null;

    private static ReturnKind ToReturnKind(ElementType element) => element switch
    {
        ElementType.Half => ReturnKind.Half,
        ElementType.Single => ReturnKind.Single,
        _ => ReturnKind.Double,
    };

    private static string Spell(ReturnKind kind) => kind switch
    {
        ReturnKind.Void => "void",
        ReturnKind.Half => "Half",
        ReturnKind.Single => "float",
        _ => "double",
    };
}
