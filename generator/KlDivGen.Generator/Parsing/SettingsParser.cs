using KlDivGen.Generator.Diagnostics;
using KlDivGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlDivGen.Generator.Parsing;

/// <summary>The attribute's settings; a null for what could not be understood, which has been reported.</summary>
internal sealed record ParsedSettings(Reduction? Reduction, bool LogTarget, Dialect? Dialect, bool Deterministic);

/// <summary>Reads the attribute. Values count, not their spelling: constants and concatenations are as good as literals.</summary>
internal static class SettingsParser
{
    // The runtime's attribute cannot be referenced from here; a test compares these names and values with it.
    public const string ReductionProperty = "Reduction";
    public const string LogTargetProperty = "LogTarget";
    public const string DialectProperty = "Dialect";
    public const string DeterministicProperty = "Deterministic";

    /// <summary>The values of <c>Reduction</c>, in the order of <see cref="Model.Reduction"/>.</summary>
    public static readonly IReadOnlyList<string> Reductions = ["none", "mean", "sum", "batchmean"];

    /// <summary>The values of <c>Dialect</c>, in the order of <see cref="Model.Dialect"/>.</summary>
    public static readonly IReadOnlyList<string> Dialects = ["paddle", "pytorch", "strict"];

    public static ParsedSettings Parse(AttributeData attribute, Findings findings, CancellationToken cancellation)
    {
        AttributeSyntax? syntax = attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) as AttributeSyntax;
        int? reduction = Choose(
            attribute, syntax, ReductionProperty, Reductions, (int)Reduction.Mean, Descriptors.UnknownReduction, findings);
        int? dialect = Choose(
            attribute, syntax, DialectProperty, Dialects, (int)Dialect.Paddle, Descriptors.UnknownDialect, findings);
        return new ParsedSettings(
            (Reduction?)reduction,
            Value(attribute, LogTargetProperty) is true,
            (Dialect?)dialect,
            Value(attribute, DeterministicProperty) is true);
    }

    /// <summary>The index of a property's value among the allowed ones.</summary>
    private static int? Choose(
        AttributeData attribute,
        AttributeSyntax? syntax,
        string property,
        IReadOnlyList<string> allowed,
        int byDefault,
        DiagnosticDescriptor unknown,
        Findings findings)
    {
        // The syntax decides whether the property is set: of a value that does not compile the attribute's data may know nothing.
        ExpressionSyntax? expression = syntax?.ArgumentList?.Arguments
            .FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == property)?.Expression;
        if (expression is null)
        {
            return byDefault;
        }

        string? value = Value(attribute, property) as string;
        for (int i = 0; i < allowed.Count; i++)
        {
            if (value == allowed[i])
            {
                return i;
            }
        }

        // What is not a string at all is quoted as it is written: null, 5, a variable's name.
        string nearest = value is null ? allowed[byDefault] : Nearest.Of(value, allowed);
        findings.ReportFixable(
            unknown, expression, FixProperties.Nearest, nearest, value is null ? expression.ToString() : $"\"{value}\"", nearest);
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
