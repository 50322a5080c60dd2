namespace KlDivGen.Generator.Tests;

/// <summary>Annotated methods that cover every setting and every kind of declaration.</summary>
internal static class Sources
{
    /// <summary>The sources by the name of their snapshot. Each has one annotated method.</summary>
    public static IReadOnlyDictionary<string, string> Representative { get; } = new Dictionary<string, string>
    {
        ["Mean"] = """
            namespace Shop;

            public static partial class Losses
            {
                [KLDivLoss]
                public static partial float Loss(ReadOnlySpan<float> input, ReadOnlySpan<float> target);
            }
            """,
        ["DistillWithGradient"] = """
            static partial class Losses
            {
                [KLDivLoss(Reduction = "batchmean", InputLogits = true, TargetLogits = true, Temperature = 2, TemperatureSquared = true)]
                public static partial float Distill(
                    ReadOnlySpan<float> input, ReadOnlySpan<float> target, int classes, ReadOnlySpan<bool> mask, Span<float> gradInput);
            }
            """,
        ["LogitsOfInput"] = """
            static partial class Losses
            {
                [KLDivLoss(Reduction = "sum", InputLogits = true)]
                public static partial double Loss(
                    ReadOnlySpan<float> input, ReadOnlySpan<float> target, int classes, float temperature, Span<float> gradInput);
            }
            """,
        ["LogitsOfTarget"] = """
            static partial class Losses
            {
                [KLDivLoss(Reduction = "none", TargetLogits = true, Deterministic = true)]
                public static partial void Each(
                    ReadOnlySpan<double> input, ReadOnlySpan<double> target, int classes, Span<double> output, Span<double> gradTarget);
            }
            """,
        ["JensenShannonLogitsOfInput"] = """
            static partial class Losses
            {
                [KLDivLoss(Reduction = "sum", InputLogits = true, Divergence = "jsd")]
                public static partial float Loss(
                    ReadOnlySpan<float> input, ReadOnlySpan<float> target, int classes, float temperature, Span<float> gradInput);
            }
            """,
        ["ReverseLogitsOfTarget"] = """
            static partial class Losses
            {
                [KLDivLoss(Reduction = "row", TargetLogits = true, Divergence = "reverse", Deterministic = true)]
                public static partial void Rows(
                    ReadOnlySpan<float> input, ReadOnlySpan<float> target, int classes, Span<float> output, Span<float> gradTarget);
            }
            """,
        ["NoneWithGradOutputOfLogits"] = """
            static partial class Losses
            {
                [KLDivLoss(Reduction = "none", InputLogits = true, TargetLogits = true)]
                public static partial void Each(
                    ReadOnlySpan<float> input, ReadOnlySpan<float> target, int classes, ReadOnlySpan<float> gradOutput, Span<float> gradInput, Span<float> gradTarget);
            }
            """,
        ["RowLosses"] = """
            static partial class Losses
            {
                [KLDivLoss(Reduction = "row", LogTarget = true)]
                public static partial void Rows(
                    ReadOnlyTensorSpan<float> input, ReadOnlyTensorSpan<float> target, ReadOnlySpan<float> weights, TensorSpan<float> output);
            }
            """,
        ["JensenShannon"] = """
            static partial class Losses
            {
                [KLDivLoss(Reduction = "mean", InputLogits = true, TargetLogits = true, Divergence = "jsd", Beta = 0.25)]
                public static partial Half Mean(ReadOnlySpan<Half> input, ReadOnlySpan<Half> target, int classes, Span<Half> gradTarget);
            }
            """,
        ["ReverseProbability"] = """
            static partial class Losses
            {
                [KLDivLoss(Reduction = "sum", Divergence = "reverse")]
                public static partial float Sum(ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> gradInput, Span<float> gradTarget);
            }
            """,
        ["ReverseLogTarget"] = """
            static partial class Losses
            {
                [KLDivLoss(Reduction = "none", Divergence = "reverse", LogTarget = true)]
                public static partial void Each(
                    ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> output, ReadOnlySpan<double> gradOutput, Span<double> gradInput, Span<double> gradTarget);
            }
            """,
        ["JensenShannonProbability"] = """
            static partial class Losses
            {
                [KLDivLoss(Reduction = "mean", Divergence = "jsd")]
                public static partial float Mean(ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> gradInput, Span<float> gradTarget);
            }
            """,
        ["JensenShannonLogTarget"] = """
            static partial class Losses
            {
                [KLDivLoss(Reduction = "row", Divergence = "jsd", Beta = 0.1, LogTarget = true, Deterministic = true)]
                public static partial void Rows(
                    ReadOnlyTensorSpan<Half> input, ReadOnlyTensorSpan<Half> target, TensorSpan<Half> output, TensorSpan<Half> gradInput);
            }
            """,
        ["BatchMean"] = """
            static partial class Losses
            {
                [KLDivLoss(Reduction = "batchmean")]
                public static partial float Distill(ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize);
            }
            """,
        ["SumLogTarget"] = """
            static partial class Losses
            {
                [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true)]
                internal static partial double Sum(ReadOnlySpan<float> x, ReadOnlySpan<float> y);
            }
            """,
        ["None"] = """
            static partial class Losses
            {
                [KLDivLoss(Reduction = "none")]
                public static partial void Each(ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> output);
            }
            """,
        ["NoneDoubleLogTargetStrict"] = """
            static partial class Losses
            {
                [KLDivLoss(Reduction = "none", LogTarget = true, Dialect = Dialects.Strict)]
                public static partial void Each(ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> output);
            }
            """,
        ["SumDoublePyTorch"] = """
            static partial class Losses
            {
                [KLDivLoss(Reduction = "sum", Dialect = Dialects.PyTorch)]
                public static partial double Sum(ReadOnlySpan<double> input, ReadOnlySpan<double> target);
            }
            """,
        ["MeanStrict"] = """
            static partial class Losses
            {
                [KLDivLoss(Dialect = "strict")]
                public static partial float Mean(Span<float> input, Span<float> target);
            }
            """,
        ["SumDeterministic"] = """
            static partial class Losses
            {
                [KLDivLoss(Reduction = "sum", Deterministic = true)]
                public static partial float Sum(ReadOnlySpan<float> input, ReadOnlySpan<float> target);
            }
            """,
        ["SumDeterministicDoubleLogTarget"] = """
            static partial class Losses
            {
                [KLDivLoss(Reduction = "sum", Deterministic = true, LogTarget = true)]
                public static partial double Sum(ReadOnlySpan<double> input, ReadOnlySpan<double> target);
            }
            """,
        ["MeanMixed"] = """
            static partial class Losses
            {
                [KLDivLoss]
                public static partial double Mean(ReadOnlySpan<float> input, ReadOnlySpan<double> target);
            }
            """,
        ["SumHalf"] = """
            static partial class Losses
            {
                [KLDivLoss(Reduction = "sum")]
                public static partial Half Sum(ReadOnlySpan<Half> input, ReadOnlySpan<Half> target);
            }
            """,
        ["SumBFloat16"] = """
            static partial class Losses
            {
                [KLDivLoss(Reduction = "sum")]
                public static partial TorchSharp.BFloat16 Sum(
                    ReadOnlySpan<TorchSharp.BFloat16> input, ReadOnlySpan<TorchSharp.BFloat16> target);
            }
            """,
        ["NoneBFloat16WithGradients"] = """
            using System.Numerics;

            static partial class Losses
            {
                [KLDivLoss(Reduction = "none")]
                public static partial void Step(
                    ReadOnlyTensorSpan<BFloat16> input,
                    ReadOnlyTensorSpan<BFloat16> target,
                    TensorSpan<BFloat16> output,
                    ReadOnlyTensorSpan<BFloat16> gradOutput,
                    TensorSpan<BFloat16> gradInput,
                    TensorSpan<BFloat16> gradTarget);
            }
            """,
        ["MeanBFloat16Double"] = """
            using Microsoft.ML.OnnxRuntime;

            static partial class Losses
            {
                [KLDivLoss(LogTarget = true)]
                public static partial BFloat16 Mean(
                    ReadOnlySpan<BFloat16> input, ReadOnlySpan<BFloat16> target, double gradOutput, Span<BFloat16> gradTarget);
            }
            """,
        ["MeanFloat16"] = """
            using Microsoft.ML.OnnxRuntime;

            static partial class Losses
            {
                [KLDivLoss]
                public static partial Float16 Mean(
                    ReadOnlySpan<Float16> input, ReadOnlySpan<Half> target, Float16 gradOutput, Span<Float16> gradInput);
            }
            """,
        ["BatchMeanTensor"] = """
            static partial class Losses
            {
                [KLDivLoss(Reduction = "batchmean")]
                public static partial float Distill(in ReadOnlyTensorSpan<float> input, in ReadOnlyTensorSpan<float> target);
            }
            """,
        ["MeanWithGradients"] = """
            static partial class Losses
            {
                [KLDivLoss]
                public static partial float Step(
                    ReadOnlySpan<float> input, ReadOnlySpan<float> target, float gradOutput, Span<float> gradInput, Span<float> gradTarget);
            }
            """,
        ["SumGradientOnly"] = """
            static partial class Losses
            {
                [KLDivLoss(Reduction = "sum")]
                public static partial void Backward(ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> gradInput);
            }
            """,
        ["NoneGradientOnly"] = """
            static partial class Losses
            {
                [KLDivLoss(Reduction = "none", LogTarget = true)]
                public static partial void Backward(
                    ReadOnlySpan<float> input, ReadOnlySpan<float> target, ReadOnlySpan<float> gradOutput, Span<float> gradInput);
            }
            """,
        ["InstanceInNestedGeneric"] = """
            namespace Shop.Models;

            public partial record Model<TKey, TValue>(TKey Key)
            {
                private partial interface IPart<T>
                {
                    partial struct Losses
                    {
                        [KLDivLoss(Reduction = "sum")]
                        public readonly partial float Loss<U>(scoped ReadOnlySpan<float> input, ReadOnlySpan<float> target)
                            where U : class?, IComparable<TValue>, new();
                    }
                }
            }
            """,
        ["Keywords"] = """
            namespace @namespace;

            static partial class @class
            {
                [KLDivLoss(Reduction = "none")]
                public static partial void @return(
                    this ReadOnlySpan<float> @in, ReadOnlySpan<float> @out, Span<float> @output);
            }
            """,
    };
}
