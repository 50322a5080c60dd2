using KlDivGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace KlDivGen.Generator.Usage;

/// <summary>Suggests a sum in double where a loop adds losses to a float (KLDIV105).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FloatSumAnalyzer : LossCallAnalyzer
{
    /// <summary>Initializes the analyzer.</summary>
    public FloatSumAnalyzer()
        : base(UsageDescriptors.FloatSum)
    {
    }

    private protected override Diagnostic? Analyze(LossCall call) =>
        LossAddition.Find(call.Invocation) is { Total: { Type.SpecialType: SpecialType.System_Single } total } addition
            && LossAddition.Variable(total) is ISymbol variable
            && addition.IsInLoop(variable)
            ? Diagnostic.Create(UsageDescriptors.FloatSum, total.Syntax.GetLocation(), variable.Name, call.MethodName)
            : null;
}
