using KlDivGen.Benchmarks.Data;

namespace KlDivGen.Benchmarks.Implementations;

/// <summary>Kernels of this library: the other reductions, and the deterministic sums.</summary>
internal static partial class GeneratedKernels
{
    [KLDivLoss(Reduction = Reductions.Sum, Deterministic = true)]
    private static partial float SumDeterministic(ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true, Deterministic = true)]
    private static partial float SumDeterministicLogTarget(ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Mean)]
    private static partial float Mean(ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Mean, LogTarget = true)]
    private static partial float MeanLogTarget(ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.BatchMean)]
    private static partial float BatchMean(ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize);

    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true)]
    private static partial float BatchMeanLogTarget(ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize);

    [KLDivLoss(Reduction = Reductions.Sum, Parallel = true)]
    private static partial float ParallelSum(ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    internal readonly struct ParallelSumSingle : IKernel<float>
    {
        public static double Run(Operands<float> data) => ParallelSum(data.Input, data.Target);
    }

    internal readonly struct SumDeterministicSingle : IKernel<float>
    {
        public static double Run(Operands<float> data) => SumDeterministic(data.Input, data.Target);
    }

    internal readonly struct SumDeterministicLogTargetSingle : IKernel<float>
    {
        public static double Run(Operands<float> data) => SumDeterministicLogTarget(data.Input, data.Target);
    }

    internal readonly struct MeanSingle : IKernel<float>
    {
        public static double Run(Operands<float> data) => (double)data.Length * Mean(data.Input, data.Target);
    }

    internal readonly struct MeanLogTargetSingle : IKernel<float>
    {
        public static double Run(Operands<float> data) => (double)data.Length * MeanLogTarget(data.Input, data.Target);
    }

    internal readonly struct BatchMeanSingle : IKernel<float>
    {
        public static double Run(Operands<float> data) =>
            (double)data.BatchSize * BatchMean(data.Input, data.Target, data.BatchSize);
    }

    internal readonly struct BatchMeanLogTargetSingle : IKernel<float>
    {
        public static double Run(Operands<float> data) =>
            (double)data.BatchSize * BatchMeanLogTarget(data.Input, data.Target, data.BatchSize);
    }
}
