using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace KlDivGen.Generator.Usage;

/// <summary>An analyzer of calls of annotated methods, with one descriptor.</summary>
public abstract class LossCallAnalyzer : DiagnosticAnalyzer
{
    private protected LossCallAnalyzer(DiagnosticDescriptor descriptor) =>
        this.SupportedDiagnostics = ImmutableArray.Create(descriptor);

    /// <inheritdoc/>
    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(
            operation =>
            {
                if (LossCall.Find(operation.Operation) is LossCall call && this.Analyze(call) is Diagnostic diagnostic)
                {
                    operation.ReportDiagnostic(diagnostic);
                }
            },
            OperationKind.Invocation);
    }

    /// <summary>The diagnostic of a call, or <see langword="null"/>.</summary>
    private protected abstract Diagnostic? Analyze(LossCall call);
}
