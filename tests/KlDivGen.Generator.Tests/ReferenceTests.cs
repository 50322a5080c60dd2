using System.Collections.Immutable;
using System.Numerics.Tensors;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace KlDivGen.Generator.Tests;

/// <summary>Generated code finds everything that it refers to, or a diagnostic says why it does not.</summary>
public sealed class ReferenceTests
{
    private const string Method = "[KLDivLoss] public static partial float Loss(ReadOnlySpan<float> x, ReadOnlySpan<float> y);";

    [Theory]
    [InlineData("A", "KLDIV025")]
    [InlineData("global,A", null)]
    public void A_runtime_with_only_an_extern_alias_is_reported(string aliases, string? id)
    {
        CSharpCompilation compilation = WithAliases(
            typeof(KLDivLossAttribute), aliases, $"extern alias A; using System; using A::KlDivGen; static partial class C {{ {Method} }}");

        Assert.Equal(id, Roslyn.Generate(compilation).Diagnostics.SingleOrDefault()?.Id);
    }

    [Fact]
    public void Tensors_with_only_an_extern_alias_are_reported()
    {
        CSharpCompilation compilation = WithAliases(typeof(TensorSpan<>), "A", """
            extern alias A; using KlDivGen; using A::System.Numerics.Tensors;
            static partial class C { [KLDivLoss] public static partial float Loss(TensorSpan<float> x, TensorSpan<float> y); }
            """);

        Assert.Equal(["KLDIV025", "KLDIV025"], Roslyn.Generate(compilation).Diagnostics.Select(diagnostic => diagnostic.Id));
    }

    [Fact]
    public void A_generated_file_that_is_compiled_again_is_reported()
    {
        CSharpCompilation compilation = Roslyn.Compile($"static partial class C {{ {Method} }}");
        GeneratedSourceResult file = Assert.Single(Roslyn.Generate(compilation).GeneratedSources);
        compilation = compilation.AddSyntaxTrees(Roslyn.Parse(file.SourceText.ToString(), "Generated/" + file.HintName));

        GeneratorRunResult result = Roslyn.Generate(compilation);

        Diagnostic diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal("KLDIV024", diagnostic.Id);
        Assert.Contains("Generated/" + file.HintName, diagnostic.GetMessage(null), StringComparison.Ordinal);
        Assert.Empty(result.GeneratedSources);
    }

    [Fact]
    public async Task An_error_in_the_second_of_two_files_without_a_path_is_located_there()
    {
        string[] sources = [$"static partial class C {{ {Method} }} // long enough", $"class D {{ {Method} }}"];
        CSharpCompilation compilation = Roslyn.Compile().AddSyntaxTrees(
            sources.Select(source => CSharpSyntaxTree.ParseText(source, Roslyn.ParseOptions())));

        Assert.Same(compilation.SyntaxTrees[2], Assert.Single(Roslyn.Generate(compilation).Diagnostics).Location.SourceTree);
        ImmutableArray<Diagnostic> found = await Roslyn.AnalyzeAsync(compilation);
        Assert.Same(compilation.SyntaxTrees[2], Assert.Single(found).Location.SourceTree);
    }

    [Theory]
    [InlineData("partial class Con { METHOD }", "_Con.Loss.")]
    [InlineData("namespace AUX.Losses { partial class C { METHOD } }", "_AUX.Losses.C.Loss.")]
    [InlineData("partial class Com1 { METHOD }", "_Com1.Loss.")]
    [InlineData("partial class Console { METHOD }", "Console.Loss.")]
    [InlineData("partial class Nul<T> { METHOD }", "Nul`1.Loss.")]
    public void A_hint_name_is_no_device_name_of_Windows(string source, string expected) => Assert.StartsWith(
        expected, Roslyn.Spec(source.Replace("METHOD", Method, StringComparison.Ordinal)).HintName, StringComparison.Ordinal);

    private static CSharpCompilation WithAliases(Type type, string aliases, string source)
    {
        CSharpCompilation compilation = Roslyn.Compile();
        MetadataReference reference = compilation.References.Single(
            reference => ((PortableExecutableReference)reference).FilePath == type.Assembly.Location);
        return compilation
            .RemoveAllSyntaxTrees()
            .ReplaceReference(reference, reference.WithAliases(aliases.Split(',')))
            .AddSyntaxTrees(Roslyn.Parse("global using System;", "Usings.cs"), Roslyn.Parse(source, "Source.cs"));
    }
}
