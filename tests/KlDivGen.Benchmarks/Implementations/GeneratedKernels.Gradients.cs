using KlDivGen.Benchmarks.Data;

namespace KlDivGen.Benchmarks.Implementations;

/// <summary>Kernels of this library: losses with their gradients, in one pass.</summary>
internal static partial class GeneratedKernels
{
    [KLDivLoss(Reduction = Reductions.Sum)]
    private static partial float LossAndGradInput(ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> gradInput);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true)]
    private static partial float LossAndGradInputLogTarget(ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> gradInput);

    [KLDivLoss(Reduction = Reductions.Sum)]
    private static partial float LossAndBoth(
        ReadOnlySpan<float> input,
        ReadOnlySpan<float> target,
        Span<float> gradInput,
        Span<float> gradTarget);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true)]
    private static partial float LossAndBothLogTarget(
        ReadOnlySpan<float> input,
        ReadOnlySpan<float> target,
        Span<float> gradInput,
        Span<float> gradTarget);

    internal readonly struct LossAndGradInputSingle : IKernel<float>
    {
        public static double Run(Operands<float> data) => LossAndGradInput(data.Input, data.Target, data.GradInput);
    }

    internal readonly struct LossAndGradInputLogTargetSingle : IKernel<float>
    {
        public static double Run(Operands<float> data) => LossAndGradInputLogTarget(data.Input, data.Target, data.GradInput);
    }

    internal readonly struct LossAndBothSingle : IKernel<float>
    {
        public static double Run(Operands<float> data) => LossAndBoth(data.Input, data.Target, data.GradInput, data.GradTarget);
    }

    internal readonly struct LossAndBothLogTargetSingle : IKernel<float>
    {
        public static double Run(Operands<float> data) => LossAndBothLogTarget(data.Input, data.Target, data.GradInput, data.GradTarget);
    }
}
