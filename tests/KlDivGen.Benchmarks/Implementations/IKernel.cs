using System.Numerics;
using KlDivGen.Benchmarks.Data;

namespace KlDivGen.Benchmarks.Implementations;

/// <summary>
/// One way to compute a kernel. It is implemented by structures, so that the loop that times it is compiled for each of them and calls
/// it directly: at ten elements, an indirect call would be a fifth of the time.
/// </summary>
internal interface IKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// Computes the kernel once. Returns the sum of the losses (a mean is multiplied by its divisor), or NaN if the kernel returns no
    /// scalar.
    /// </summary>
    static abstract double Run(Operands<T> data);
}
