using KlDivGen.Generator.Diagnostics;
using KlDivGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlDivGen.Generator.Parsing;

/// <summary>Decides whether a method computes rows, reads what it computes for each, and checks the length of a row.</summary>
internal static class RowParser
{
    /// <summary>Whether the data is rows, with or without a parameter that says how long they are.</summary>
    public static bool HasRows(ParsedSettings settings, ParsedParameters parameters) =>
        NeedsRows(settings, parameters) || parameters.Find(ParameterRole.Classes) is not null;

    /// <summary>What is computed for each row, or <see langword="null"/> where every element stands for itself.</summary>
    public static RowSpec? Parse(ParsedSettings settings, ParsedParameters parameters)
    {
        if (!HasRows(settings, parameters))
        {
            return null;
        }

        ElementType? temperature = parameters.ElementOf(ParameterRole.Temperature);
        return new RowSpec(
            settings.InputLogits,
            settings.TargetLogits,
            temperature is null ? settings.Temperature!.Value : SettingsParser.DefaultTemperature,
            temperature,
            settings.TemperatureSquared,
            parameters.Find(ParameterRole.Mask) is not null,
            parameters.ElementOf(ParameterRole.Weights));
    }

    /// <summary>Checks that a method has the parameter <c>classes</c> if, and only if, it needs it.</summary>
    public static void Validate(
        IMethodSymbol method,
        MethodDeclarationSyntax syntax,
        ParsedSettings settings,
        ParsedParameters parameters,
        DiagnosticBag diagnostics)
    {
        ParsedParameter? classes = parameters.Find(ParameterRole.Classes);
        if (classes is not null)
        {
            if (parameters.DataKind == DataKind.TensorSpan)
            {
                const string Reason = "it is the last dimension of the tensor spans";
                diagnostics.Report(DiagnosticDescriptors.ForbiddenClasses, classes.Syntax.Identifier, Reason);
            }
            else if (settings.Reduction is Reduction reduction and not Reduction.BatchMean
                && !NeedsRows(settings, parameters))
            {
                string reason =
                    $"reduction \"{SettingsParser.ToSettingValue(reduction)}\" depends on rows only with logits, 'mask' or 'weights'";
                diagnostics.Report(DiagnosticDescriptors.ForbiddenClasses, classes.Syntax.Identifier, reason);
            }
        }
        else if (parameters.DataKind == DataKind.Span && NeedsRows(settings, parameters))
        {
            MissingParameter missing = new(ParameterRole.Classes, new DataType(ParameterShape.Scalar, null));
            missing.Report(DiagnosticDescriptors.MissingClasses, method, syntax, diagnostics, syntax.Identifier.ValueText);
        }
    }

    /// <summary>Whether the method cannot be computed without knowing where a row ends.</summary>
    private static bool NeedsRows(ParsedSettings settings, ParsedParameters parameters) =>
        settings.HasLogits || settings.Reduction == Reduction.Row || parameters.All.Any(parameter => parameter.IsPerRow);
}
