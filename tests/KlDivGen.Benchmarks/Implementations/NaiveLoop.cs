using System.Numerics;
using KlDivGen.Benchmarks.Data;

namespace KlDivGen.Benchmarks.Implementations;

/// <summary>The loss as a simple loop over <c>MathF.Log</c> or <c>Math.Log</c>.</summary>
internal static class NaiveLoop
{
    /// <summary>Σ y · (log y − x) over y > 0.</summary>
    internal readonly struct Sum<T> : IKernel<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static double Run(Operands<T> data)
        {
            ReadOnlySpan<T> input = data.Input;
            ReadOnlySpan<T> target = data.Target;
            double sum = 0;
            for (int i = 0; i < target.Length; i++)
            {
                T y = target[i];
                if (!(y <= T.Zero))
                {
                    sum += double.CreateTruncating(y * (T.Log(y) - input[i]));
                }
            }

            return sum;
        }
    }

    /// <summary>Σ exp(y) · (y − x).</summary>
    internal readonly struct SumLogTarget<T> : IKernel<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static double Run(Operands<T> data)
        {
            ReadOnlySpan<T> input = data.Input;
            ReadOnlySpan<T> target = data.Target;
            double sum = 0;
            for (int i = 0; i < target.Length; i++)
            {
                sum += double.CreateTruncating(T.Exp(target[i]) * (target[i] - input[i]));
            }

            return sum;
        }
    }

    /// <summary>y · (log y − x) over y > 0, element by element.</summary>
    internal readonly struct None<T> : IKernel<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static double Run(Operands<T> data)
        {
            for (int i = 0; i < data.Length; i++)
            {
                T y = data.Target[i];
                data.Output[i] = y <= T.Zero ? T.Zero : y * (T.Log(y) - data.Input[i]);
            }

            return double.NaN;
        }
    }

    /// <summary>exp(y) · (y − x), element by element.</summary>
    internal readonly struct NoneLogTarget<T> : IKernel<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static double Run(Operands<T> data)
        {
            for (int i = 0; i < data.Length; i++)
            {
                T y = data.Target[i];
                data.Output[i] = T.Exp(y) * (y - data.Input[i]);
            }

            return double.NaN;
        }
    }
}
