using KlDivGen.Generator.Usage;

namespace KlDivGen.Generator.Tests.Usage;

/// <summary>Sources with annotated methods and a method that calls them.</summary>
internal static class LossCalls
{
    private const string Losses = """
        static partial class Losses
        {
            [KLDivLoss(Reduction = "sum")] public static partial float Sum(ReadOnlySpan<float> input, ReadOnlySpan<float> target);
            [KLDivLoss(Reduction = "sum", LogTarget = true)] public static partial float SumLog(ReadOnlySpan<float> input, ReadOnlySpan<float> target);
            [KLDivLoss(Reduction = "batchmean")] public static partial double Shaped(in ReadOnlyTensorSpan<float> input, ReadOnlyTensorSpan<float> target);
            [KLDivLoss(Reduction = "sum", InputLogits = true, TargetLogits = true)]
            public static partial float Logits(ReadOnlySpan<float> input, ReadOnlySpan<float> target, int classes);
            public static float Other(ReadOnlySpan<float> input, ReadOnlySpan<float> target) => 0;
        }
        """;

    /// <summary>A test of the statements of a method with two rows of scores and three arrays.</summary>
    public static AnalyzerTest<TAnalyzer> Test<TAnalyzer>(string statements)
        where TAnalyzer : LossCallAnalyzer, new() =>
        new(Losses, $$"""
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
}
