using System.Diagnostics;
using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Checks;
using KlDivGen.Conformance.Data;
using KlDivGen.Conformance.Matrix;
using KlDivGen.Conformance.Memory;
using KlDivGen.Conformance.Rows;

namespace KlDivGen.Conformance.Fuzzing;

/// <summary>
/// Calls methods of the matrix with random data, lengths, layouts, alignments and overlaps, and compares all results with the oracle.
/// Case i of a run depends only on the methods and on the seed plus i.
/// </summary>
/// <param name="groups">The groups of methods.</param>
/// <param name="seed">The seed of the first case.</param>
/// <param name="verbose">Whether to print the seed of each case before it runs, which tells the case that ends the process.</param>
internal sealed class Fuzzer(string[] groups, ulong seed, bool verbose)
{
    private const int MaxErrors = 3;

    private readonly KernelCase[] kernels = [.. groups.Intersect(KernelGroups.Names).SelectMany(KernelGroups.Get)];
    private readonly RowCase[] rowKernels = [.. groups.Intersect(RowGroups.Names).SelectMany(RowGroups.Get)];
    private readonly Dictionary<string, List<string>> errors = [];
    private readonly Lock gate = new();
    private long started;

    /// <summary>A hash of the bits of the deterministic methods' results. It does not depend on the machine or on the order of the cases.</summary>
    public ulong Hash { get; private set; }

    /// <summary>Runs cases on all processors.</summary>
    /// <param name="duration">When to stop.</param>
    /// <param name="count">The number of cases, or <see langword="null"/> for as many as there is time for.</param>
    /// <returns>A result for each method that was called.</returns>
    public IEnumerable<CheckResult> Run(TimeSpan duration, long? count)
    {
        Console.WriteLine($"fuzz --seed {seed}");
        Stopwatch watch = Stopwatch.StartNew();
        Parallel.For(0, Environment.ProcessorCount, _ =>
        {
            using OperandMemory memory = new();
            while (count is not null || watch.Elapsed < duration)
            {
                long index = Interlocked.Increment(ref this.started) - 1;
                if (index >= count)
                {
                    break;
                }

                this.RunCase(seed + (ulong)index, memory);
            }
        });
        long done = count ?? this.started;
        Console.WriteLine($"{done} cases in {watch.Elapsed.TotalSeconds:F0} s; hash of the deterministic results {this.Hash:x16}");
        return this.errors.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => CheckResult.Create("fuzz", pair.Key, pair.Value));
    }

    /// <summary>Describes the first wrong results. An exception is one of them, so that the seed of its case is printed.</summary>
    private static List<string> FindErrors(Func<IEnumerable<string>> run)
    {
        List<string> found = [];
        try
        {
            found.AddRange(run().Take(MaxErrors));
        }
        catch (Exception e)
        {
            found.Add($"threw {e}");
        }

        return found;
    }

    private void RunCase(ulong caseSeed, OperandMemory memory)
    {
        string title;
        Func<IEnumerable<string>> run;
        Func<ulong> hash;
        if (new RandomSource(~caseSeed).Below(this.kernels.Length + this.rowKernels.Length) < this.kernels.Length)
        {
            FuzzCase fuzzCase = new(this.kernels, caseSeed);
            (title, run, hash) = (fuzzCase.Kernel.Title, () => fuzzCase.Run(memory), () => fuzzCase.Hash);
        }
        else
        {
            RowFuzzCase fuzzCase = new(this.rowKernels, caseSeed);
            (title, run, hash) = (fuzzCase.Kernel.Title, () => fuzzCase.Run(memory), () => fuzzCase.Hash);
        }

        if (verbose)
        {
            Console.WriteLine($"--seed {caseSeed}: {title}");
        }

        string[] wrong = [.. FindErrors(run).Select(error => $"--seed {caseSeed} --count 1: {error}")];
        lock (this.gate)
        {
            this.Hash += hash();
            if (!this.errors.TryGetValue(title, out List<string>? list))
            {
                this.errors.Add(title, list = []);
            }

            list.AddRange(wrong);
        }
    }
}
