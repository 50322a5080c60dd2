using KlDivGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace KlDivGen.Generator.Usage;

/// <summary>Warns of an input that a softmax or an exponential has filled with probabilities (KLDIV102).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class InputContentsAnalyzer : LossCallAnalyzer
{
    /// <summary>Initializes the analyzer.</summary>
    public InputContentsAnalyzer()
        : base(UsageDescriptors.InputContents)
    {
    }

    private protected override Diagnostic? Analyze(LossCall call) =>
        DataContents.Before(call.Invocation, call.Input) is { Scale: ValueScale.Probability } contents
            && (contents.IsSoftmax || !call.HasInputLogits)
            ? Diagnostic.Create(
                UsageDescriptors.InputContents,
                call.Input.Value.Syntax.GetLocation(),
                call.MethodName,
                call.HasInputLogits ? "logits" : "log-probabilities",
                contents.VariableName,
                contents.MethodName)
            : null;
}
