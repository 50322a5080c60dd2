using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KlDivGen.Benchmarks.Data;

namespace KlDivGen.Benchmarks.Implementations;

/// <summary>The memory traffic of a kernel without its arithmetic. No kernel can be faster on data that no cache holds.</summary>
internal static class MemoryBandwidthBaseline
{
    /// <summary>Reads both arrays and adds all elements in four vector accumulators.</summary>
    internal readonly struct Sum<T> : IKernel<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static double Run(Operands<T> data) => Run(data, 0, data.Length);

        /// <summary>Reads a part of the data.</summary>
        public static double Run(Operands<T> data, int start, int end)
        {
            ref T x = ref data.Input[start];
            ref T y = ref data.Target[start];
            nuint length = (nuint)(end - start);
            nuint width = (nuint)Vector<T>.Count;
            (Vector<T> a, Vector<T> b, Vector<T> c, Vector<T> d) = (default, default, default, default);
            nuint i = 0;
            for (; i + (4 * width) <= length; i += 4 * width)
            {
                a += Vector.LoadUnsafe(ref x, i) + Vector.LoadUnsafe(ref y, i);
                b += Vector.LoadUnsafe(ref x, i + width) + Vector.LoadUnsafe(ref y, i + width);
                c += Vector.LoadUnsafe(ref x, i + (2 * width)) + Vector.LoadUnsafe(ref y, i + (2 * width));
                d += Vector.LoadUnsafe(ref x, i + (3 * width)) + Vector.LoadUnsafe(ref y, i + (3 * width));
            }

            T tail = T.Zero;
            for (; i < length; i++)
            {
                tail += Unsafe.Add(ref x, i) + Unsafe.Add(ref y, i);
            }

            return double.CreateTruncating(Vector.Sum(a + b + (c + d)) + tail);
        }
    }

    /// <summary>Reads both arrays on all processors, each a part.</summary>
    internal readonly struct ParallelSum : IKernel<float>
    {
        public static double Run(Operands<float> data)
        {
            int processors = Environment.ProcessorCount;
            double[] sums = new double[processors];
            Parallel.For(0, processors, i => sums[i] = Sum<float>.Run(
                data, (int)((long)data.Length * i / processors), (int)((long)data.Length * (i + 1) / processors)));
            return sums.Sum();
        }
    }

    /// <summary>Reads both arrays and writes their element-wise sum to a third.</summary>
    internal readonly struct Write<T> : IKernel<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static double Run(Operands<T> data)
        {
            ref T x = ref MemoryMarshal.GetArrayDataReference(data.Input);
            ref T y = ref MemoryMarshal.GetArrayDataReference(data.Target);
            ref T output = ref MemoryMarshal.GetArrayDataReference(data.GradInput);
            nuint length = (nuint)data.Length;
            nuint width = (nuint)Vector<T>.Count;
            nuint i = 0;
            for (; i + (4 * width) <= length; i += 4 * width)
            {
                (Vector.LoadUnsafe(ref x, i) + Vector.LoadUnsafe(ref y, i)).StoreUnsafe(ref output, i);
                (Vector.LoadUnsafe(ref x, i + width) + Vector.LoadUnsafe(ref y, i + width)).StoreUnsafe(ref output, i + width);
                (Vector.LoadUnsafe(ref x, i + (2 * width)) + Vector.LoadUnsafe(ref y, i + (2 * width)))
                    .StoreUnsafe(ref output, i + (2 * width));
                (Vector.LoadUnsafe(ref x, i + (3 * width)) + Vector.LoadUnsafe(ref y, i + (3 * width)))
                    .StoreUnsafe(ref output, i + (3 * width));
            }

            for (; i < length; i++)
            {
                Unsafe.Add(ref output, i) = Unsafe.Add(ref x, i) + Unsafe.Add(ref y, i);
            }

            return double.NaN;
        }
    }
}
