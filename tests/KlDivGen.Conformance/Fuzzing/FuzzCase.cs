using KlDivGen.CompilerServices;
using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Checks;
using KlDivGen.Conformance.Data;
using KlDivGen.Conformance.Memory;
using KlDivGen.Conformance.Oracle;

namespace KlDivGen.Conformance.Fuzzing;

/// <summary>One random call of one random method.</summary>
internal sealed class FuzzCase
{
    private const int MaxOffset = 40;

    private readonly RandomSource random;
    private readonly Settings settings;
    private readonly ValueSource values;

    /// <summary>Chooses a method.</summary>
    /// <param name="kernels">The methods to choose from.</param>
    /// <param name="seed">Determines the whole case.</param>
    public FuzzCase(KernelCase[] kernels, ulong seed)
    {
        this.random = new(seed);
        this.Kernel = kernels[this.random.Below(kernels.Length)];
        this.settings = this.Kernel.Settings;
        this.values = new(this.settings, this.random);
    }

    public KernelCase Kernel { get; }

    /// <summary>A hash of the results, if they have the same bits on every machine; otherwise 0.</summary>
    public ulong Hash { get; private set; }

    /// <summary>Calls the method and describes every wrong result.</summary>
    public IEnumerable<string> Run(OperandMemory memory) =>
        this.settings.IsTensor && this.random.Below(2) == 0 ? this.RunStrided(memory) : this.RunDense(memory);

    private IEnumerable<string> RunStrided(OperandMemory memory)
    {
        nint[] shape = this.NextShape();
        Dataset data = this.NextDataset(Layouts.MaxExtent(shape));
        return Layouts.Verify(this.Kernel, memory, this.random, shape, data, this.NextGradOutput());
    }

    private IEnumerable<string> RunDense(OperandMemory memory)
    {
        int count = this.NextLength();
        Dataset data = this.NextDataset(count);
        (MemorySource Output, MemorySource GradInput, MemorySource GradTarget)[] inPlace = [.. InPlace.CombinationsFor(this.Kernel)];
        (MemorySource Output, MemorySource GradInput, MemorySource GradTarget) sources =
            inPlace.Length > 0 && this.random.Below(3) == 0 ? inPlace[this.random.Below(inPlace.Length)] : default;
        Call call = data.CreateCall(0, count, this.NextGradOutput()) with
        {
            BatchSize = this.NextBatchSize(count),
            Placement = this.NextPlacement(),
            Output = this.NextDestination(sources.Output, count),
            GradInput = this.NextDestination(sources.GradInput, count),
            GradTarget = this.NextDestination(sources.GradTarget, count),
            MaxDegreeOfParallelism = this.settings.IsParallel ? ParallelCalls.Degrees[this.random.Below(ParallelCalls.Degrees.Length)] : -1,
        };
        CallResult result = this.Kernel.Run(memory, call);
        foreach (string error in ResultVerifier.FindErrors(data, this.settings, call, result))
        {
            yield return error;
        }

        if (result.Written.Any(written => written.Skip(count).Any(value => !value.Equals(this.Kernel.UnwrittenValue))))
        {
            yield return $"n = {count}: an element beyond the data was written";
        }

        foreach (string difference in this.settings.IsParallel ? ParallelCalls.FindDifferences(this.Kernel, memory, call, result) : [])
        {
            yield return difference;
        }

        if (this.settings.Deterministic)
        {
            this.Hash = Checks.Hash.Add(0, result);
            OperandPlacement placement = this.NextPlacement();
            if (!this.Kernel.Run(memory, call with { Placement = placement }).HasSameBits(result))
            {
                yield return $"n = {count}, {call.Placement}, {placement}: different bits";
            }
        }
    }

    private Dataset NextDataset(int count)
    {
        (double[] x, double[] y) = this.values.Draw(count);
        return new(this.settings.LogTarget, x, y, this.values.DrawGradOutputs(count, this.settings.PromotedType)) { AllowsDrift = true };
    }

    private double NextGradOutput() => this.values.DrawGradOutputs(1, this.settings.GradOutput ?? this.settings.PromotedType)[0];

    /// <summary>
    /// Short data, lengths around multiples of vectors, and some data of several blocks; for several threads now and then so much that each
    /// gets a piece.
    /// </summary>
    private int NextLength() => this.settings.IsParallel && this.random.Below(12) == 0
        ? ParallelLoop.MinElements + this.random.Below(60_000)
        : this.NextLengthOfOneThread();

    private int NextLengthOfOneThread() => this.random.Below(16) switch
    {
        < 6 => this.random.Below(20),
        < 10 => this.random.Below(100),
        < 12 => (32 * this.random.Below(40)) + this.random.Below(3),
        < 14 => this.random.Below(700),
        14 => this.random.Below(5000),
        _ => this.random.Below(this.random.Below(8) == 0 ? 60_000 : 5000),
    };

    /// <summary>Up to seven dimensions. Most shapes have some hundreds of elements, and some have none.</summary>
    private nint[] NextShape()
    {
        int maxExtent = this.random.Below(8) == 0 ? 60_000 : 3000;
        nint[] shape = [.. Enumerable.Repeat((nint)1, 1 + this.random.Below(7))];
        for (int i = 0; i < shape.Length; i++)
        {
            int dimension = this.random.Below(shape.Length);
            shape[dimension] = 1;
            shape[dimension] = this.random.Below(40) == 0 ? 0 : 1 + this.random.Below(Math.Max(1, (4 * maxExtent / Layouts.MaxExtent(shape)) - 3));
        }

        return shape;
    }

    private int NextBatchSize(int count)
    {
        if (count == 0)
        {
            return 1 + this.random.Below(8);
        }

        int size = 1 + this.random.Below(count);
        while (count % size != 0)
        {
            size--;
        }

        return size;
    }

    private OperandPlacement NextPlacement() =>
        new((Edge)this.random.Below(2), this.NextOffset(), this.NextOffset(), this.NextOffset());

    private int NextOffset() => this.random.Below(2) == 0 ? 0 : this.random.Below(MaxOffset);

    private DestinationPlacement NextDestination(MemorySource source, int count) =>
        new(source, Length: source == MemorySource.Own && this.random.Below(4) == 0 ? count + this.random.Below(MaxOffset) : count);
}
