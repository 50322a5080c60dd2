using System.Collections.Immutable;
using System.Reflection;
using KlDivGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using static KlDivGen.Generator.KlDivLossGenerator;

namespace KlDivGen.Generator.Tests;

/// <summary>After an edit the generator only repeats the steps that depend on it.</summary>
public sealed class CachingTests
{
    private const string First = """
        static partial class First
        {
            // The mean.
            /// <summary>A mean.</summary>
            [KLDivLoss]
            public static partial float Mean(ReadOnlySpan<float> input, ReadOnlySpan<float> target);

            [KLDivLoss(Reduction = "sum")]
            public static partial float Sum(ReadOnlySpan<float> input, ReadOnlySpan<float> target);
        }
        """;

    private const string Second = """
        static partial class Second
        {
            [KLDivLoss(InputLogits = true, TargetLogits = true, Temperature = 2)]
            public static partial double Mean(ReadOnlySpan<double> input, ReadOnlySpan<double> target, int classes);
        }
        """;

    private const string Unrelated = "class Unrelated { int value = 1; }";

    public static TheoryData<string, string, string> NeutralEdits { get; } = new()
    {
        { "an unrelated edit elsewhere", "value = 1", "value = 2; void Add() { }" },
        { "an unrelated member in the type", "static partial class Second\n{", "static partial class Second\n{ static int count;" },
        { "a comment", "// The mean.", "/* The arithmetic mean. */" },
        { "a documentation comment's text", "A mean.", "The arithmetic mean." },
        { "a comment inside the signature", "float Mean(ReadOnlySpan<float> input,", "float Mean(/* x */ ReadOnlySpan<float> input, // x\n" },
        { "whitespace", "    [KLDivLoss]\n    public", "\n\n  [ KLDivLoss ]  \n\n        public" },
        { "an equivalent expression", "Reduction = \"sum\"", "Reduction = Reductions.Sum, LogTarget = !true" },
        { "the accessibility of the type", "static partial class First", "internal static partial class First" },
        { "an equivalent number", "Temperature = 2", "Temperature = 8.0 / 4" },
        { "a default value", "int classes", "int classes = 8" },
    };

    [Theory]
    [MemberData(nameof(NeutralEdits))]
    public void A_neutral_edit_leaves_every_step_cached(string edit, string before, string after)
    {
        GeneratorRunResult result = RunAfterEdit(before, after);

        foreach ((string step, ImmutableArray<IncrementalGeneratorRunStep> runs) in NamedSteps(result))
        {
            Assert.Equal(step == TrackingNames.Diagnostics ? 0 : 3, runs.Sum(run => run.Outputs.Length));
            Assert.All(runs.SelectMany(run => run.Outputs), output => Assert.True(
                output.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged,
                $"{edit}: {step} is {output.Reason}"));
        }

        AssertOutputs(result, IncrementalStepRunReason.Cached, 3);
    }

    [Theory]
    [InlineData("Reduction = \"sum\"", "Reduction = \"sum\", LogTarget = true")]
    [InlineData("float Sum(", "double Sum(")]
    [InlineData("public static partial float Sum", "internal static partial float Sum")]
    public void Only_the_changed_method_is_generated_again(string before, string after)
    {
        GeneratorRunResult result = RunAfterEdit(before, after);

        foreach (ImmutableArray<IncrementalGeneratorRunStep> runs in NamedSteps(result)
            .Where(step => step.Key != TrackingNames.Diagnostics)
            .Select(step => step.Value))
        {
            IEnumerable<(object Value, IncrementalStepRunReason Reason)> outputs = runs.SelectMany(run => run.Outputs);
            (object value, IncrementalStepRunReason _) = Assert.Single(
                outputs, output => output.Reason == IncrementalStepRunReason.Modified);
            Assert.Contains("Sum", value.ToString(), StringComparison.Ordinal);
            Assert.Equal(2, outputs.Count(output =>
                output.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged));
        }

        AssertOutputs(result, IncrementalStepRunReason.Cached, 2);
        AssertOutputs(result, IncrementalStepRunReason.Modified, 1);
    }

    [Fact]
    public void A_new_error_does_not_affect_other_methods()
    {
        GeneratorRunResult result = RunAfterEdit("Reduction = \"sum\"", "Reduction = \"sun\"");

        Assert.Equal(2, result.GeneratedSources.Length);
        Assert.Equal("KLDIV008", Assert.Single(result.Diagnostics).Id);
        Assert.Equal(
            [IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached, IncrementalStepRunReason.Removed],
            result.TrackedSteps[TrackingNames.Files].SelectMany(step => step.Outputs).Select(output => output.Reason).Order());
    }

    [Fact]
    public void The_pipeline_holds_no_Roslyn_object()
    {
        GeneratorRunResult result = RunAfterEdit("Reduction = \"sum\"", "Reduction = \"sun\"");
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        HashSet<Type> types = [];

        foreach (IncrementalGeneratorRunStep step in NamedSteps(result).Values.SelectMany(steps => steps))
        {
            foreach ((object value, IncrementalStepRunReason _) in step.Outputs)
            {
                types.Add(value.GetType());
                AssertFreeOfRoslyn(value, seen);
            }
        }

        Assert.Superset(new HashSet<Type> { typeof(ParsedMethod), typeof(MethodSpec), typeof(DiagnosticInfo) }, types);
        Assert.True(seen.Count > 30, "Too few objects were visited.");
    }

    private static GeneratorRunResult RunAfterEdit(string before, string after)
    {
        CSharpCompilation compilation = Roslyn.Compile(First, Second, Unrelated);
        GeneratorDriver driver = Roslyn.CreateDriver().RunGenerators(compilation, TestContext.Current.CancellationToken);
        SyntaxTree tree = Assert.Single(compilation.SyntaxTrees, tree => tree.ToString().Contains(before, StringComparison.Ordinal));
        string edited = tree.ToString().Replace(before, after, StringComparison.Ordinal);

        compilation = compilation.ReplaceSyntaxTree(tree, Roslyn.Parse(edited, tree.FilePath));

        return driver.RunGenerators(compilation, TestContext.Current.CancellationToken).GetRunResult().Results[0];
    }

    /// <summary>The runs of every named step. A step without output has no runs.</summary>
    private static Dictionary<string, ImmutableArray<IncrementalGeneratorRunStep>> NamedSteps(GeneratorRunResult result) =>
        typeof(TrackingNames).GetFields().Select(field => (string)field.GetRawConstantValue()!).ToDictionary(
            name => name, name => result.TrackedSteps.GetValueOrDefault(name, []));

    private static void AssertOutputs(GeneratorRunResult result, IncrementalStepRunReason reason, int count) => Assert.Equal(
        count,
        result.TrackedOutputSteps.Values.SelectMany(steps => steps).SelectMany(step => step.Outputs).Count(output => output.Reason == reason));

    /// <summary>Visits all objects that are reachable from a value through fields.</summary>
    private static void AssertFreeOfRoslyn(object? value, HashSet<object> seen)
    {
        if (value is null || value.GetType() is { IsPrimitive: true } or { IsEnum: true } || value is string || !seen.Add(value))
        {
            return;
        }

        Type type = value.GetType();
        Assert.DoesNotContain("Microsoft.CodeAnalysis", type.FullName, StringComparison.Ordinal);
        Assert.False(value is Delegate or MemberInfo, $"{type} is in the model.");
        if (value is Array items)
        {
            foreach (object? item in items)
            {
                AssertFreeOfRoslyn(item, seen);
            }
        }

        for (Type? declaring = type; declaring is not null; declaring = declaring.BaseType)
        {
            foreach (FieldInfo field in declaring.GetFields(
                BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                AssertFreeOfRoslyn(field.GetValue(value), seen);
            }
        }
    }
}
