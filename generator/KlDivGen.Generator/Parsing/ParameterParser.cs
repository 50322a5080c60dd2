using KlDivGen.Generator.Diagnostics;
using KlDivGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlDivGen.Generator.Parsing;

/// <summary>Reads the role and the type of each parameter, and checks each parameter by itself.</summary>
/// <remarks><see cref="SignatureValidator"/> checks parameters against one another and against the settings.</remarks>
internal static class ParameterParser
{
    private static readonly string ElementTypeNames =
        MessageText.FormatAlternatives([.. ElementTypes.All.OrderBy(type => type.Size() == 2).Select(type => type.DisplayName())]);

    /// <summary>The roles that follow from a parameter's name. Input and target are known by position.</summary>
    private static IEnumerable<ParameterRoleInfo> NamedRoles => ParameterRoles.All.Skip(2);

    public static ParsedParameters Parse(IMethodSymbol method, MethodDeclarationSyntax syntax, DiagnosticBag diagnostics)
    {
        List<ParsedParameter> parameters = [];
        SeparatedSyntaxList<ParameterSyntax> list = syntax.ParameterList.Parameters;
        for (int i = 0; i < list.Count; i++)
        {
            // __arglist is in the syntax but has no symbol.
            IParameterSymbol? symbol = i < method.Parameters.Length ? method.Parameters[i] : null;
            ValidateModifiers(list[i], diagnostics);
            ParameterRole? role = i < 2 ? (ParameterRole)i : RoleOf(list[i], diagnostics);
            if (role is not null && symbol is not null)
            {
                parameters.Add(new ParsedParameter(role.Value, symbol, list[i], ParseType(role.Value, symbol, list[i], diagnostics)));
            }
        }

        if (list.Count < 2)
        {
            diagnostics.Report(
                DiagnosticDescriptors.MissingData, syntax.Identifier, syntax.Identifier.ValueText, list.Count == 0 ? "input and no target" : "target");
        }

        return new ParsedParameters(parameters);
    }

    private static ParameterRole? RoleOf(ParameterSyntax syntax, DiagnosticBag diagnostics)
    {
        string name = syntax.Identifier.ValueText;
        if (NamedRoles.FirstOrDefault(role => role.Name == name) is { } info)
        {
            return info.Role;
        }

        diagnostics.Report(
            DiagnosticDescriptors.UnknownRole, syntax.Identifier, name, SpellChecker.Suggest(name, [.. NamedRoles.Select(role => role.Name)]));
        return null;
    }

    private static void ValidateModifiers(ParameterSyntax syntax, DiagnosticBag diagnostics)
    {
        bool readOnly = syntax.Modifiers.Any(SyntaxKind.ReadOnlyKeyword);
        foreach (SyntaxToken modifier in syntax.Modifiers)
        {
            if (modifier.IsKind(SyntaxKind.OutKeyword) || (modifier.IsKind(SyntaxKind.RefKeyword) && !readOnly))
            {
                diagnostics.Report(DiagnosticDescriptors.ParameterModifier, modifier, syntax.Identifier.ValueText, modifier.Text);
            }
        }
    }

    private static DataType? ParseType(ParameterRole role, IParameterSymbol symbol, ParameterSyntax syntax, DiagnosticBag diagnostics)
    {
        DataType? type = role == ParameterRole.Mask ? DataType.ParseMask(symbol.Type) : DataType.Parse(symbol.Type);
        bool isData = type is { IsSpan: true } or { IsTensor: true };
        (bool isAllowed, string allowed) = role switch
        {
            ParameterRole.Input or ParameterRole.Target =>
                (isData, "ReadOnlySpan<T>, Span<T>, ReadOnlyTensorSpan<T> or TensorSpan<T> of " + ElementTypeNames),
            ParameterRole.BatchSize or ParameterRole.Classes or ParameterRole.MaxDegreeOfParallelism => (type is { IsInt: true }, "int"),
            ParameterRole.Temperature => (type is { IsScalar: true, Element: ElementType.Single or ElementType.Double }, "float or double"),
            ParameterRole.Mask => (type is not null, "ReadOnlySpan<bool> or Span<bool>, with one value per row"),
            ParameterRole.Weights =>
                (type is { IsSpan: true }, "ReadOnlySpan<T> or Span<T>, with one value per row, of " + ElementTypeNames),
            ParameterRole.GradOutput => (
                isData || type is { IsScalar: true },
                "a number for a reduced loss, a span or tensor span for \"none\" and \"row\", of " + ElementTypeNames),
            _ => (isData, "Span<T> or TensorSpan<T> of " + ElementTypeNames),
        };
        SyntaxNode location = (SyntaxNode?)syntax.Type ?? syntax;
        if (!isAllowed)
        {
            diagnostics.Report(DiagnosticDescriptors.UnsupportedType, location, syntax.Identifier.ValueText, SymbolNames.ToDisplayName(symbol.Type), allowed);
            return null;
        }

        if (role.Info().Direction == Direction.Destination && type is { IsReadOnly: true })
        {
            string writable = (type.Value.IsTensor ? "TensorSpan<" : "Span<") + type.Value.Element!.Value.DisplayName() + ">";
            diagnostics.Report(DiagnosticDescriptors.ReadOnlyDestination, location, syntax.Identifier.ValueText, writable);
        }

        return type;
    }
}
