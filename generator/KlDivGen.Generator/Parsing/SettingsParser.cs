using KlDivGen.Generator.Diagnostics;
using KlDivGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlDivGen.Generator.Parsing;

/// <summary>The settings of the attribute. A setting is <see langword="null"/> where its value is invalid and has been reported.</summary>
internal sealed record ParsedSettings(Reduction? Reduction, bool LogTarget, Dialect? Dialect, bool Deterministic);

/// <summary>Reads the settings of the attribute, from literals as well as from constant expressions.</summary>
internal static class SettingsParser
{
    // The generator cannot reference the runtime. A test compares these names and values with the attribute.
    public const string ReductionProperty = "Reduction";
    public const string LogTargetProperty = "LogTarget";
    public const string DialectProperty = "Dialect";
    public const string DeterministicProperty = "Deterministic";

    /// <summary>The values of <c>Reduction</c>, in the order of <see cref="Model.Reduction"/>.</summary>
    public static readonly IReadOnlyList<string> Reductions = ["none", "mean", "sum", "batchmean"];

    /// <summary>The values of <c>Dialect</c>, in the order of <see cref="Model.Dialect"/>.</summary>
    public static readonly IReadOnlyList<string> Dialects = ["paddle", "pytorch", "strict"];

    public static ParsedSettings Parse(AttributeData attribute, DiagnosticBag diagnostics, CancellationToken cancellation)
    {
        AttributeSyntax? syntax = attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) as AttributeSyntax;
        int? reduction = ParseChoice(
            attribute, syntax, ReductionProperty, Reductions, (int)Reduction.Mean, DiagnosticDescriptors.UnknownReduction, diagnostics);
        int? dialect = ParseChoice(
            attribute, syntax, DialectProperty, Dialects, (int)Dialect.Paddle, DiagnosticDescriptors.UnknownDialect, diagnostics);
        return new ParsedSettings(
            (Reduction?)reduction,
            IsTrue(attribute, LogTargetProperty),
            (Dialect?)dialect,
            IsTrue(attribute, DeterministicProperty));
    }

    /// <summary>Whether the attribute sets a property to <see langword="true"/>.</summary>
    public static bool IsTrue(AttributeData attribute, string property) => Value(attribute, property) is true;

    /// <summary>The attribute's value for a reduction.</summary>
    public static string ToSettingValue(Reduction reduction) => Reductions[(int)reduction];

    /// <summary>The expression that sets a property, or <see langword="null"/> where the attribute does not set it.</summary>
    public static ExpressionSyntax? FindExpression(AttributeSyntax syntax, string property) => syntax.ArgumentList?.Arguments
        .FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == property)?.Expression;

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
        ExpressionSyntax? expression = syntax is null ? null : FindExpression(syntax, property);
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
