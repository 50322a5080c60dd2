using System.Diagnostics;
using System.Globalization;
using KlDivGen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace KlDivGen.Benchmarks.Generator;

/// <summary>
/// The generator's first run in a process. An SDK's compiler is precompiled, the one in the NuGet package that is used here is not;
/// so the compiler, and it alone, is made warm first: as it is in an editor or a build server.
/// </summary>
internal static class Cold
{
    /// <summary>The argument that makes this program do one cold run and write the figures.</summary>
    public const string Argument = "cold";

    /// <summary>Does the run in a new process.</summary>
    public static Figure InItsOwnProcess()
    {
        ProcessStartInfo start = new(Environment.ProcessPath!, [Argument]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        double[] figures = [.. process.StandardOutput.ReadToEnd().Split(' ').Select(f => double.Parse(f, CultureInfo.InvariantCulture))];
        process.WaitForExit();
        return new(figures[0], figures[1]);
    }

    /// <summary>Does the run here.</summary>
    public static Figure Here()
    {
        CSharpCompilation compilation = AnnotatedProject.Create();
        CSharpGeneratorDriver.Create(new OtherGenerator()).RunGenerators(compilation);
        compilation = AnnotatedProject.Create();
        GeneratorDriver driver = CSharpGeneratorDriver.Create(new KlDivLossGenerator());
        Figure figure = Figure.Of(() => driver = driver.RunGenerators(compilation));
        int files = driver.GetRunResult().GeneratedTrees.Length;
        return files == AnnotatedProject.Methods
            ? figure
            : throw new InvalidOperationException($"{files} files were generated instead of {AnnotatedProject.Methods}.");
    }

    /// <summary>A generator that asks the compiler for the same things and writes as much.</summary>
    private sealed class OtherGenerator : IIncrementalGenerator
    {
        public void Initialize(IncrementalGeneratorInitializationContext context)
        {
            IncrementalValuesProvider<string> names = context.SyntaxProvider.ForAttributeWithMetadataName(
                "KlDivGen.KLDivLossAttribute",
                static (_, _) => true,
                static (use, _) => $"{use.TargetSymbol.ToDisplayString()} {use.Attributes[0].NamedArguments.Length}");
            context.RegisterSourceOutput(
                names.Collect(),
                static (output, all) => output.AddSource("All.g.cs", "//" + string.Join(",", all)));
        }
    }
}
