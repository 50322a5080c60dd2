using KlDivGen.Generator.Diagnostics;
using KlDivGen.Generator.Emission;
using KlDivGen.Generator.Model;
using KlDivGen.Generator.Parsing;
using KlDivGen.Generator.Plan;
using KlDivGen.Generator.Planning;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlDivGen.Generator;

/// <summary>
/// Implements each partial method that has <c>[KLDivLoss]</c>: one file per method. A method with an error is not implemented.
/// </summary>
/// <remarks>
/// <see cref="KlDivLossAnalyzer"/> parses with the same parser and reports the errors as the user types. The generator reports them
/// too, because the compiler ends a build over a partial method without a body before it has run any analyzer.
/// </remarks>
[Generator(LanguageNames.CSharp)]
public sealed class KlDivLossGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<ParsedMethod> parsed = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                SymbolNames.Attribute,
                predicate: static (node, _) => node is MethodDeclarationSyntax,
                transform: static (attributed, cancellation) => Parse(attributed, cancellation))
            .WithTrackingName(TrackingNames.Parsed);

        IncrementalValuesProvider<MethodSpec> methods = parsed
            .Where(static method => method.Spec is not null)
            .Select(static (method, _) => method.Spec!)
            .WithTrackingName(TrackingNames.Methods);

        IncrementalValuesProvider<(MethodSpec Method, KernelPlan Plan)> plans = methods
            .Select(static (method, _) => (method, Planner.Plan(method.Kernel)))
            .WithTrackingName(TrackingNames.Plans);

        IncrementalValuesProvider<(string HintName, string Text)> files = plans
            .Select(static (planned, _) => (planned.Method.HintName, KernelFile.Write(planned.Method, planned.Plan)))
            .WithTrackingName(TrackingNames.Files);

        IncrementalValuesProvider<DiagnosticInfo> diagnostics = parsed
            .SelectMany(static (method, _) => method.Diagnostics)
            .WithTrackingName(TrackingNames.Diagnostics);

        context.RegisterSourceOutput(files, static (output, file) => output.AddSource(file.HintName, file.Text));

        // The compilation locates a diagnostic in its syntax tree. Without diagnostics, nothing is combined with it.
        context.RegisterSourceOutput(
            diagnostics.Combine(context.CompilationProvider),
            static (output, diagnostic) => output.ReportDiagnostic(diagnostic.Left.ToDiagnostic(diagnostic.Right)));
    }

    private static ParsedMethod Parse(GeneratorAttributeSyntaxContext attributed, CancellationToken cancellation)
    {
        SemanticModel model = attributed.SemanticModel;
        DiagnosticBag diagnostics = new(model.Compilation);
        MethodSpec? spec =
            attributed is { TargetSymbol: IMethodSymbol method, TargetNode: MethodDeclarationSyntax syntax }
            && !MethodParser.IsDuplicateDeclaration(method)
                ? MethodParser.Parse(
                    method, syntax, attributed.Attributes[0], model, isAfterGeneration: false, diagnostics, cancellation)
                : null;
        return new ParsedMethod(spec, diagnostics.Diagnostics.ToEquatableArray());
    }

    /// <summary>The names of the pipeline's steps, by which tests find them.</summary>
    internal static class TrackingNames
    {
        public const string Parsed = nameof(Parsed);
        public const string Methods = nameof(Methods);
        public const string Plans = nameof(Plans);
        public const string Files = nameof(Files);
        public const string Diagnostics = nameof(Diagnostics);
    }
}
