using KlDivGen;

namespace NpyLoss;

/// <summary>
/// Generated methods for one chunk: the sum of the losses and the loss of each element, for every dialect, for probabilities and
/// log-probabilities as the target, and for both element types. The means are computed from the sum after the last chunk.
/// </summary>
internal static partial class ChunkLosses
{
    /// <summary>PaddlePaddle: the loss is 0 where the target y ≤ 0, for any x.</summary>
    public static partial class Paddle
    {
        [KLDivLoss(Reduction = Reductions.Sum, Dialect = Dialects.Paddle)]
        public static partial double Sum(ReadOnlySpan<float> input, ReadOnlySpan<float> target);

        [KLDivLoss(Reduction = Reductions.Sum, Dialect = Dialects.Paddle)]
        public static partial double Sum(ReadOnlySpan<double> input, ReadOnlySpan<double> target);

        [KLDivLoss(Reduction = Reductions.None, Dialect = Dialects.Paddle)]
        public static partial void Elementwise(ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> output);

        [KLDivLoss(Reduction = Reductions.None, Dialect = Dialects.Paddle)]
        public static partial void Elementwise(ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> output);

        [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true, Dialect = Dialects.Paddle)]
        public static partial double SumLogTarget(ReadOnlySpan<float> input, ReadOnlySpan<float> target);

        [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true, Dialect = Dialects.Paddle)]
        public static partial double SumLogTarget(ReadOnlySpan<double> input, ReadOnlySpan<double> target);

        [KLDivLoss(Reduction = Reductions.None, LogTarget = true, Dialect = Dialects.Paddle)]
        public static partial void ElementwiseLogTarget(ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> output);

        [KLDivLoss(Reduction = Reductions.None, LogTarget = true, Dialect = Dialects.Paddle)]
        public static partial void ElementwiseLogTarget(ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> output);
    }

    /// <summary>PyTorch: the loss is −y · x where the target y = 0, and NaN where y &lt; 0.</summary>
    public static partial class PyTorch
    {
        [KLDivLoss(Reduction = Reductions.Sum, Dialect = Dialects.PyTorch)]
        public static partial double Sum(ReadOnlySpan<float> input, ReadOnlySpan<float> target);

        [KLDivLoss(Reduction = Reductions.Sum, Dialect = Dialects.PyTorch)]
        public static partial double Sum(ReadOnlySpan<double> input, ReadOnlySpan<double> target);

        [KLDivLoss(Reduction = Reductions.None, Dialect = Dialects.PyTorch)]
        public static partial void Elementwise(ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> output);

        [KLDivLoss(Reduction = Reductions.None, Dialect = Dialects.PyTorch)]
        public static partial void Elementwise(ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> output);

        [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true, Dialect = Dialects.PyTorch)]
        public static partial double SumLogTarget(ReadOnlySpan<float> input, ReadOnlySpan<float> target);

        [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true, Dialect = Dialects.PyTorch)]
        public static partial double SumLogTarget(ReadOnlySpan<double> input, ReadOnlySpan<double> target);

        [KLDivLoss(Reduction = Reductions.None, LogTarget = true, Dialect = Dialects.PyTorch)]
        public static partial void ElementwiseLogTarget(ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> output);

        [KLDivLoss(Reduction = Reductions.None, LogTarget = true, Dialect = Dialects.PyTorch)]
        public static partial void ElementwiseLogTarget(ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> output);
    }

    /// <summary>The mathematical definition: 0 · log 0 = 0, also for 0 = exp(−∞); the loss is NaN where the target y &lt; 0.</summary>
    public static partial class Strict
    {
        [KLDivLoss(Reduction = Reductions.Sum, Dialect = Dialects.Strict)]
        public static partial double Sum(ReadOnlySpan<float> input, ReadOnlySpan<float> target);

        [KLDivLoss(Reduction = Reductions.Sum, Dialect = Dialects.Strict)]
        public static partial double Sum(ReadOnlySpan<double> input, ReadOnlySpan<double> target);

        [KLDivLoss(Reduction = Reductions.None, Dialect = Dialects.Strict)]
        public static partial void Elementwise(ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> output);

        [KLDivLoss(Reduction = Reductions.None, Dialect = Dialects.Strict)]
        public static partial void Elementwise(ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> output);

        [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true, Dialect = Dialects.Strict)]
        public static partial double SumLogTarget(ReadOnlySpan<float> input, ReadOnlySpan<float> target);

        [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true, Dialect = Dialects.Strict)]
        public static partial double SumLogTarget(ReadOnlySpan<double> input, ReadOnlySpan<double> target);

        [KLDivLoss(Reduction = Reductions.None, LogTarget = true, Dialect = Dialects.Strict)]
        public static partial void ElementwiseLogTarget(ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> output);

        [KLDivLoss(Reduction = Reductions.None, LogTarget = true, Dialect = Dialects.Strict)]
        public static partial void ElementwiseLogTarget(ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> output);
    }
}
