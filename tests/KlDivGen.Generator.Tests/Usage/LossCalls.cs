using System.Text.RegularExpressions;
using KlDivGen.Generator.Usage;

namespace KlDivGen.Generator.Tests.Usage;

/// <summary>Sources with annotated methods and a method that calls them.</summary>
internal static class LossCalls
{
    /// <summary>Methods by name. A source has those that it calls: the kernels of the others would take most of a test's time.</summary>
    private static readonly (string Name, string Declaration)[] Losses =
    [
        ("Sum", """[KLDivLoss(Reduction = "sum")] public static partial float Sum(ReadOnlySpan<float> input, ReadOnlySpan<float> target);"""),
        ("SumLog", """
            [KLDivLoss(Reduction = "sum", LogTarget = true)]
            public static partial float SumLog(ReadOnlySpan<float> input, ReadOnlySpan<float> target);
            """),
        ("Shaped", """
            [KLDivLoss(Reduction = "batchmean")]
            public static partial double Shaped(in ReadOnlyTensorSpan<float> input, ReadOnlyTensorSpan<float> target);
            """),
        ("Logits", """
            [KLDivLoss(Reduction = "sum", InputLogits = true, TargetLogits = true)]
            public static partial float Logits(ReadOnlySpan<float> input, ReadOnlySpan<float> target, int classes);
            """),
        ("Other", "public static float Other(ReadOnlySpan<float> input, ReadOnlySpan<float> target) => 0;"),
    ];

    /// <summary>A test of the statements of a method with two rows of scores and three arrays.</summary>
    public static AnalyzerTest<TAnalyzer> Test<TAnalyzer>(string statements)
        where TAnalyzer : LossCallAnalyzer, new() =>
        new(ClassOf(statements), $$"""
            using static Losses;

            class Caller
            {
                private readonly float[] field = new float[3];
                private float total;

                void Run(float[] scores, Span<float> x, float[] y, Span<float> z, bool condition, int n)
                {
                    {{statements}}
                }

                static void Softmax(ReadOnlySpan<float> values, Span<float> results) { }
                static void LogSoftmax(float[] results, int classes) { }
                static void Change(Span<float> values) { }
            }
            """);

    private static string ClassOf(string statements)
    {
        IEnumerable<string> called = Losses
            .Where(loss => Regex.IsMatch(statements, $@"\b{loss.Name}\b"))
            .Select(loss => loss.Declaration);
        return $"static partial class Losses {{ {string.Join('\n', called)} }}";
    }
}
