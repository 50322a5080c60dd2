using KlDivGen.Generator.Emission;
using KlDivGen.Generator.Model;
using KlDivGen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlDivGen.Generator;

/// <summary>
/// Implements each partial method that has <c>[KLDivLoss]</c>: one file a method. A method with a mistake in it is left out, and
/// <see cref="KlDivLossAnalyzer"/>, which parses with the same parser, says why.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class KlDivLossGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<MethodSpec> methods = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                Names.Attribute,
                predicate: static (node, _) => node is MethodDeclarationSyntax,
                transform: static (attributed, cancellation) => Parse(attributed, cancellation))
            .WithTrackingName(TrackingNames.Parsed)
            .Where(static method => method is not null)
            .Select(static (method, _) => method!)
            .WithTrackingName(TrackingNames.Methods);

        IncrementalValuesProvider<(string HintName, string Text)> files = methods
            .Select(static (method, _) => (method.HintName, KernelFile.Write(method)))
            .WithTrackingName(TrackingNames.Files);

        context.RegisterSourceOutput(files, static (output, file) => output.AddSource(file.HintName, file.Text));
    }

    private static MethodSpec? Parse(GeneratorAttributeSyntaxContext attributed, CancellationToken cancellation) =>
        attributed is { TargetSymbol: IMethodSymbol method, TargetNode: MethodDeclarationSyntax syntax }
        && !MethodParser.IsRepeated(method)
            ? MethodParser.Parse(method, syntax, attributed.Attributes[0], attributed.SemanticModel, new Findings(), cancellation)
            : null;

    /// <summary>The names of the pipeline's steps, by which tests find them.</summary>
    internal static class TrackingNames
    {
        public const string Parsed = nameof(Parsed);
        public const string Methods = nameof(Methods);
        public const string Files = nameof(Files);
    }
}
