using KlDivGen.Generator.Diagnostics;
using KlDivGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlDivGen.Generator.Parsing;

/// <summary>
/// Gives each parameter its role and reads its type, as far as one parameter can be judged alone; what it has to do with the
/// others and with the settings is for <see cref="SignatureRules"/>.
/// </summary>
internal static class ParameterParser
{
    private const string Elements = "float, double or Half";

    /// <summary>The roles that a parameter has by its name. The first two are known by position.</summary>
    private static IEnumerable<ParameterRoleInfo> NamedRoles => ParameterRoles.All.Skip(2);

    public static ParsedParameters Parse(IMethodSymbol method, MethodDeclarationSyntax syntax, Findings findings)
    {
        List<ParsedParameter> parameters = [];
        SeparatedSyntaxList<ParameterSyntax> list = syntax.ParameterList.Parameters;
        for (int i = 0; i < list.Count; i++)
        {
            // An __arglist is in the syntax and not among the symbols.
            IParameterSymbol? symbol = i < method.Parameters.Length ? method.Parameters[i] : null;
            CheckModifiers(list[i], findings);
            ParameterRole? role = i < 2 ? (ParameterRole)i : RoleOf(list[i], findings);
            if (role is not null && symbol is not null)
            {
                parameters.Add(new ParsedParameter(role.Value, symbol, list[i], ReadType(role.Value, symbol, list[i], findings)));
            }
        }

        if (list.Count < 2)
        {
            findings.Report(
                Descriptors.MissingData, syntax.Identifier, syntax.Identifier.Text, list.Count == 0 ? "input and no target" : "target");
        }

        return new ParsedParameters(parameters);
    }

    private static ParameterRole? RoleOf(ParameterSyntax syntax, Findings findings)
    {
        string name = syntax.Identifier.ValueText;
        if (NamedRoles.FirstOrDefault(role => role.Name == name) is { } info)
        {
            return info.Role;
        }

        findings.Report(
            Descriptors.UnknownRole, syntax.Identifier, name, Nearest.Of(name, [.. NamedRoles.Select(role => role.Name)]));
        return null;
    }

    private static void CheckModifiers(ParameterSyntax syntax, Findings findings)
    {
        bool readOnly = syntax.Modifiers.Any(SyntaxKind.ReadOnlyKeyword);
        foreach (SyntaxToken modifier in syntax.Modifiers)
        {
            if (modifier.IsKind(SyntaxKind.OutKeyword) || (modifier.IsKind(SyntaxKind.RefKeyword) && !readOnly))
            {
                findings.Report(Descriptors.ParameterModifier, modifier, syntax.Identifier.Text, modifier.Text);
            }
        }
    }

    private static DataType? ReadType(ParameterRole role, IParameterSymbol symbol, ParameterSyntax syntax, Findings findings)
    {
        DataType? type = DataType.Read(symbol.Type);
        bool isData = type is { IsSpan: true } or { IsTensor: true };
        (bool suits, string allowed) = role switch
        {
            ParameterRole.Input or ParameterRole.Target =>
                (isData, "ReadOnlySpan<T>, Span<T>, ReadOnlyTensorSpan<T> and TensorSpan<T> of " + Elements),
            ParameterRole.BatchSize => (type is { IsInt: true }, "int alone"),
            ParameterRole.GradOutput =>
                (isData || type is { IsScalar: true }, "a number for a reduced loss, and spans or tensor spans for \"none\", of " + Elements),
            _ => (isData, "Span<T> and TensorSpan<T> of " + Elements),
        };
        SyntaxNode where = (SyntaxNode?)syntax.Type ?? syntax;
        if (!suits)
        {
            findings.Report(Descriptors.UnsupportedType, where, syntax.Identifier.Text, Names.Message(symbol.Type), allowed);
            return null;
        }

        if (role.Info().Direction == Direction.Destination && type is { IsReadOnly: true })
        {
            string writable = (type.Value.IsTensor ? "TensorSpan<" : "Span<") + type.Value.Element!.Value.DisplayName() + ">";
            findings.Report(Descriptors.ReadOnlyDestination, where, syntax.Identifier.Text, writable);
        }

        return type;
    }
}
