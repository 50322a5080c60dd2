using System.Globalization;
using KlDivGen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace KlDivGen.Benchmarks.Generator;

/// <summary>
/// The first run of the generator in a process. The compiler of an SDK is precompiled, but that of the NuGet package used here is not.
/// Therefore another generator runs first, which warms up the compiler alone, as in an editor or a build server.
/// </summary>
internal static class Cold
{
    /// <summary>The argument with which this program measures one cold run and prints the figures.</summary>
    public const string Argument = "cold";

    /// <summary>Measures a run in a new process.</summary>
    public static Figure InNewProcess()
    {
        ProcessResult result = ProcessRunner.RunDotnetAsync([typeof(Cold).Assembly.Location, Argument]).GetAwaiter().GetResult();
        double[] figures =
        [
            .. result.EnsureSuccess().StandardOutput.Split(' ').Select(f => double.Parse(f, CultureInfo.InvariantCulture)),
        ];
        return new(figures[0], figures[1]);
    }

    /// <summary>Measures a run in this process.</summary>
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
            : throw new InvalidOperationException($"{files} files were generated; expected {AnnotatedProject.Methods}.");
    }

    /// <summary>A generator that requests the same information from the compiler and writes source.</summary>
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
