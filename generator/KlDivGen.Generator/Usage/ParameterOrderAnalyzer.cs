using System.Collections.Immutable;
using KlDivGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace KlDivGen.Generator.Usage;

/// <summary>Warns of an input that is named like a target, or a target that is named like an input (KLDIV101).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ParameterOrderAnalyzer : DiagnosticAnalyzer
{
    private static readonly string[] WordsForInput =
        ["input", "inputs", "student", "prediction", "predictions", "predicted", "pred", "preds", "logits"];

    private static readonly string[] WordsForTarget =
        ["target", "targets", "teacher", "label", "labels"];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(UsageDescriptors.ParameterOrder);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSyntaxNodeAction(static node => Analyze(node), SyntaxKind.MethodDeclaration);
    }

    private static void Analyze(SyntaxNodeAnalysisContext context)
    {
        if (AnnotatedMethod.Find(context) is not AnnotatedMethod method)
        {
            return;
        }

        SeparatedSyntaxList<ParameterSyntax> parameters = method.Syntax.ParameterList.Parameters;
        if (Names(parameters[0], WordsForTarget, except: WordsForInput))
        {
            Report(parameters[0], "first", "input");
        }
        else if (Names(parameters[1], WordsForInput, except: method.HasTargetLogits ? [.. WordsForTarget, "logits"] : WordsForTarget))
        {
            Report(parameters[1], "second", "target");
        }

        void Report(ParameterSyntax parameter, string position, string role) => context.ReportDiagnostic(Diagnostic.Create(
            UsageDescriptors.ParameterOrder,
            parameter.Identifier.GetLocation(),
            parameter.Identifier.ValueText,
            position,
            method.Symbol.Name,
            role));
    }

    /// <summary>Whether a name has a word of one list and none of the other: <c>teacherLogits</c> may be a target.</summary>
    private static bool Names(ParameterSyntax parameter, string[] words, string[] except)
    {
        IReadOnlyList<string> own = NameWords.Split(parameter.Identifier.ValueText);
        return own.Any(word => words.Contains(word)) && !own.Any(word => except.Contains(word));
    }
}
