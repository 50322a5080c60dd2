namespace KlDivGen.Tests.Runtime;

/// <summary>What a piece of code allocates on the managed heap.</summary>
internal static class Allocation
{
    private const int Runs = 20;

    /// <summary>
    /// The least that any of several runs allocates: the runtime itself may allocate during one of them, when it compiles a method
    /// anew on the running thread, but never during all.
    /// </summary>
    public static long Of(Action action)
    {
        long least = long.MaxValue;
        for (int run = 0; run < Runs; run++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
