using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace KlDivGen.Generator.Tests;

/// <summary>The generated declaration matches the user's, for every kind of method and containing type.</summary>
public sealed class DeclarationTests
{
    private const string Data = "ReadOnlySpan<float> x, ReadOnlySpan<float> y";
    private const string Method = $"[KLDivLoss] public static partial float Loss({Data});";
    private const string Instance = $"[KLDivLoss] public partial float Loss({Data});";

    /// <summary>A method over tensors, which has the most local variables, and a deterministic one, with parameters of these names.</summary>
    private static string Names(string input, string target) =>
        $$"""
        partial class C
        {
            [KLDivLoss(Reduction = "mean")]
            public static partial float Loss(
                ReadOnlyTensorSpan<float> {{input}}, ReadOnlyTensorSpan<float> {{target}}, float gradOutput, TensorSpan<float> gradInput);

            [KLDivLoss(Deterministic = true)]
            public static partial float Same(ReadOnlySpan<float> {{input}}, ReadOnlySpan<float> {{target}}, Span<float> gradTarget);

            [KLDivLoss(Reduction = "none")]
            public static partial void Each(ReadOnlySpan<float> {{input}}, ReadOnlySpan<float> {{target}}, Span<float> gradInput);

            [KLDivLoss(Deterministic = true, Parallel = true)]
            public static partial double Parallel(
                ReadOnlyTensorSpan<float> {{input}}, ReadOnlyTensorSpan<float> {{target}}, int maxDegreeOfParallelism = -1);

            [KLDivLoss(InputLogits = true, Parallel = true, Deterministic = true)]
            public static partial double Parallel(
                scoped ReadOnlySpan<float> {{input}}, ReadOnlySpan<float> {{target}}, int classes, scoped Span<float> gradInput);

            [KLDivLoss(Reduction = "sum", Parallel = true)]
            public static partial PartialLoss Parallel<T>(in ReadOnlyTensorSpan<float> {{input}}, in ReadOnlyTensorSpan<float> {{target}});

            [KLDivLoss(InputLogits = true, TargetLogits = true, TemperatureSquared = true)]
            public static partial double Rows(
                ReadOnlySpan<float> {{input}}, ReadOnlySpan<float> {{target}}, int classes, double temperature, ReadOnlySpan<bool> mask,
                ReadOnlySpan<float> weights, float gradOutput, Span<float> gradInput);

            [KLDivLoss(Reduction = "row", InputLogits = true, TargetLogits = true)]
            public static partial void EachRow(
                ReadOnlyTensorSpan<float> {{input}}, ReadOnlyTensorSpan<float> {{target}}, ReadOnlySpan<bool> mask,
                TensorSpan<float> output, ReadOnlyTensorSpan<float> gradOutput, TensorSpan<float> gradTarget);
        }
        """;

    public static TheoryData<string> Sources { get; } =
    [
        // Types.
        $"static partial class C {{ {Method} }}",
        $"partial class C {{ {Instance} }}",
        $"partial struct C {{ {Instance} }}",
        $"readonly partial struct C {{ {Instance} }}",
        $"partial struct C {{ [KLDivLoss] public readonly partial float Loss({Data}); }}",
        $"ref partial struct C {{ {Instance} }}",
        $"readonly ref partial struct C {{ {Instance} }}",
        $"partial record C(int Id) {{ {Instance} }}",
        $"partial record class C {{ {Instance} }}",
        $"partial record struct C(int Id) {{ {Instance} }}",
        $"readonly partial record struct C {{ {Instance} }}",
        $"partial interface C {{ {Method} }}",
        $"partial interface C {{ {Instance} }}",
        $"partial interface C {{ [KLDivLoss] private partial float Loss({Data}); }}",
        $"partial interface C<in T, out U> {{ {Method} }}",
        $"public abstract partial class C {{ {Method} }}",
        $"sealed partial class C {{ {Method} }}",
        $"internal unsafe partial class C {{ {Method} }}",
        $"partial class C(int id) {{ {Instance} public int Id => id; }}",
        $"partial class C<T, U> where T : class, new() where U : notnull {{ {Method} }}",
        $"partial class C<[Mark] T> {{ {Method} }} class MarkAttribute : Attribute {{ }}",
        $"partial class A {{ partial struct B<T> {{ partial interface C {{ partial record D {{ {Method} }} }} }} }}",

        // Namespaces and names.
        $"namespace N; partial class C {{ {Method} }}",
        $"namespace N.M {{ namespace O {{ partial class C {{ {Method} }} }} }}",
        $"namespace System.KlDivGen {{ partial class C {{ {Method} }} }} class System2 {{ }}",
        $"namespace @namespace.@int; partial class @class<@struct> {{ [KLDivLoss] public static partial float @return({Data}); }}",
        $"partial class @record {{ {Method} }} partial class @file {{ {Method} }} partial class @required {{ {Method} }}",
        "partial class C { [KLDivLoss] public static partial float Loss(ReadOnlySpan<float> @in, ReadOnlySpan<float> @out); }",
        """
        partial class C
        {
            [KLDivLoss(Reduction = "none")]
            public static partial void Loss(ReadOnlySpan<float> @class, ReadOnlySpan<float> _, Span<float> @output);
        }
        """,
        "partial class Größe { [KLDivLoss] public static partial float Verlust(Span<float> π, Span<float> \\u0061b); }",
        $"partial class C {{ {Method} }} partial class C<T> {{ {Method} }} namespace N {{ partial class C {{ {Method} }} }}",
        $"partial class C {{ [KLDivLoss] public static partial float Loss({Data}); [KLDivLoss] public static partial float loss({Data}); }}",

        // Names that generated code uses for itself, and contextual keywords, however spelled.
        Names("@sum", "walk"),
        Names("count", "iterator"),
        Names("nameof", "workspaceLength"),
        Names("\\u0073um", "runSum"),
        Names("inputReader", "targetReader"),
        Names("forceSlowPath", "gradInputScale"),
        Names("var", "await"),
        Names("field", "value"),
        Names("partial", "unmanaged"),
        Names("nint", "nuint"),
        Names("range", "results"),
        Names("rangeStart", "rangeEnd"),
        Names("first", "waveLength"),
        Names("total", "totalQuotient"),
        Names("Run", "ParallelRange"),
        Names("ToString", "Memory"),
        Names("_", "quotient"),
        Names("@row", "rows"),
        Names("loss", "p\\u0061ir"),
        """
        partial class C
        {
            [KLDivLoss(InputLogits = true, TargetLogits = true)]
            public static partial float Loss(
                ReadOnlySpan<float> mask, ReadOnlySpan<float> temperature, int @classes, Span<float> gradInput, in ReadOnlySpan<float> w\u0065ights);
        }
        """,
        "partial class C { [KLDivLoss(Reduction = \"sum\")] public static partial double Loss<nint, nuint, sum>(ReadOnlySpan<float> x, ReadOnlySpan<float> y); }",
        """
        partial class C<nint, nuint>
        {
            [KLDivLoss(Reduction = "batchmean")]
            public static partial void Loss(
                ReadOnlyTensorSpan<float> sum, ReadOnlyTensorSpan<float> count, double gradOutput, TensorSpan<float> gradInput);
        }
        """,

        // Modifiers.
        $"partial class C {{ [KLDivLoss] private static partial float Loss({Data}); }}",
        $"partial class C {{ [KLDivLoss] protected internal static partial float Loss({Data}); }}",
        $"partial class C {{ [KLDivLoss] static internal partial float Loss({Data}); }}",
        $"partial class C {{ [KLDivLoss] public virtual partial float Loss({Data}); }}",
        $"abstract class B {{ public abstract float Loss({Data}); }} partial class C : B {{ [KLDivLoss] public sealed override partial float Loss({Data}); }}",
        $"class B {{ public static float Loss({Data}) => 0; }} partial class C : B {{ [KLDivLoss] public new static partial float Loss({Data}); }}",
        $"partial class C {{ [KLDivLoss] public static unsafe partial float Loss({Data}); }}",
        $"unsafe partial class C {{ [KLDivLoss] public static partial float Loss({Data}); }}",
        "partial class C { [KLDivLoss] partial void Loss(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> gradInput); }",
        $"partial interface C {{ [KLDivLoss] public static virtual partial float Loss({Data}); }}",
        $"interface I {{ float Loss({Data}); }} partial class C : I {{ {Instance} }}",
        $"partial class C {{ [Obsolete] {Method} }}",
        $"[Obsolete] partial class C {{ {Method} }}",
        $"partial class C {{ /* one */ [KLDivLoss] /* two */ public /* three */ static partial float /* four */ Loss(/* five */{Data}); }}",

        // Parameters.
        "static partial class C { [KLDivLoss] public static partial float Loss(this ReadOnlySpan<float> x, ReadOnlySpan<float> y); }",
        "static partial class C { [KLDivLoss] public static partial float Loss(this scoped ReadOnlySpan<float> x, scoped ReadOnlySpan<float> y); }",
        "static partial class C { [KLDivLoss] public static partial float Loss(this in ReadOnlyTensorSpan<float> x, in ReadOnlyTensorSpan<float> y); }",
        """
        static partial class C
        {
            [KLDivLoss]
            public static partial float Loss(ref readonly ReadOnlyTensorSpan<float> x, scoped ref readonly ReadOnlyTensorSpan<float> y);
        }
        """,
        "partial class C { [KLDivLoss] public static partial float Loss(ReadOnlySpan<float> x, params ReadOnlySpan<float> y); }",
        """
        using S = System.ReadOnlySpan<float>; using F = float;
        partial class C { [KLDivLoss(Reduction = "batchmean")] public static partial F Loss(S x, S y, in int batchSize = 1); }
        """,
        """
        partial class C { [KLDivLoss] public static partial float Loss([Mark] ReadOnlySpan<float> x, [Mark] ReadOnlySpan<float> y); }
        class MarkAttribute : Attribute { }
        """,

        // Type parameters and constraints.
        $"partial class C {{ [KLDivLoss] public static partial float Loss<T>({Data}); }}",
        $"partial class C {{ [KLDivLoss] public static partial float Loss<[Mark] T>({Data}) where T : struct; }} class MarkAttribute : Attribute {{ }}",
        $"partial class C {{ [KLDivLoss] public static partial float Loss<T, U>({Data}) where T : class?, IComparable<U?>, new() where U : unmanaged; }}",
        $"partial class C {{ [KLDivLoss] public static partial float Loss<T>({Data}) where T : notnull, IEquatable<T>, allows ref struct; }}",
        """
        using Word = System.String; using System.Collections.Generic;
        partial class C
        {
            public interface @base { }

            [KLDivLoss]
            public static partial float Loss<T, @class>(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
                where T : List<Word?>, @base where @class : T;
        }
        """,
        $"partial class C {{ [KLDivLoss] public static partial float Loss<T>({Data}) where T : Enum; }}",
        $$"""
        abstract class B { public abstract float Loss<T>({{Data}}) where T : class, IDisposable; }
        partial class C : B { [KLDivLoss] public override partial float Loss<T>({{Data}}) where T : class; }
        """,
        $$"""
        abstract class B { public abstract float Loss<T>({{Data}}); }
        partial class C : B { [KLDivLoss] public override partial float Loss<T>({{Data}}) where T : default; }
        """,

        // Overloads.
        """
        partial class C
        {
            [KLDivLoss] public static partial float Loss(ReadOnlySpan<float> x, ReadOnlySpan<float> y);
            [KLDivLoss] public static partial double Loss(ReadOnlySpan<double> x, ReadOnlySpan<double> y);
            [KLDivLoss] public static partial double Loss(ReadOnlySpan<double> x, ReadOnlySpan<float> y);
            [KLDivLoss] public static partial float Loss(Span<float> x, ReadOnlySpan<float> y);
            [KLDivLoss] public static partial float Loss(in Span<float> x, ReadOnlySpan<float> y);
            [KLDivLoss] public static partial float Loss<T>(ReadOnlySpan<float> x, ReadOnlySpan<float> y);
            [KLDivLoss] public partial float Loss(TensorSpan<float> x, ReadOnlyTensorSpan<float> y);
        }
        partial class C
        {
            [KLDivLoss] public static partial float Loss(TensorSpan<float> x, TensorSpan<float> y);
        }
        """,
    ];

    [Theory]
    [MemberData(nameof(Sources))]
    public void The_generated_declaration_compiles(string source)
    {
        CSharpCompilation compilation = Roslyn.Compile(source);
        bool isUnsafe = source.Contains("unsafe", StringComparison.Ordinal);

        Roslyn.CreateDriver().RunGeneratorsAndUpdateCompilation(
            compilation.WithOptions(compilation.Options.WithAllowUnsafe(isUnsafe)),
            out Compilation generated,
            out ImmutableArray<Diagnostic> reported,
            TestContext.Current.CancellationToken);

        Assert.Empty(reported);
        Assert.Equal(source.Split("[KLDivLoss").Length - 1, generated.SyntaxTrees.Count() - compilation.SyntaxTrees.Length);
        Assert.DoesNotContain(
            generated.SyntaxTrees.SelectMany(tree => DiagnosticsOfTypes(generated.GetSemanticModel(tree))),
            diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
    }

    /// <summary>The diagnostics of the user's types. Another test compiles the kernels, which follow in each file.</summary>
    private static ImmutableArray<Diagnostic> DiagnosticsOfTypes(SemanticModel model)
    {
        int kernel = model.SyntaxTree.ToString().IndexOf("namespace KlDivGen.Generated", StringComparison.Ordinal);
        TextSpan? types = kernel < 0 ? null : TextSpan.FromBounds(0, kernel);
        return model.GetDiagnostics(types, TestContext.Current.CancellationToken);
    }
}
