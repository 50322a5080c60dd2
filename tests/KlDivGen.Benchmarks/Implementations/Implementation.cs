using System.Diagnostics;
using System.Numerics;
using KlDivGen.Benchmarks.Data;

namespace KlDivGen.Benchmarks.Implementations;

/// <summary>A computation with its data, ready to be run and timed.</summary>
internal abstract class Implementation
{
    /// <summary>The result of the last run, as <see cref="IKernel{T}.Run"/> returns it.</summary>
    public double Result { get; protected set; }

    /// <summary>The expected result.</summary>
    public abstract double Expected { get; }

    /// <summary>Runs the computation a number of times and returns how long that took, in nanoseconds.</summary>
    public abstract double Time(long repetitions);
}

/// <summary>An implementation in this process.</summary>
internal sealed class Implementation<T, TKernel>(Operands<T> data) : Implementation
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TKernel : struct, IKernel<T>
{
    /// <inheritdoc/>
    public override double Expected => data.ExpectedSum;

    /// <inheritdoc/>
    public override double Time(long repetitions)
    {
        long start = Stopwatch.GetTimestamp();
        for (long i = 0; i < repetitions; i++)
        {
            this.Result = TKernel.Run(data);
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds;
    }
}
