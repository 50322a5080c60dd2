using System.Runtime.CompilerServices;
using KlDivGen.Benchmarks.Implementations;

namespace KlDivGen.Benchmarks.Measuring;

/// <summary>
/// Varies where the stack begins, which otherwise differs from process to process. An implementation that spills vectors is several
/// times slower if one of them straddles two pages: the logarithm of TensorPrimitives 4.7 times.
/// </summary>
internal static class StackDepth
{
    /// <summary>The number of different depths. After as many rounds, the depths repeat.</summary>
    public const int Count = Page / CacheLine;

    private const int Page = 4096;
    private const int CacheLine = 64;

    /// <summary>Runs an implementation at the stack depth of a round.</summary>
    /// <param name="implementation">The implementation.</param>
    /// <param name="repetitions">How often it runs.</param>
    /// <param name="round">The number of the round.</param>
    /// <returns>The time of all repetitions, in nanoseconds.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static double Time(Implementation implementation, long repetitions, int round)
    {
        // Steps of 7 out of 64 cache lines, so that a few rounds already cover the page.
        Span<byte> above = stackalloc byte[CacheLine + (7 * CacheLine * round % Page)];
        Use(above);
        return implementation.Time(repetitions);
    }

    /// <summary>Keeps the compiler from removing the unused stack memory.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Use(Span<byte> bytes) => bytes[0] = 1;
}
