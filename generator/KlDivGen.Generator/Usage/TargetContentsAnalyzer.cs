using System.Collections.Immutable;
using KlDivGen.Generator.Diagnostics;
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
        (ValueScale wrong, string expected, string setting) = call.HasLogTarget
            ? (ValueScale.Probability, "log-probabilities", "LogTarget = true")
            : (ValueScale.LogProbability, "probabilities", "LogTarget = false");
        return DataContents.Before(call.Invocation, call.Target) is DataContents contents && contents.Scale == wrong
            ? Diagnostic.Create(
                UsageDescriptors.TargetContents,
                call.Target.Value.Syntax.GetLocation(),
                AttributeLocation(call),
                ImmutableDictionary<string, string?>.Empty.Add(DiagnosticPropertyNames.Suggestion, (!call.HasLogTarget).ToString()),
                call.MethodName,
                expected,
                setting,
                contents.VariableName,
                contents.MethodName)
            : null;
    }

    /// <summary>The location of the attribute, for the code fix; none if the called method is in another assembly.</summary>
    private static IEnumerable<Location> AttributeLocation(LossCall call) =>
        call.Attribute.ApplicationSyntaxReference is SyntaxReference reference
            ? [Location.Create(reference.SyntaxTree, reference.Span)]
            : [];
}
