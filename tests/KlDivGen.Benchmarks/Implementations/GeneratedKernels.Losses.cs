using KlDivGen.Benchmarks.Data;

namespace KlDivGen.Benchmarks.Implementations;

/// <summary>Kernels of this library: sums and losses of spans.</summary>
internal static partial class GeneratedKernels
{
    [KLDivLoss(Reduction = Reductions.Sum)]
    private static partial float Sum(ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true)]
    private static partial float SumLogTarget(ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = Reductions.None)]
    private static partial void None(ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> output);

    [KLDivLoss(Reduction = Reductions.None, LogTarget = true)]
    private static partial void NoneLogTarget(ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> output);

    [KLDivLoss(Reduction = Reductions.Sum)]
    private static partial double Sum(ReadOnlySpan<double> input, ReadOnlySpan<double> target);

    [KLDivLoss(Reduction = Reductions.Sum, LogTarget = true)]
    private static partial double SumLogTarget(ReadOnlySpan<double> input, ReadOnlySpan<double> target);

    [KLDivLoss(Reduction = Reductions.None)]
    private static partial void None(ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> output);

    [KLDivLoss(Reduction = Reductions.None, LogTarget = true)]
    private static partial void NoneLogTarget(ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> output);

    internal readonly struct SumSingle : IKernel<float>
    {
        public static double Run(Operands<float> data) => Sum(data.Input, data.Target);
    }

    internal readonly struct SumLogTargetSingle : IKernel<float>
    {
        public static double Run(Operands<float> data) => SumLogTarget(data.Input, data.Target);
    }

    internal readonly struct NoneSingle : IKernel<float>
    {
        public static double Run(Operands<float> data)
        {
            None(data.Input, data.Target, data.Output);
            return double.NaN;
        }
    }

    internal readonly struct NoneLogTargetSingle : IKernel<float>
    {
        public static double Run(Operands<float> data)
        {
            NoneLogTarget(data.Input, data.Target, data.Output);
            return double.NaN;
        }
    }

    internal readonly struct SumDouble : IKernel<double>
    {
        public static double Run(Operands<double> data) => Sum(data.Input, data.Target);
    }

    internal readonly struct SumLogTargetDouble : IKernel<double>
    {
        public static double Run(Operands<double> data) => SumLogTarget(data.Input, data.Target);
    }

    internal readonly struct NoneDouble : IKernel<double>
    {
        public static double Run(Operands<double> data)
        {
            None(data.Input, data.Target, data.Output);
            return double.NaN;
        }
    }

    internal readonly struct NoneLogTargetDouble : IKernel<double>
    {
        public static double Run(Operands<double> data)
        {
            NoneLogTarget(data.Input, data.Target, data.Output);
            return double.NaN;
        }
    }
}
