using System.Numerics;
using KlDivGen.Benchmarks.Data;

namespace KlDivGen.Benchmarks.Contenders;

/// <summary>
/// One way to compute one kernel. Implemented by structs, so that the loop that times it is compiled for each of them and calls
/// it directly: at ten elements an indirect call would be a fifth of the time.
/// </summary>
internal interface IKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// Computes the kernel once. Returns the sum of the losses, or what the kernel makes of it times what it was divided by;
    /// NaN where there is no scalar result.
    /// </summary>
    static abstract double Run(Operands<T> data);
}
