using KlDivGen.Generator.Diagnostics;
using KlDivGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlDivGen.Generator.Parsing;

/// <summary>Reads the settings of the attribute, from literals as well as from constant expressions, and reports unknown words.</summary>
/// <remarks><see cref="SettingsValidator"/> checks numbers, and settings against one another.</remarks>
internal static class SettingsParser
{
    // The generator cannot reference the runtime. A test compares these names and values with the attribute.
    public const string ReductionProperty = "Reduction";
    public const string LogTargetProperty = "LogTarget";
    public const string DialectProperty = "Dialect";
    public const string DeterministicProperty = "Deterministic";
    public const string ParallelProperty = "Parallel";
    public const string InputLogitsProperty = "InputLogits";
    public const string TargetLogitsProperty = "TargetLogits";
    public const string TemperatureProperty = "Temperature";
    public const string TemperatureSquaredProperty = "TemperatureSquared";
    public const string DivergenceProperty = "Divergence";
    public const string BetaProperty = "Beta";

    /// <summary>The properties of the attribute.</summary>
    public static readonly IReadOnlyList<string> Properties =
    [
        ReductionProperty, LogTargetProperty, DialectProperty, DeterministicProperty, ParallelProperty, InputLogitsProperty, TargetLogitsProperty,
        TemperatureProperty, TemperatureSquaredProperty, DivergenceProperty, BetaProperty,
    ];

    public const double DefaultTemperature = 1;
    public const double DefaultBeta = 0.5;

    /// <summary>The values of <c>Reduction</c>, in the order of <see cref="Model.Reduction"/>.</summary>
    public static readonly IReadOnlyList<string> Reductions = ["none", "mean", "sum", "batchmean", "row"];

    /// <summary>The values of <c>Dialect</c>, in the order of <see cref="Model.Dialect"/>.</summary>
    public static readonly IReadOnlyList<string> Dialects = ["paddle", "pytorch", "strict"];

    /// <summary>The values of <c>Divergence</c>, in the order of <see cref="Model.Divergence"/>.</summary>
    public static readonly IReadOnlyList<string> Divergences = ["forward", "reverse", "jsd"];

    public static ParsedSettings Parse(AttributeData attribute, DiagnosticBag diagnostics, CancellationToken cancellation)
    {
        AttributeSyntax? syntax = attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) as AttributeSyntax;
        int? reduction = ParseChoice(
            attribute, syntax, ReductionProperty, Reductions, (int)Reduction.Mean, DiagnosticDescriptors.UnknownReduction, diagnostics);
        int? dialect = ParseChoice(
            attribute, syntax, DialectProperty, Dialects, (int)Dialect.Paddle, DiagnosticDescriptors.UnknownDialect, diagnostics);
        int? divergence = ParseChoice(
            attribute,
            syntax,
            DivergenceProperty,
            Divergences,
            (int)Divergence.Forward,
            DiagnosticDescriptors.UnknownDivergence,
            diagnostics);
        return new ParsedSettings(
            syntax,
            (Reduction?)reduction,
            IsTrue(attribute, LogTargetProperty),
            (Dialect?)dialect,
            IsTrue(attribute, DeterministicProperty),
            IsTrue(attribute, ParallelProperty),
            IsTrue(attribute, InputLogitsProperty),
            IsTrue(attribute, TargetLogitsProperty),
            ParseNumber(attribute, syntax, TemperatureProperty, DefaultTemperature),
            IsTrue(attribute, TemperatureSquaredProperty),
            (Divergence?)divergence,
            ParseNumber(attribute, syntax, BetaProperty, DefaultBeta));
    }

    /// <summary>Whether the attribute sets a property to <see langword="true"/>.</summary>
    public static bool IsTrue(AttributeData attribute, string property) => Value(attribute, property) is true;

    /// <summary>The attribute's value for a reduction.</summary>
    public static string ToSettingValue(Reduction reduction) => Reductions[(int)reduction];

    /// <summary>Whether the losses are data, which a method writes to <c>output</c>, and not one number.</summary>
    public static bool WritesOutput(Reduction reduction) => reduction is Reduction.None or Reduction.Row;

    /// <summary>The attribute's value for a divergence.</summary>
    public static string ToSettingValue(Divergence divergence) => Divergences[(int)divergence];

    /// <summary>Whether an argument has a name that no property has, such as a misspelt one.</summary>
    public static bool HasUnknownProperty(AttributeSyntax? syntax) => syntax?.ArgumentList?.Arguments
        .Any(argument => argument.NameEquals is { } name && !Properties.Contains(name.Name.Identifier.ValueText)) == true;

    /// <summary>The argument that sets a property, or <see langword="null"/> where the attribute does not set it.</summary>
    public static AttributeArgumentSyntax? FindArgument(AttributeSyntax syntax, string property) => syntax.ArgumentList?.Arguments
        .FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == property);

    /// <summary>The index of a property's value in the list of allowed values.</summary>
    private static int? ParseChoice(
        AttributeData attribute,
        AttributeSyntax? syntax,
        string property,
        IReadOnlyList<string> allowed,
        int defaultIndex,
        DiagnosticDescriptor descriptor,
        DiagnosticBag diagnostics)
    {
        // The syntax decides whether the property is set: the attribute's data may lack a value that does not compile.
        ExpressionSyntax? expression = syntax is null ? null : FindArgument(syntax, property)?.Expression;
        if (expression is null)
        {
            return defaultIndex;
        }

        string? value = Value(attribute, property) as string;
        for (int i = 0; i < allowed.Count; i++)
        {
            if (value == allowed[i])
            {
                return i;
            }
        }

        // A value that is no constant string is quoted as the user wrote it: null, 5, the name of a variable.
        string suggestion = value is null ? allowed[defaultIndex] : SpellChecker.Suggest(value, allowed);
        diagnostics.ReportFixable(
            descriptor,
            expression,
            DiagnosticPropertyNames.Suggestion,
            suggestion,
            value is null ? expression.ToString() : $"\"{value}\"",
            suggestion);
        return null;
    }

    /// <summary>The value of a property, or <see langword="null"/> where it is set to something that is no constant number.</summary>
    private static double? ParseNumber(AttributeData attribute, AttributeSyntax? syntax, string property, double defaultValue) =>
        syntax is null || FindArgument(syntax, property) is null ? defaultValue : Value(attribute, property) as double?;

    private static object? Value(AttributeData attribute, string property)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (argument.Key == property && argument.Value.Kind == TypedConstantKind.Primitive)
            {
                return argument.Value.Value;
            }
        }

        return null;
    }
}
