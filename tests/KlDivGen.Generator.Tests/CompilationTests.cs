using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace KlDivGen.Generator.Tests;

/// <summary>Generated code compiles without a diagnostic in a project with the strictest settings.</summary>
public sealed class CompilationTests
{
    public static TheoryData<LanguageVersion> Versions { get; } = [LanguageVersion.CSharp11, LanguageVersion.Latest];

    [Theory]
    [MemberData(nameof(Versions))]
    public void Generated_code_compiles_without_a_warning(LanguageVersion version)
    {
        // Some sources declare the same type, so each gets a namespace.
        IEnumerable<string> sources = Sources.Representative.Select(source => source.Value.Contains("namespace", StringComparison.Ordinal)
            ? source.Value
            : $"namespace {source.Key};\n{source.Value}");
        CSharpCompilation compilation = Roslyn.Compile(version, sources);
        CSharpCompilationOptions options = compilation.Options
            .WithGeneralDiagnosticOption(ReportDiagnostic.Error)
            .WithWarningLevel(9999)
            .WithAllowUnsafe(false)
            .WithOverflowChecks(true)
            .WithNullableContextOptions(NullableContextOptions.Enable)
            .WithOptimizationLevel(OptimizationLevel.Release);

        Roslyn.CreateDriver(version).RunGeneratorsAndUpdateCompilation(
            compilation.WithOptions(options), out Compilation generated, out ImmutableArray<Diagnostic> reported, TestContext.Current.CancellationToken);

        Assert.Empty(reported);
        Assert.Equal(compilation.SyntaxTrees.Length + Sources.Representative.Count, generated.SyntaxTrees.Count());
        Assert.Empty(generated.GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden));
        using MemoryStream assembly = new();
        Assert.True(generated.Emit(assembly, cancellationToken: TestContext.Current.CancellationToken).Success);
    }

    [Fact]
    public void Hint_names_are_unique_and_valid()
    {
        string long1 = new('A', 300);
        CSharpCompilation compilation = Roslyn.Compile($$"""
            namespace {{long1}} { partial class {{long1}} { METHOD } partial class {{long1}}B { METHOD } }
            namespace {{long1}}.C { partial class {{long1}} { METHOD } }
            partial class Loss { METHOD } partial class loss { METHOD } partial class LOSS<T> { METHOD } partial class LOSS<T, U> { METHOD }
            partial class Outer { partial class Inner { METHOD } } namespace Outer2 { partial class Inner { METHOD } }
            partial class 損失 { METHOD } partial class {{new string('損', 300)}} { METHOD }
            """.Replace("METHOD", """
            [KLDivLoss] public static partial float Loss(ReadOnlySpan<float> x, ReadOnlySpan<float> y);
            [KLDivLoss] public static partial float LOSS(ReadOnlySpan<float> x, ReadOnlySpan<float> y);
            [KLDivLoss] public static partial float Loss<T>(ReadOnlySpan<float> x, ReadOnlySpan<float> y);
            [KLDivLoss] public static partial double Loss(ReadOnlySpan<double> x, ReadOnlySpan<float> y);
            [KLDivLoss] public static partial double Loss(ReadOnlySpan<float> x, ReadOnlySpan<double> y);
            """, StringComparison.Ordinal));

        string[] names = [.. Roslyn.Specs(compilation).Select(spec => spec.HintName)];

        Assert.Equal(55, names.Length);
        Assert.Equal(55, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(names, name => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(name), 1, 255));
        Assert.All(names, name => Assert.True(name.IndexOfAny(['/', '\\', ':', '*', '?', '"', '<', '>', '|']) < 0, name));
    }

    [Fact]
    public void A_hint_name_does_not_depend_on_other_methods()
    {
        const string Method = "[KLDivLoss] public static partial float Loss(ReadOnlySpan<float> x, ReadOnlySpan<float> y);";
        const string Overload = "[KLDivLoss] public static partial float Loss(ReadOnlySpan<float> x, Span<float> y);";

        string alone = Roslyn.Spec($"namespace N; partial class Outer {{ partial class Pair<T, U> {{ {Method} }} }}").HintName;
        string first = Roslyn.Specs(Roslyn.Compile(
            $"namespace N {{ partial class Outer {{ partial class Pair<T, U> {{ {Overload} {Method} }} }} }}"))[1].HintName;

        Assert.Matches("^N\\.Outer\\+Pair`2\\.Loss\\.[0-9a-f]{8}\\.g\\.cs$", alone);
        Assert.Equal(alone, first);
    }
}
