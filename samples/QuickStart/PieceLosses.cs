using KlDivGen;

namespace QuickStart;

/// <summary>
/// The kernels for a user's own arrays: what one piece of them adds to the sum, and the loss of each element, in every dialect,
/// for both forms of the target and both element types. Mean and batchmean follow from the sum when all pieces are read.
/// </summary>
internal static partial class PieceLosses
{
    /// <summary>A target y ≤ 0 contributes 0, whatever x.</summary>
    public static partial class Paddle
    {
        [KLDivLoss(Reduction = Reductions.Sum, Dialect = Dialects.Paddle)]
        public static partial double Sum(ReadOnlySpan<float> input, ReadOnlySpan<float> target);

        [KLDivLoss(Reduction = Reductions.Sum, Dialect = Dialects.Paddle)]
        public static partial double Sum(ReadOnlySpan<double> input, ReadOnlySpan<double> target);

        [KLDivLoss(Reduction = Reductions.None, Dialect = Dialects.Paddle)]
        public static partial void Each(ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> output);

        [KLDivLoss(Reduction = Reductions.None, Dialect = Dialects.Paddle)]
        public static partial void Each(ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> output);

        [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true, Dialect = Dialects.Paddle)]
        public static partial double SumOfLog(ReadOnlySpan<float> input, ReadOnlySpan<float> target);

        [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true, Dialect = Dialects.Paddle)]
        public static partial double SumOfLog(ReadOnlySpan<double> input, ReadOnlySpan<double> target);

        [KLDivLoss(Reduction = Reductions.None, LogTarget = true, Dialect = Dialects.Paddle)]
        public static partial void EachOfLog(ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> output);

        [KLDivLoss(Reduction = Reductions.None, LogTarget = true, Dialect = Dialects.Paddle)]
        public static partial void EachOfLog(ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> output);
    }

    /// <summary>A target y = 0 contributes −y · x; y &lt; 0 gives NaN.</summary>
    public static partial class PyTorch
    {
        [KLDivLoss(Reduction = Reductions.Sum, Dialect = Dialects.PyTorch)]
        public static partial double Sum(ReadOnlySpan<float> input, ReadOnlySpan<float> target);

        [KLDivLoss(Reduction = Reductions.Sum, Dialect = Dialects.PyTorch)]
        public static partial double Sum(ReadOnlySpan<double> input, ReadOnlySpan<double> target);

        [KLDivLoss(Reduction = Reductions.None, Dialect = Dialects.PyTorch)]
        public static partial void Each(ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> output);

        [KLDivLoss(Reduction = Reductions.None, Dialect = Dialects.PyTorch)]
        public static partial void Each(ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> output);

        [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true, Dialect = Dialects.PyTorch)]
        public static partial double SumOfLog(ReadOnlySpan<float> input, ReadOnlySpan<float> target);

        [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true, Dialect = Dialects.PyTorch)]
        public static partial double SumOfLog(ReadOnlySpan<double> input, ReadOnlySpan<double> target);

        [KLDivLoss(Reduction = Reductions.None, LogTarget = true, Dialect = Dialects.PyTorch)]
        public static partial void EachOfLog(ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> output);

        [KLDivLoss(Reduction = Reductions.None, LogTarget = true, Dialect = Dialects.PyTorch)]
        public static partial void EachOfLog(ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> output);
    }

    /// <summary>0 · log 0 = 0, also where 0 is exp(−∞); y &lt; 0 gives NaN.</summary>
    public static partial class Strict
    {
        [KLDivLoss(Reduction = Reductions.Sum, Dialect = Dialects.Strict)]
        public static partial double Sum(ReadOnlySpan<float> input, ReadOnlySpan<float> target);

        [KLDivLoss(Reduction = Reductions.Sum, Dialect = Dialects.Strict)]
        public static partial double Sum(ReadOnlySpan<double> input, ReadOnlySpan<double> target);

        [KLDivLoss(Reduction = Reductions.None, Dialect = Dialects.Strict)]
        public static partial void Each(ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> output);

        [KLDivLoss(Reduction = Reductions.None, Dialect = Dialects.Strict)]
        public static partial void Each(ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> output);

        [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true, Dialect = Dialects.Strict)]
        public static partial double SumOfLog(ReadOnlySpan<float> input, ReadOnlySpan<float> target);

        [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true, Dialect = Dialects.Strict)]
        public static partial double SumOfLog(ReadOnlySpan<double> input, ReadOnlySpan<double> target);

        [KLDivLoss(Reduction = Reductions.None, LogTarget = true, Dialect = Dialects.Strict)]
        public static partial void EachOfLog(ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> output);

        [KLDivLoss(Reduction = Reductions.None, LogTarget = true, Dialect = Dialects.Strict)]
        public static partial void EachOfLog(ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> output);
    }
}
