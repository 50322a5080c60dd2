using System.Numerics;
using System.Numerics.Tensors;
using KlDivGen.Samples.Npy;

namespace NpyLoss;

/// <summary>The losses of two arrays and the time of the kernels, accumulated chunk by chunk.</summary>
/// <param name="Input">The header of the input.</param>
/// <param name="Target">The header of the target.</param>
internal sealed record LossResult(NpyHeader Input, NpyHeader Target)
{
    /// <summary>The sum of the losses.</summary>
    public double Sum { get; private set; }

    /// <summary>The smallest loss of an element, NaN if any loss is NaN, or +∞ for an empty array.</summary>
    public double Minimum { get; private set; } = double.PositiveInfinity;

    /// <summary>The largest loss of an element, NaN if any loss is NaN, or −∞ for an empty array.</summary>
    public double Maximum { get; private set; } = double.NegativeInfinity;

    /// <summary>The time of the sum kernel over all chunks, without file access.</summary>
    public TimeSpan SumTime { get; private set; }

    /// <summary>The time of the elementwise kernel over all chunks, without file access.</summary>
    public TimeSpan ElementwiseTime { get; private set; }

    /// <summary>Adds the sum of one chunk.</summary>
    public void AddSum(double sum, TimeSpan time)
    {
        this.Sum += sum;
        this.SumTime += time;
    }

    /// <summary>Adds the losses of the elements of one chunk.</summary>
    public void AddElementwise<T>(ReadOnlySpan<T> losses, TimeSpan time)
        where T : unmanaged, INumber<T>
    {
        this.Minimum = double.Min(this.Minimum, double.CreateChecked(TensorPrimitives.Min(losses)));
        this.Maximum = double.Max(this.Maximum, double.CreateChecked(TensorPrimitives.Max(losses)));
        this.ElementwiseTime += time;
    }
}
