using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace KlDivGen.Generator.Tests.Usage;

/// <summary>
/// A test of the code fix for a warning. The generator runs unless it is turned off, so both sources must compile. The test also applies Fix
/// All.
/// </summary>
internal sealed class UsageCodeFixTest<TAnalyzer, TCodeFix> : CSharpCodeFixTest<TAnalyzer, TCodeFix, DefaultVerifier>
    where TAnalyzer : DiagnosticAnalyzer, new()
    where TCodeFix : CodeFixProvider, new()
{
    private bool runsGenerator = true;

    public UsageCodeFixTest(string before, string after)
    {
        this.ReferenceAssemblies = new ReferenceAssemblies(string.Empty);
        foreach (SolutionState state in new[] { this.TestState, this.FixedState })
        {
            state.AdditionalReferences.AddRange(Roslyn.References);
            state.Sources.Add(("Usings.cs", Roslyn.Usings));
        }

        this.TestState.Sources.Add(("Source.cs", before));
        this.FixedState.Sources.Add(("Source.cs", after));
        this.TestBehaviors |= TestBehaviors.SkipGeneratedSourcesCheck;

        // There is one document, so Fix All in the project or in the solution is Fix All in the document.
        this.CodeFixTestBehaviors |= CodeFixTestBehaviors.SkipFixAllInProjectCheck | CodeFixTestBehaviors.SkipFixAllInSolutionCheck;
    }

    /// <summary>The test without the generator, where compiler errors do not matter.</summary>
    public UsageCodeFixTest<TAnalyzer, TCodeFix> WithoutGenerator()
    {
        this.runsGenerator = false;
        this.CompilerDiagnostics = CompilerDiagnostics.None;
        return this;
    }

    protected override IEnumerable<Type> GetSourceGenerators() => this.runsGenerator ? [typeof(KlDivLossGenerator)] : [];

    protected override ParseOptions CreateParseOptions() => Roslyn.ParseOptions();

    protected override CompilationOptions CreateCompilationOptions() => Roslyn.Compile().Options;
}
