using System.Diagnostics;
using System.Numerics;
using KlDivGen.Benchmarks.Data;

namespace KlDivGen.Benchmarks.Contenders;

/// <summary>A computation with its data, ready to be run and timed.</summary>
internal abstract class Contender
{
    /// <summary>The result of the last run, as <see cref="IKernel{T}.Run"/> returns it.</summary>
    public double Result { get; protected set; }

    /// <summary>What the result should be near.</summary>
    public abstract double Expected { get; }

    /// <summary>Runs the computation once.</summary>
    public abstract void Run();

    /// <summary>Runs the computation a number of times and says how long that took, in nanoseconds.</summary>
    public abstract double Time(long times);
}

/// <summary>A contender in this process.</summary>
internal sealed class Contender<T, TKernel>(Operands<T> data) : Contender
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TKernel : struct, IKernel<T>
{
    /// <inheritdoc/>
    public override double Expected => data.ExpectedSum;

    /// <inheritdoc/>
    public override void Run() => this.Result = TKernel.Run(data);

    /// <inheritdoc/>
    public override double Time(long times)
    {
        long start = Stopwatch.GetTimestamp();
        for (long i = 0; i < times; i++)
        {
            this.Result = TKernel.Run(data);
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds;
    }
}
