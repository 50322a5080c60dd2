using System.Runtime.CompilerServices;
using KlDivGen.Benchmarks.Contenders;

namespace KlDivGen.Benchmarks.Measuring;

/// <summary>
/// Where the stack begins differs from process to process. A contender that spills vectors is several times slower where one of them
/// straddles two pages (TensorPrimitives' logarithm 4.7 times), so every round begins at another depth of the stack.
/// </summary>
internal static class StackDepth
{
    /// <summary>After how many rounds the depths come again.</summary>
    public const int Places = Page / CacheLine;

    private const int Page = 4096;
    private const int CacheLine = 64;

    /// <summary>Runs a contender, deeper in the stack by another number of cache lines, less than a page, in each of <see cref="Places"/> rounds.</summary>
    /// <param name="contender">The contender.</param>
    /// <param name="times">How often it runs.</param>
    /// <param name="round">The number of the round.</param>
    /// <returns>How long that took, in nanoseconds.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static double Time(Contender contender, long times, int round)
    {
        // 7 of 64 lines further each round: a few rounds are already far apart.
        Span<byte> above = stackalloc byte[CacheLine + (7 * CacheLine * round % Page)];
        Keep(above);
        return contender.Time(times);
    }

    /// <summary>Keeps the compiler from leaving out what nobody uses.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Keep(Span<byte> bytes) => bytes[0] = 1;
}
