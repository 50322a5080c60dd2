using KlDivGen.Benchmarks.Data;

namespace KlDivGen.Benchmarks.Implementations;

/// <summary>Kernels of this library: sums of <see cref="Half"/> data.</summary>
internal static partial class GeneratedKernels
{
    [KLDivLoss(Reduction = Reductions.Sum)]
    private static partial double Sum(ReadOnlySpan<Half> input, ReadOnlySpan<Half> target);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true)]
    private static partial double SumLogTarget(ReadOnlySpan<Half> input, ReadOnlySpan<Half> target);

    internal readonly struct SumHalf : IKernel<Half>
    {
        public static double Run(Operands<Half> data) => Sum(data.Input, data.Target);
    }

    internal readonly struct SumLogTargetHalf : IKernel<Half>
    {
        public static double Run(Operands<Half> data) => SumLogTarget(data.Input, data.Target);
    }
}
