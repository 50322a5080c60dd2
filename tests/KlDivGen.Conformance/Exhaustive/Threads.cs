namespace KlDivGen.Conformance.Exhaustive;

/// <summary>Spreads chunks of values over the machine's processors.</summary>
internal static class Threads
{
    /// <summary>Works on each chunk once; a thread has memory and worst cases of its own, added to the common ones at the end.</summary>
    public static void Run<TMemory>(int chunks, Worst[] worst, Func<TMemory> memory, Action<int, TMemory, Worst[]> work) =>
        Parallel.For(
            0,
            chunks,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            () => (Memory: memory(), Mine: Array.ConvertAll(worst, w => w.Fresh())),
            (chunk, _, state) =>
            {
                work(chunk, state.Memory, state.Mine);
                return state;
            },
            state =>
            {
                for (int i = 0; i < worst.Length; i++)
                {
                    worst[i].Add(state.Mine[i]);
                }
            });
}
