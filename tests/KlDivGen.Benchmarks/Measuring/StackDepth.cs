using System.Runtime.CompilerServices;
using KlDivGen.Benchmarks.Implementations;

namespace KlDivGen.Benchmarks.Measuring;

/// <summary>
/// Varies where the stack begins, which otherwise differs from process to process by multiples of 16 bytes. An implementation that spills
/// vectors is several times slower if one of them straddles two pages, or two cache lines, as three of four vectors of 512 bits do: the
/// logarithm of TensorPrimitives, which is passed vectors in memory where the JIT does not inline it, takes three times as long then.
/// </summary>
internal static class StackDepth
{
    /// <summary>The number of different depths. After as many rounds, the depths repeat.</summary>
    public const int Count = Page / Alignment;

    private const int Page = 4096;
    private const int CacheLine = 64;

    /// <summary>The alignment of the stack.</summary>
    private const int Alignment = 16;

    /// <summary>Four rounds cover a cache line, and a few more the page.</summary>
    private const int Step = (7 * CacheLine) + Alignment;

    /// <summary>Runs an implementation at the stack depth of a round.</summary>
    /// <param name="implementation">The implementation.</param>
    /// <param name="repetitions">How often it runs.</param>
    /// <param name="round">The number of the round.</param>
    /// <returns>The time of all repetitions, in nanoseconds.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static double Time(Implementation implementation, long repetitions, int round)
    {
        Span<byte> above = stackalloc byte[CacheLine + (Step * round % Page)];
        Use(above);
        return implementation.Time(repetitions);
    }

    /// <summary>Keeps the compiler from removing the unused stack memory.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Use(Span<byte> bytes) => bytes[0] = 1;
}
