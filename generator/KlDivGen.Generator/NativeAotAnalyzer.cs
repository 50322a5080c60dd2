using System.Collections.Concurrent;
using System.Collections.Immutable;
using KlDivGen.Generator.Diagnostics;
using KlDivGen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace KlDivGen.Generator;

/// <summary>
/// Reports, once per project, that Native AOT compiles the kernels for 128-bit vectors: when the project is published for x64 and
/// its instruction sets do not include AVX2.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NativeAotAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(DiagnosticDescriptors.NativeAotWidth);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        // Annotated methods may be in files that another tool has written.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (CompilesForNarrowVectors(start.Options.AnalyzerConfigOptionsProvider.GlobalOptions))
            {
                ConcurrentBag<SyntaxToken> methods = [];
                start.RegisterSyntaxNodeAction(node => Collect(node, methods), SyntaxKind.Attribute);
                start.RegisterCompilationEndAction(end => ReportFirst(end, methods));
            }
        });
    }

    /// <summary>
    /// Whether the project's properties select 128-bit vectors. Without a RuntimeIdentifier the target is the building machine, which
    /// NETCoreSdkRuntimeIdentifier names.
    /// </summary>
    private static bool CompilesForNarrowVectors(AnalyzerConfigOptions options)
    {
        string target = Property(options, "RuntimeIdentifier") is { Length: > 0 } named
            ? named
            : Property(options, "NETCoreSdkRuntimeIdentifier");
        return Property(options, "PublishAot").Equals("true", StringComparison.OrdinalIgnoreCase)
            && target.EndsWith("-x64", StringComparison.OrdinalIgnoreCase)
            && IlcInstructionSets.HasNarrowVectors(Property(options, "IlcInstructionSet"));
    }

    private static string Property(AnalyzerConfigOptions options, string name) =>
        options.TryGetValue("build_property." + name, out string? value) ? value.Trim() : string.Empty;

    private static void Collect(SyntaxNodeAnalysisContext context, ConcurrentBag<SyntaxToken> methods)
    {
        AttributeSyntax attribute = (AttributeSyntax)context.Node;
        if (attribute.Parent?.Parent is MethodDeclarationSyntax method
            && KLDivLossAttributeSyntax.IsKLDivLoss(attribute, context.SemanticModel, context.CancellationToken))
        {
            methods.Add(method.Identifier);
        }
    }

    private static void ReportFirst(CompilationAnalysisContext context, ConcurrentBag<SyntaxToken> methods)
    {
        // Files are analyzed concurrently; the order of the compilation makes the result reproducible.
        Dictionary<SyntaxTree, int> order = [];
        foreach (SyntaxTree tree in context.Compilation.SyntaxTrees)
        {
            order[tree] = order.Count;
        }

        foreach (SyntaxToken first in methods.OrderBy(method => order[method.SyntaxTree!]).ThenBy(method => method.SpanStart).Take(1))
        {
            context.ReportDiagnostic(Diagnostic.Create(DiagnosticDescriptors.NativeAotWidth, first.GetLocation()));
        }
    }
}
