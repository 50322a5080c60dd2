using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace KlDivGen.Generator.Tests;

/// <summary>A test of a code fix in a project like those of other tests. The generator does not run, so the compiler's errors are ignored.</summary>
internal sealed class CodeFixTest<TCodeFix> : CSharpCodeFixTest<KlDivLossAnalyzer, TCodeFix, DefaultVerifier>
    where TCodeFix : CodeFixProvider, new()
{
    public CodeFixTest(string before, string after)
    {
        this.ReferenceAssemblies = new ReferenceAssemblies(string.Empty);
        this.CompilerDiagnostics = CompilerDiagnostics.None;
        foreach (SolutionState state in new[] { this.TestState, this.FixedState })
        {
            state.AdditionalReferences.AddRange(Roslyn.References);
            state.Sources.Add(("Usings.cs", Roslyn.Usings));
        }

        this.TestState.Sources.Add(("Source.cs", before));
        this.FixedState.Sources.Add(("Source.cs", after));
    }

    protected override ParseOptions CreateParseOptions() => Roslyn.ParseOptions();

    protected override CompilationOptions CreateCompilationOptions() => Roslyn.Compile().Options;
}
