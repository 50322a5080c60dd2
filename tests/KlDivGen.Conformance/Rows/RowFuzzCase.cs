using KlDivGen.CompilerServices;
using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Checks;
using KlDivGen.Conformance.Data;
using KlDivGen.Conformance.Memory;

namespace KlDivGen.Conformance.Rows;

/// <summary>One random call of one random method that computes row by row.</summary>
internal sealed class RowFuzzCase
{
    private readonly RandomSource random;

    /// <summary>Chooses a method.</summary>
    /// <param name="kernels">The methods to choose from.</param>
    /// <param name="seed">Determines the whole case.</param>
    public RowFuzzCase(RowCase[] kernels, ulong seed)
    {
        this.random = new(seed);
        this.Kernel = kernels[this.random.Below(kernels.Length)];
    }

    public RowCase Kernel { get; }

    /// <summary>A hash of the results, if they have the same bits on every machine; otherwise 0.</summary>
    public ulong Hash { get; private set; }

    /// <summary>Calls the method and describes every wrong result.</summary>
    public IEnumerable<string> Run(OperandMemory memory)
    {
        RowVariant variant = new(
            this.Choose(0, 1e-6, 1e-3, 0.1, 1, 10, 100), this.Choose(0, 0, 0, 1, -30, 1000, -1000), this.Choose(1, 4, 8, 30, 150, 1000),
            this.Choose(0.1, 0.5, 1, 1, 2, 7, 20));
        return this.Kernel.Settings.IsTensor && this.random.Below(2) == 0
            ? RowTensors.Verify(this.Kernel, memory, this.random, this.NextShape(), variant)
            : this.RunDense(memory, variant);
    }

    private IEnumerable<string> RunDense(OperandMemory memory, RowVariant variant)
    {
        (int rows, int classes) = this.NextSize();
        RowData data = this.NextData(variant, rows, classes);
        (MemorySource Output, MemorySource GradInput, MemorySource GradTarget)[] inPlace = [.. RowInPlace.CombinationsFor(this.Kernel)];
        (MemorySource Output, MemorySource GradInput, MemorySource GradTarget) sources = inPlace[this.random.Below(inPlace.Length)];
        RowCall call = data.CreateCall(this.Kernel.Settings) with
        {
            Placement = this.NextPlacement(),
            Output = new(sources.Output),
            GradInput = new(sources.GradInput),
            GradTarget = new(sources.GradTarget),
            MaxDegreeOfParallelism = this.Choose(ParallelCalls.Degrees),
        };
        CallResult result = this.Kernel.Run(memory, call);
        IEnumerable<string> differences = this.Kernel.Settings.IsParallel ? RowParallel.FindDifferences(this.Kernel, memory, call, result) : [];
        foreach (string error in RowVerifier.FindErrors(this.Kernel.Settings, data, result, data.Rows).Concat(differences))
        {
            yield return $"{variant}, {data.Rows} rows of {classes} classes, {sources}, {call.Placement}: {error}";
        }

        if (this.Kernel.Settings.Deterministic)
        {
            this.Hash = Checks.Hash.Add(0, result);
            if (!this.Kernel.Run(memory, call with { Placement = this.NextPlacement() }).HasSameBits(result))
            {
                yield return $"{variant}, {data.Rows} rows of {classes} classes, {call.Placement}: different bits elsewhere";
            }
        }
    }

    /// <summary>Few rows, enough for groups side by side, and for several threads now and then so many that each gets a piece.</summary>
    private (int Rows, int Classes) NextSize()
    {
        int classes = 1 + this.random.Below(this.Choose(4, 20, 100, 700, 5000));
        if (this.Kernel.Settings.IsParallel && this.random.Below(12) == 0)
        {
            return (1 + (ParallelLoop.MinElements / classes) + this.random.Below(1 + (30_000 / classes)), classes);
        }

        int maxRows = classes < 130 ? 40 : classes < 400 || (classes < 2100 && this.random.Below(8) == 0) ? 20 : 2;
        return (1 + this.random.Below(this.Choose(2, classes < 100 ? 8 : 2, maxRows)), classes);
    }

    /// <summary>
    /// Rows of which none, few or a third are masked, and one of which may hold special values: groups side by side are complete, or have
    /// one row that needs to be computed alone.
    /// </summary>
    private RowData NextData(RowVariant variant, int rows, int classes)
    {
        RowSettings settings = this.Kernel.Settings;
        RowData data = RowData.Draw(settings with { HasMask = false }, this.random, variant, rows, classes);

        // Beside probabilities, 0 times ∞ would depend on whether an exponential is a number of the kernel's type or 0.
        bool isNarrow = variant is { Spread: <= 8, Temperature: >= 0.5 };
        if (this.random.Below(4) == 0 && (isNarrow || settings.Form == RowForm.Pair))
        {
            RowSpecials.Place(settings, data, this.random.Below(rows), this.random);
        }

        if (!settings.HasMask)
        {
            return data;
        }

        int oneIn = this.Choose(int.MaxValue, int.MaxValue, 20, 3);
        return RowMasks.WithMask(data, [.. Enumerable.Range(0, rows).Select(_ => this.random.Below(oneIn) > 0)]);
    }

    private nint[] NextShape()
    {
        nint[] shape = new nint[1 + this.random.Below(4)];
        for (int i = 0; i < shape.Length - 1; i++)
        {
            shape[i] = 1 + this.random.Below(4);
        }

        shape[^1] = 1 + this.random.Below(shape.Length == 1 ? 3000 : 60);
        return shape;
    }

    private OperandPlacement NextPlacement() => new((Edge)this.random.Below(2), this.random.Below(9), this.random.Below(9), this.random.Below(9));

    private T Choose<T>(params ReadOnlySpan<T> values) => values[this.random.Below(values.Length)];
}
