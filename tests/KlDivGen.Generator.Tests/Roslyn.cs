using System.Collections.Immutable;
using System.Numerics.Tensors;
using Basic.Reference.Assemblies;
using KlDivGen.Generator.Model;
using KlDivGen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace KlDivGen.Generator.Tests;

/// <summary>Compiles source in memory and runs the generator and the analyzers on it.</summary>
internal static class Roslyn
{
    /// <summary>The implicit usings that the test sources need.</summary>
    public const string Usings = "global using System; global using System.Numerics.Tensors; global using KlDivGen;";

    /// <summary>The references of a project for .NET 10 that uses the package.</summary>
    public static readonly ImmutableArray<MetadataReference> References =
    [
        .. Net100.References.All,
        MetadataReference.CreateFromFile(typeof(KLDivLossAttribute).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(TensorSpan<>).Assembly.Location),
        StandIns.Reference,
    ];

    /// <summary>Every analyzer of the package.</summary>
    public static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers =
    [
        .. typeof(KlDivLossAnalyzer).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !type.IsAbstract)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    /// <summary>The common base of all compilations, so that references are read once.</summary>
    private static readonly CSharpCompilation Empty = CSharpCompilation.Create(
        "Consumer",
        [],
        References,
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, checkOverflow: true));

    public static CSharpParseOptions ParseOptions(LanguageVersion version = LanguageVersion.Latest) => new(version);

    public static CSharpCompilation Compile(params IEnumerable<string> sources) => Compile(LanguageVersion.Latest, sources);

    public static CSharpCompilation Compile(LanguageVersion version, params IEnumerable<string> sources) =>
        Empty.AddSyntaxTrees(
        [
            Parse(Usings, "Usings.cs", version),
            .. sources.Select((source, i) => Parse(source, $"Source{i}.cs", version)),
        ]);

    public static SyntaxTree Parse(string source, string path, LanguageVersion version = LanguageVersion.Latest) =>
        CSharpSyntaxTree.ParseText(SourceText.From(source), ParseOptions(version), path);

    public static GeneratorDriver CreateDriver(LanguageVersion version = LanguageVersion.Latest) => CSharpGeneratorDriver.Create(
        [new KlDivLossGenerator().AsSourceGenerator()],
        parseOptions: ParseOptions(version),
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    public static GeneratorRunResult Generate(Compilation compilation) =>
        CreateDriver().RunGenerators(compilation, TestContext.Current.CancellationToken).GetRunResult().Results[0];

    /// <summary>The compilation that analyzers see in a build: with the generated files.</summary>
    public static Compilation AddGenerated(Compilation compilation)
    {
        CreateDriver().RunGeneratorsAndUpdateCompilation(
            compilation, out Compilation generated, out _, TestContext.Current.CancellationToken);
        return generated;
    }

    /// <summary>The specifications of all valid annotated methods, in order.</summary>
    public static ImmutableArray<MethodSpec> Specs(Compilation compilation) =>
    [
        .. compilation.SyntaxTrees.SelectMany(tree => Specs(compilation.GetSemanticModel(tree))),
    ];

    private static IEnumerable<MethodSpec> Specs(SemanticModel model)
    {
        foreach (MethodDeclarationSyntax syntax in model.SyntaxTree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>())
        {
            if (model.GetDeclaredSymbol(syntax) is IMethodSymbol method
                && KLDivLossAttributeSyntax.Find(method, syntax, default) is AttributeData attribute
                && MethodParser.Parse(method, syntax, attribute, model, isAfterGeneration: false, new DiagnosticBag(model.Compilation), default) is MethodSpec spec)
            {
                yield return spec;
            }
        }
    }

    public static MethodSpec Spec(string source) => Assert.Single(Specs(Compile(source)));

    /// <summary>The diagnostics of the analyzers of declarations, without those of the compiler.</summary>
    public static Task<ImmutableArray<Diagnostic>> AnalyzeAsync(Compilation compilation) =>
        AnalyzeAsync(compilation, [new KlDivLossAnalyzer(), new NativeAotAnalyzer()]);

    /// <summary>The diagnostics of the given analyzers, without those of the compiler.</summary>
    public static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(
        Compilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        CompilationWithAnalyzers analysis = compilation.WithAnalyzers(
            analyzers,
            new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([]),
                onAnalyzerException: null, // so that an exception becomes a diagnostic, AD0001
                concurrentAnalysis: true,
                logAnalyzerExecutionTime: false));
        ImmutableArray<Diagnostic> found = await analysis.GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        return [.. found.OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath).ThenBy(diagnostic => diagnostic.Location.SourceSpan)];
    }
}
