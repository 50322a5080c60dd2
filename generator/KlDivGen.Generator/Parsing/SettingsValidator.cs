using KlDivGen.Generator.Diagnostics;
using KlDivGen.Generator.Model;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlDivGen.Generator.Parsing;

/// <summary>
/// Checks the settings for logits and divergences: that numbers are in range, and that no setting is without effect. A setting without
/// effect is reported at its argument, which the code fix removes.
/// </summary>
internal static class SettingsValidator
{
    public static void Validate(ParsedSettings settings, ParsedParameters parameters, DiagnosticBag diagnostics)
    {
        ValidateTargetLogits(settings, diagnostics);
        ValidateDialect(settings, diagnostics);
        ValidateTemperature(settings, parameters, diagnostics);
        ValidateBeta(settings, diagnostics);
        ValidateParallel(settings, diagnostics);
    }

    /// <summary>Reports a C# version that has all that other methods need, but not what threads share.</summary>
    private static void ValidateParallel(ParsedSettings settings, DiagnosticBag diagnostics)
    {
        if (settings.Parallel
            && settings.FindArgument(SettingsParser.ParallelProperty) is AttributeArgumentSyntax argument
            && argument.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp11 and < LanguageVersion.CSharp13 } options)
        {
            diagnostics.Report(
                DiagnosticDescriptors.LanguageVersion, argument, SettingsParser.ParallelProperty, "13", options.LanguageVersion.ToDisplayString());
        }
    }

    private static void ValidateTargetLogits(ParsedSettings settings, DiagnosticBag diagnostics)
    {
        if (settings.TargetLogits && settings.LogTarget && settings.FindArgument(SettingsParser.LogTargetProperty) is AttributeArgumentSyntax logTarget)
        {
            diagnostics.Report(DiagnosticDescriptors.LogTargetOfLogits, logTarget);
        }
    }

    private static void ValidateDialect(ParsedSettings settings, DiagnosticBag diagnostics)
    {
        if (settings.Dialect is null || settings.FindArgument(SettingsParser.DialectProperty) is not AttributeArgumentSyntax dialect)
        {
            return;
        }

        if (settings.TargetLogits)
        {
            const string Reason = "the softmax of a target of logits is never negative, and all dialects agree";
            diagnostics.Report(DiagnosticDescriptors.UnusedDialect, dialect, Reason);
        }
        else if (settings.Divergence is Divergence divergence and not Divergence.Forward)
        {
            string reason = $"no library defines the special values of divergence \"{SettingsParser.ToSettingValue(divergence)}\"";
            diagnostics.Report(DiagnosticDescriptors.UnusedDialect, dialect, reason);
        }
    }

    private static void ValidateTemperature(ParsedSettings settings, ParsedParameters parameters, DiagnosticBag diagnostics)
    {
        ParsedParameter? parameter = parameters.Find(ParameterRole.Temperature);
        AttributeArgumentSyntax? argument = settings.FindArgument(SettingsParser.TemperatureProperty);
        if (!settings.HasLogits)
        {
            ReportTemperatureWithoutLogits(settings, argument, parameter, diagnostics);
        }
        else if (argument is null && parameter is null)
        {
            const string Reason = "there is no temperature; set Temperature, add a parameter temperature, or remove it";
            ReportUnusedSquare(settings, Reason, diagnostics);
        }
        else if (argument is not null && parameter is not null)
        {
            diagnostics.Report(DiagnosticDescriptors.TemperatureTwice, argument);
        }
        else if (argument is not null)
        {
            ValidateTemperature(
                settings.Temperature ?? 0, settings.TemperatureSquared, argument.Expression, parameters.PromotedType == ElementType.Double, diagnostics);
        }
    }

    /// <summary>
    /// Reports a temperature that is not positive, or that the kernel's type cannot hold or invert; or whose square multiplies results and is no
    /// normal number of that type.
    /// </summary>
    private static void ValidateTemperature(
        double temperature, bool isSquared, ExpressionSyntax expression, bool isDouble, DiagnosticBag diagnostics)
    {
        (bool isValid, string range) = isSquared ? ValidateSquare(temperature * temperature, isDouble) : ValidateInverse(temperature, isDouble);
        if (!(temperature > 0 && isValid))
        {
            diagnostics.Report(DiagnosticDescriptors.InvalidTemperature, expression, expression.ToString(), range);
        }
    }

    private static (bool IsValid, string Range) ValidateInverse(double temperature, bool isDouble)
    {
        double inverse = isDouble ? 1 / temperature : (float)(1 / temperature);
        return isDouble
            ? (temperature <= double.MaxValue && !double.IsInfinity(inverse), "5.57E-309 to 1.79E+308")
            : (temperature <= float.MaxValue && !double.IsInfinity(inverse), "2.94E-39 to 3.4E+38");
    }

    private static (bool IsValid, string Range) ValidateSquare(double square, bool isDouble)
    {
        const double MinNormalSingle = 1.17549435E-38, MinNormalDouble = 2.2250738585072014E-308;
        return isDouble
            ? (square is >= MinNormalDouble and <= double.MaxValue, "1.5E-154 to 1.34E+154, because its square multiplies losses and gradients")
            : (square is >= MinNormalSingle and <= float.MaxValue, "1.09E-19 to 1.84E+19, because its square multiplies losses and gradients");
    }

    private static void ReportTemperatureWithoutLogits(
        ParsedSettings settings, AttributeArgumentSyntax? argument, ParsedParameter? parameter, DiagnosticBag diagnostics)
    {
        const string Reason = "neither the input nor the target holds logits; set InputLogits or TargetLogits, or remove it";
        if (argument is not null)
        {
            diagnostics.Report(DiagnosticDescriptors.UnusedTemperature, argument, SettingsParser.TemperatureProperty, Reason);
        }

        ReportUnusedSquare(settings, Reason, diagnostics);
        if (parameter is not null)
        {
            diagnostics.Report(DiagnosticDescriptors.UnusedTemperature, parameter.Syntax.Identifier, parameter.Name, Reason);
        }
    }

    private static void ReportUnusedSquare(ParsedSettings settings, string reason, DiagnosticBag diagnostics)
    {
        if (settings.TemperatureSquared
            && settings.FindArgument(SettingsParser.TemperatureSquaredProperty) is AttributeArgumentSyntax argument)
        {
            diagnostics.Report(DiagnosticDescriptors.UnusedTemperature, argument, SettingsParser.TemperatureSquaredProperty, reason);
        }
    }

    private static void ValidateBeta(ParsedSettings settings, DiagnosticBag diagnostics)
    {
        if (settings.FindArgument(SettingsParser.BetaProperty) is not AttributeArgumentSyntax argument)
        {
            return;
        }

        if (settings.Divergence is Divergence divergence and not Divergence.JensenShannon)
        {
            diagnostics.Report(DiagnosticDescriptors.BetaWithoutMixture, argument, SettingsParser.ToSettingValue(divergence));
        }
        else if (settings.Beta is not (> 0 and < 1))
        {
            diagnostics.Report(DiagnosticDescriptors.InvalidBeta, argument.Expression, argument.Expression.ToString());
        }
    }
}
