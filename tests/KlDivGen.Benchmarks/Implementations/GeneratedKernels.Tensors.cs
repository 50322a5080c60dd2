using System.Numerics.Tensors;
using KlDivGen.Benchmarks.Data;

namespace KlDivGen.Benchmarks.Implementations;

/// <summary>Kernels of this library: sums of tensor spans.</summary>
internal static partial class GeneratedKernels
{
    [KLDivLoss(Reduction = Reductions.Sum)]
    private static partial float SumOfTensors(ReadOnlyTensorSpan<float> input, ReadOnlyTensorSpan<float> target);

    internal readonly struct SumDenseTensor : IKernel<float>
    {
        public static double Run(Operands<float> data) => SumOfTensors(data.Matrix.Dense(data.Input), data.Matrix.Dense(data.Target));
    }

    internal readonly struct SumSlicedTensor : IKernel<float>
    {
        public static double Run(Operands<float> data) => SumOfTensors(data.Matrix.Sliced, data.Matrix.Dense(data.Target));
    }

    internal readonly struct SumTransposedTensor : IKernel<float>
    {
        public static double Run(Operands<float> data) => SumOfTensors(data.Matrix.Transposed, data.Matrix.Dense(data.Target));
    }

    /// <summary>The alternative to a transposed tensor span: a copy in the order of the target, then the kernel for spans.</summary>
    internal readonly struct CopyThenSum : IKernel<float>
    {
        public static double Run(Operands<float> data)
        {
            data.Matrix.CopyTransposedTo(data.Workspace);
            return Sum(data.Workspace, data.Target);
        }
    }
}
