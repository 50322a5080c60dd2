using System.Numerics.Tensors;
using KlDivGen.Benchmarks.Data;

namespace KlDivGen.Benchmarks.Contenders;

/// <summary>This library: sums of tensors.</summary>
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

    /// <summary>What would be done without tensors: a copy in the target's order first.</summary>
    internal readonly struct CopyThenSum : IKernel<float>
    {
        public static double Run(Operands<float> data)
        {
            data.Matrix.CopyTransposedTo(data.Scratch);
            return Sum(data.Scratch, data.Target);
        }
    }
}
