namespace KlDivGen.Tests.Runtime;

/// <summary>Measures what code allocates on the managed heap.</summary>
internal static class AllocationMeter
{
    private const int Runs = 20;

    /// <summary>
    /// Runs an action several times and returns the number of bytes that the run with the fewest allocated: the runtime itself may
    /// allocate during some of the runs, when it compiles a method again on the running thread, but not during all.
    /// </summary>
    public static long Measure(Action action)
    {
        long minimum = long.MaxValue;
        for (int run = 0; run < Runs; run++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            minimum = Math.Min(minimum, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return minimum;
    }
}
