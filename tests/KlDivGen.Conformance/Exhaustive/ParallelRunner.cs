namespace KlDivGen.Conformance.Exhaustive;

/// <summary>Distributes chunks of values over all processors.</summary>
internal static class ParallelRunner
{
    /// <summary>Processes each chunk once. Each thread has its own memory and statistics, which are merged at the end.</summary>
    public static void Run<TMemory>(
        int chunks, ErrorStatistics[] statistics, Func<TMemory> createMemory, Action<int, TMemory, ErrorStatistics[]> process) =>
        Parallel.For(
            0,
            chunks,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            () => (Memory: createMemory(), Statistics: Array.ConvertAll(statistics, s => s.CreateEmpty())),
            (chunk, _, state) =>
            {
                process(chunk, state.Memory, state.Statistics);
                return state;
            },
            state =>
            {
                for (int i = 0; i < statistics.Length; i++)
                {
                    statistics[i].Merge(state.Statistics[i]);
                }
            });
}
