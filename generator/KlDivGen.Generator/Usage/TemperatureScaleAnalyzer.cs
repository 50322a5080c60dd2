using KlDivGen.Generator.Diagnostics;
using KlDivGen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace KlDivGen.Generator.Usage;

/// <summary>Suggests TemperatureSquared for a loss with a temperature that is added to another loss (KLDIV106).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TemperatureScaleAnalyzer : LossCallAnalyzer
{
    private const string Temperature = "temperature";

    /// <summary>Initializes the analyzer.</summary>
    public TemperatureScaleAnalyzer()
        : base(UsageDescriptors.TemperatureScale)
    {
    }

    private protected override Diagnostic? Analyze(LossCall call) =>
        HasTemperature(call)
            && !SettingsParser.IsTrue(call.Attribute, SettingsParser.TemperatureSquaredProperty)
            && LossAddition.Find(call.Invocation) is LossAddition addition
            && IsAddedToAnotherLoss(addition)
            && !IsScaled(addition.Term, call.Invocation)
            ? Diagnostic.Create(
                UsageDescriptors.TemperatureScale,
                call.Invocation.Syntax.GetLocation(),
                call.AttributeLocations,
                LossCall.FixProperties(SettingsParser.TemperatureSquaredProperty, true),
                call.MethodName)
            : null;

    private static bool HasTemperature(LossCall call) =>
        call.Invocation.TargetMethod.Parameters.Any(parameter => parameter.Name == Temperature)
        || call.Attribute.NamedArguments.Any(argument =>
            argument.Key == SettingsParser.TemperatureProperty && argument.Value.Value is double and not SettingsParser.DefaultTemperature);

    /// <summary>A constant is no loss, and a total over a loop has the losses of one method.</summary>
    private static bool IsAddedToAnotherLoss(LossAddition addition) =>
        addition.Other is { ConstantValue.HasValue: false }
        || (addition.Total is IOperation total && LossAddition.Variable(total) is ISymbol variable && !addition.IsInLoop(variable));

    /// <summary>Whether a factor of the term is a constant above 1, or has a name with "temperature": a scale by hand.</summary>
    private static bool IsScaled(IOperation term, IOperation call) => term.DescendantsAndSelf()
        .Where(operation => !call.Syntax.Span.Contains(operation.Syntax.Span))
        .Any(operation =>
            operation.ConstantValue is { HasValue: true, Value: float and > 1 or double and > 1 or int and > 1 }
            || LossAddition.Variable(operation)?.Name is string name
                && (NameWords.Split(name).Contains(Temperature) || name is "t" or "T"));
}
