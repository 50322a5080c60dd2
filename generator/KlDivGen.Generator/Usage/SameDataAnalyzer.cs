using KlDivGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace KlDivGen.Generator.Usage;

/// <summary>Warns of the same data as input and target (KLDIV104).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SameDataAnalyzer : LossCallAnalyzer
{
    /// <summary>Initializes the analyzer.</summary>
    public SameDataAnalyzer()
        : base(UsageDescriptors.SameData)
    {
    }

    private protected override Diagnostic? Analyze(LossCall call) =>
        DataView.Find(call.Input.Value) is DataView input
            && DataView.Find(call.Target.Value) is DataView target
            && SymbolEqualityComparer.Default.Equals(input.Variable, target.Variable)
            && (input.IsWhole && target.IsWhole || SyntaxFactory.AreEquivalent(call.Input.Value.Syntax, call.Target.Value.Syntax))
            ? Diagnostic.Create(UsageDescriptors.SameData, call.Target.Value.Syntax.GetLocation(), input.Variable.Name, call.MethodName)
            : null;
}
