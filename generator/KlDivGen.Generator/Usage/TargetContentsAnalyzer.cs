using System.Collections.Immutable;
using KlDivGen.Generator.Diagnostics;
using KlDivGen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace KlDivGen.Generator.Usage;

/// <summary>Warns of a target that holds log-probabilities without LogTarget, or probabilities with it (KLDIV103).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TargetContentsAnalyzer : LossCallAnalyzer
{
    /// <summary>Initializes the analyzer.</summary>
    public TargetContentsAnalyzer()
        : base(UsageDescriptors.TargetContents)
    {
    }

    private protected override Diagnostic? Analyze(LossCall call)
    {
        if (DataContents.Before(call.Invocation, call.Target) is not DataContents contents)
        {
            return null;
        }

        if (call.HasTargetLogits)
        {
            return contents.IsSoftmax ? Create("logits", "TargetLogits = true", [], null) : null;
        }

        (ValueScale wrong, string expected, string setting) = call.HasLogTarget
            ? (ValueScale.Probability, "log-probabilities", "LogTarget = true")
            : (ValueScale.LogProbability, "probabilities", "LogTarget = false");
        return contents.Scale == wrong
            ? Create(
                expected, setting, call.AttributeLocations, LossCall.FixProperties(SettingsParser.LogTargetProperty, !call.HasLogTarget))
            : null;

        Diagnostic Create(
            string expected, string setting, IEnumerable<Location> locations, ImmutableDictionary<string, string?>? properties) =>
            Diagnostic.Create(
                UsageDescriptors.TargetContents,
                call.Target.Value.Syntax.GetLocation(),
                locations,
                properties,
                call.MethodName,
                expected,
                setting,
                contents.VariableName,
                contents.MethodName);
    }
}
