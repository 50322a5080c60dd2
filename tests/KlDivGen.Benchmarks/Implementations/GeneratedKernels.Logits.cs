using KlDivGen.Benchmarks.Data;

namespace KlDivGen.Benchmarks.Implementations;

/// <summary>
/// Kernels of this library: losses from logits, where the log-probabilities of many rows of the data are the logits of one row
/// (<see cref="Operands{T}.RowsPerRowOfLogits"/>).
/// </summary>
internal static partial class GeneratedKernels
{
    [KLDivLoss(Reduction = Reductions.Sum, InputLogits = true, TargetLogits = true)]
    private static partial double LossOfLogits(ReadOnlySpan<float> input, ReadOnlySpan<float> target, int classes);

    [KLDivLoss(Reduction = Reductions.Sum, InputLogits = true, TargetLogits = true)]
    private static partial double LossOfLogitsAndGradInput(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, int classes, Span<float> gradInput);

    [KLDivLoss(Reduction = Reductions.Sum, InputLogits = true, TargetLogits = true, Parallel = true)]
    private static partial double ParallelLossOfLogits(ReadOnlySpan<float> input, ReadOnlySpan<float> target, int classes);

    [KLDivLoss(Reduction = Reductions.Sum)]
    private static partial PartialLoss PartialSum(ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    internal readonly struct PartialSumSingle : IKernel<float>
    {
        public static double Run(Operands<float> data) => PartialSum(data.Input, data.Target).Sum;
    }

    /// <summary>The rows of the data, as they are, without a row that is cut short.</summary>
    internal readonly struct LogitsShortRowsSingle : IKernel<float>
    {
        public static double Run(Operands<float> data)
        {
            int length = data.Length - (data.Length % SoftmaxData.Classes);
            return LossOfLogits(data.Input.AsSpan(0, length), data.Target.AsSpan(0, length), SoftmaxData.Classes);
        }
    }

    /// <summary>The same on several threads.</summary>
    internal readonly struct ParallelShortRowsSingle : IKernel<float>
    {
        public static double Run(Operands<float> data)
        {
            int length = data.Length - (data.Length % SoftmaxData.Classes);
            return ParallelLossOfLogits(data.Input.AsSpan(0, length), data.Target.AsSpan(0, length), SoftmaxData.Classes);
        }
    }

    internal readonly struct LogitsSingle : IKernel<float>
    {
        public static double Run(Operands<float> data) => LossOfLogits(data.Input, data.Target, data.Classes) * data.RowsPerRowOfLogits;
    }

    internal readonly struct LogitsAndGradInputSingle : IKernel<float>
    {
        public static double Run(Operands<float> data) =>
            LossOfLogitsAndGradInput(data.Input, data.Target, data.Classes, data.GradInput) * data.RowsPerRowOfLogits;
    }
}
