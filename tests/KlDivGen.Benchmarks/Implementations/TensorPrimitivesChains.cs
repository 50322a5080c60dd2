using System.Numerics.Tensors;
using System.Numerics;
using KlDivGen.Benchmarks.Data;

namespace KlDivGen.Benchmarks.Implementations;

/// <summary>The loss as a sequence of calls of <see cref="TensorPrimitives"/>.</summary>
internal static class TensorPrimitivesChains
{
    /// <summary>A sequence of calls for a part of the data.</summary>
    internal interface IChain<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        /// <summary>Makes the calls for <paramref name="length"/> elements from <paramref name="start"/> on. Returns the scalar result, or NaN if there is none.</summary>
        static abstract double Run(Operands<T> data, int start, int length);
    }

    /// <summary>Each call processes all data, as these functions are meant to be used.</summary>
    internal readonly struct Whole<T, TChain> : IKernel<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TChain : struct, IChain<T>
    {
        public static double Run(Operands<T> data) => TChain.Run(data, 0, data.Length);
    }

    /// <summary>
    /// All calls process one block before the next, so that intermediate results stay in the first-level cache: the fastest way to use
    /// these functions.
    /// </summary>
    internal readonly struct InBlocks<T, TChain> : IKernel<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TChain : struct, IChain<T>
    {
        /// <summary>Input, target, output and intermediate results together fit into 32 KB.</summary>
        private const int BlockBytes = 6 * 1024;

        public static unsafe double Run(Operands<T> data)
        {
            int block = BlockBytes / sizeof(T);
            double sum = 0;
            for (int start = 0; start < data.Length; start += block)
            {
                sum += TChain.Run(data, start, Math.Min(block, data.Length - start));
            }

            return sum;
        }
    }

    /// <summary>All calls process one row of logits before the next.</summary>
    internal readonly struct ByRow<T, TChain> : IKernel<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TChain : struct, IChain<T>
    {
        public static double Run(Operands<T> data)
        {
            double sum = 0;
            for (int start = 0; start < data.Length; start += data.Classes)
            {
                sum += TChain.Run(data, start, data.Classes);
            }

            return sum;
        }
    }

    /// <summary>Log, Subtract, Dot.</summary>
    internal readonly struct Sum<T> : IChain<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static double Run(Operands<T> data, int start, int length)
        {
            ReadOnlySpan<T> target = data.Target.AsSpan(start, length);
            Span<T> difference = data.Difference.AsSpan(0, length);
            TensorPrimitives.Log(target, difference);
            TensorPrimitives.Subtract(difference, data.Input.AsSpan(start, length), difference);
            return double.CreateTruncating(TensorPrimitives.Dot(target, difference));
        }
    }

    /// <summary>Exp, Subtract, Dot.</summary>
    internal readonly struct SumLogTarget<T> : IChain<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static double Run(Operands<T> data, int start, int length)
        {
            ReadOnlySpan<T> target = data.Target.AsSpan(start, length);
            Span<T> exponential = data.Workspace.AsSpan(0, length);
            Span<T> difference = data.Difference.AsSpan(0, length);
            TensorPrimitives.Exp(target, exponential);
            TensorPrimitives.Subtract(target, data.Input.AsSpan(start, length), difference);
            return double.CreateTruncating(TensorPrimitives.Dot<T>(exponential, difference));
        }
    }

    /// <summary>Log, Subtract, Multiply.</summary>
    internal readonly struct None<T> : IChain<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static double Run(Operands<T> data, int start, int length)
        {
            ReadOnlySpan<T> target = data.Target.AsSpan(start, length);
            Span<T> output = data.Output.AsSpan(start, length);
            TensorPrimitives.Log(target, output);
            TensorPrimitives.Subtract(output, data.Input.AsSpan(start, length), output);
            TensorPrimitives.Multiply(output, target, output);
            return double.NaN;
        }
    }

    /// <summary>Exp, Subtract, Multiply.</summary>
    internal readonly struct NoneLogTarget<T> : IChain<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static double Run(Operands<T> data, int start, int length)
        {
            ReadOnlySpan<T> target = data.Target.AsSpan(start, length);
            Span<T> exponential = data.Workspace.AsSpan(0, length);
            Span<T> output = data.Output.AsSpan(start, length);
            TensorPrimitives.Exp(target, exponential);
            TensorPrimitives.Subtract(target, data.Input.AsSpan(start, length), output);
            TensorPrimitives.Multiply(output, exponential, output);
            return double.NaN;
        }
    }

    /// <summary>The sum, and ∂/∂x = −y.</summary>
    internal readonly struct LossAndGradInput<T> : IChain<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static double Run(Operands<T> data, int start, int length)
        {
            double loss = Sum<T>.Run(data, start, length);
            TensorPrimitives.Negate(data.Target.AsSpan(start, length), data.GradInput.AsSpan(start, length));
            return loss;
        }
    }

    /// <summary>The sum, and ∂/∂x = −exp y.</summary>
    internal readonly struct LossAndGradInputLogTarget<T> : IChain<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static double Run(Operands<T> data, int start, int length)
        {
            double loss = SumLogTarget<T>.Run(data, start, length);
            TensorPrimitives.Negate(data.Workspace.AsSpan(0, length), data.GradInput.AsSpan(start, length));
            return loss;
        }
    }

    /// <summary>The sum, ∂/∂x = −y and ∂/∂y = log y − x + 1.</summary>
    internal readonly struct LossAndBoth<T> : IChain<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static double Run(Operands<T> data, int start, int length)
        {
            double loss = LossAndGradInput<T>.Run(data, start, length);
            TensorPrimitives.Add(data.Difference.AsSpan(0, length), T.One, data.GradTarget.AsSpan(start, length));
            return loss;
        }
    }

    /// <summary>The sum, ∂/∂x = −exp y and ∂/∂y = exp(y) · (y − x + 1).</summary>
    internal readonly struct LossAndBothLogTarget<T> : IChain<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static double Run(Operands<T> data, int start, int length)
        {
            double loss = LossAndGradInputLogTarget<T>.Run(data, start, length);
            ReadOnlySpan<T> difference = data.Difference.AsSpan(0, length);
            ReadOnlySpan<T> exponential = data.Workspace.AsSpan(0, length);
            TensorPrimitives.AddMultiply(difference, T.One, exponential, data.GradTarget.AsSpan(start, length));
            return loss;
        }
    }

    /// <summary>The loss of one row of logits: SoftMax of both, Divide, Log, Dot.</summary>
    internal readonly struct Logits<T> : IChain<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static double Run(Operands<T> data, int start, int length)
        {
            Span<T> p = data.Workspace.AsSpan(0, length);
            Span<T> q = data.Output.AsSpan(0, length);
            Span<T> ratio = data.Difference.AsSpan(0, length);
            TensorPrimitives.SoftMax(data.Target.AsSpan(start, length), p);
            TensorPrimitives.SoftMax(data.Input.AsSpan(start, length), q);
            TensorPrimitives.Divide<T>(p, q, ratio);
            TensorPrimitives.Log<T>(ratio, ratio);
            return double.CreateTruncating(TensorPrimitives.Dot<T>(p, ratio)) * data.RowsPerRowOfLogits;
        }
    }

    /// <summary>The loss of one row of logits, and ∂/∂x = q − p.</summary>
    internal readonly struct LogitsAndGradInput<T> : IChain<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static double Run(Operands<T> data, int start, int length)
        {
            double loss = Logits<T>.Run(data, start, length);
            TensorPrimitives.Subtract<T>(data.Output.AsSpan(0, length), data.Workspace.AsSpan(0, length), data.GradInput.AsSpan(start, length));
            return loss;
        }
    }
}
