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
/// Suggests "batchmean" for "mean" (KLDIV100): where the method knows its rows, as with tensor spans and logits, or where its name
/// promises a divergence.
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

        DiagnosticBag diagnostics = new(context.Compilation);
        ParsedSettings settings = SettingsParser.Parse(method.Attribute, diagnostics, context.CancellationToken);
        ParsedParameters parameters = ParameterParser.Parse(method.Symbol, method.Syntax, diagnostics);
        if (settings.Reduction != Reduction.Mean || parameters.ElementOf(ParameterRole.Input) is null)
        {
            return;
        }

        bool knowsRows = parameters.DataKind == DataKind.TensorSpan || RowParser.HasRows(settings, parameters);
        if (!MeansRows(NameWords.Split(method.Symbol.Name), knowsRows)
            || method.Attribute.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken) is not AttributeSyntax attribute)
        {
            return;
        }

        SyntaxNode location =
            SettingsParser.FindArgument(attribute, SettingsParser.ReductionProperty)?.Expression ?? (SyntaxNode)attribute.Name;
        context.ReportDiagnostic(Diagnostic.Create(
            UsageDescriptors.MeanReduction, location.GetLocation(), FixProperties(method, knowsRows), method.Symbol.Name));
    }

    /// <summary>Whether the author probably means the divergence per row. A name with "mean" says that the mean is meant.</summary>
    private static bool MeansRows(IReadOnlyList<string> words, bool knowsRows) =>
        Follow(words, "batch", "mean")
        || (!words.Any(word => WordsForMean.Contains(word)) && (knowsRows || NamesDivergence(words)));

    private static bool NamesDivergence(IReadOnlyList<string> words) =>
        Follow(words, "kl", "div")
        || words.Any(word =>
            word is "batch" or "kldiv"
            || word.StartsWith("diverg", StringComparison.Ordinal)
            || word.StartsWith("distil", StringComparison.Ordinal));

    private static bool Follow(IReadOnlyList<string> words, string first, string second) =>
        Enumerable.Range(1, Math.Max(0, words.Count - 1)).Any(i => words[i - 1] == first && words[i] == second);

    /// <summary>The properties for the code fix: the reduction if it is possible, and the type of a parameter to add for it.</summary>
    private static ImmutableDictionary<string, string?> FixProperties(AnnotatedMethod method, bool knowsRows)
    {
        ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty
            .Add(DiagnosticPropertyNames.Suggestion, SettingsParser.ToSettingValue(Reduction.BatchMean));
        if (knowsRows)
        {
            return properties;
        }

        DataType type = new(ParameterShape.Scalar, null);
        return new MissingParameter(ParameterRole.BatchSize, type).FindObstacle(method.Symbol, method.Syntax.ParameterList) is null
            ? properties.Add(DiagnosticPropertyNames.ParameterType, type.ToCSharp())
            : ImmutableDictionary<string, string?>.Empty;
    }
}
