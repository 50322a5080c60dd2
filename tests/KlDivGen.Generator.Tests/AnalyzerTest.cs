using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace KlDivGen.Generator.Tests;

/// <summary>A test of an analyzer in a project like those of other tests. Sources mark the expected diagnostics.</summary>
internal sealed class AnalyzerTest<TAnalyzer> : CSharpAnalyzerTest<TAnalyzer, DefaultVerifier>
    where TAnalyzer : DiagnosticAnalyzer, new()
{
    public AnalyzerTest(params IEnumerable<string> sources)
    {
        // All references are on this machine; a target framework would be downloaded.
        this.ReferenceAssemblies = new ReferenceAssemblies(string.Empty);
        this.TestState.AdditionalReferences.AddRange(Roslyn.References);
        this.TestState.Sources.Add(("Usings.cs", Roslyn.Usings));
        foreach (string source in sources)
        {
            this.TestState.Sources.Add(($"Source{this.TestState.Sources.Count - 1}.cs", source));
        }

        this.TestBehaviors |= TestBehaviors.SkipGeneratedSourcesCheck;
    }

    /// <summary>Adds a configuration file with global options, as the SDK writes one with the project's properties.</summary>
    public AnalyzerTest<TAnalyzer> WithGlobalOptions(params IEnumerable<string> options)
    {
        this.TestState.AnalyzerConfigFiles.Add(("/.globalconfig", string.Join('\n', ["is_global = true", .. options])));
        return this;
    }

    protected override IEnumerable<Type> GetSourceGenerators() => [typeof(KlDivLossGenerator)];

    protected override ParseOptions CreateParseOptions() => Roslyn.ParseOptions();

    protected override CompilationOptions CreateCompilationOptions() => Roslyn.Compile().Options;
}
