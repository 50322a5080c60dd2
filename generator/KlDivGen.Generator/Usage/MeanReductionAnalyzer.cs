using System.Collections.Immutable;
using KlDivGen.Generator.Diagnostics;
using KlDivGen.Generator.Model;
using KlDivGen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace KlDivGen.Generator.Usage;

/// <summary>
/// Suggests "batchmean" for "mean" (KLDIV100): where tensor spans know their rows, or where the method's name promises a divergence.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MeanReductionAnalyzer : DiagnosticAnalyzer
{
    private static readonly string[] WordsForMean = ["mean", "average", "avg"];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(UsageDescriptors.MeanReduction);

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

        ParsedSettings settings = SettingsParser.Parse(
            method.Attribute, new DiagnosticBag(context.Compilation), context.CancellationToken);
        DataType? data = DataType.Parse(method.Symbol.Parameters[0].Type);
        if (settings.Reduction != Reduction.Mean
            || data is not ({ IsSpan: true } or { IsTensor: true })
            || !MeansRows(NameWords.Split(method.Symbol.Name), data.Value)
            || method.Attribute.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken) is not AttributeSyntax attribute)
        {
            return;
        }

        SyntaxNode location = SettingsParser.FindExpression(attribute, SettingsParser.ReductionProperty) ?? (SyntaxNode)attribute.Name;
        context.ReportDiagnostic(Diagnostic.Create(
            UsageDescriptors.MeanReduction, location.GetLocation(), FixProperties(method, data.Value), method.Symbol.Name));
    }

    /// <summary>Whether the author probably means the divergence per row. A name with "mean" says that the mean is meant.</summary>
    private static bool MeansRows(IReadOnlyList<string> words, DataType data) =>
        Follow(words, "batch", "mean")
        || (!words.Any(word => WordsForMean.Contains(word)) && (data.IsTensor || NamesDivergence(words)));

    private static bool NamesDivergence(IReadOnlyList<string> words) =>
        Follow(words, "kl", "div")
        || words.Any(word =>
            word is "batch" or "kldiv"
            || word.StartsWith("diverg", StringComparison.Ordinal)
            || word.StartsWith("distil", StringComparison.Ordinal));

    private static bool Follow(IReadOnlyList<string> words, string first, string second) =>
        Enumerable.Range(1, Math.Max(0, words.Count - 1)).Any(i => words[i - 1] == first && words[i] == second);

    /// <summary>The properties for the code fix: the reduction if it is possible, and the type of a parameter to add for it.</summary>
    private static ImmutableDictionary<string, string?> FixProperties(AnnotatedMethod method, DataType data)
    {
        ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty
            .Add(DiagnosticPropertyNames.Suggestion, SettingsParser.ToSettingValue(Reduction.BatchMean));
        if (data.IsTensor)
        {
            return properties;
        }

        DataType type = new(ParameterShape.Scalar, null);
        return new MissingParameter(ParameterRole.BatchSize, type).FindObstacle(method.Symbol, method.Syntax.ParameterList) is null
            ? properties.Add(DiagnosticPropertyNames.ParameterType, type.ToCSharp())
            : ImmutableDictionary<string, string?>.Empty;
    }
}
