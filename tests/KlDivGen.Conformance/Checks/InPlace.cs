using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Data;
using KlDivGen.Conformance.Memory;
using KlDivGen.Conformance.Oracle;

namespace KlDivGen.Conformance.Checks;

/// <summary>Destinations that are exactly the memory of a source.</summary>
internal static class InPlace
{
    private static readonly int[] Lengths = [1, 2, 3, 7, 8, 9, 16, 31, 33, 64, 65, 100, 129, 257, 300];

    private static readonly (MemorySource Output, MemorySource GradInput, MemorySource GradTarget)[] Combinations =
    [
        (MemorySource.Input, MemorySource.Own, MemorySource.Own),
        (MemorySource.Target, MemorySource.Own, MemorySource.Own),
        (MemorySource.GradOutput, MemorySource.Own, MemorySource.Own),
        (MemorySource.Own, MemorySource.Input, MemorySource.Own),
        (MemorySource.Own, MemorySource.Own, MemorySource.Target),
        (MemorySource.Own, MemorySource.Input, MemorySource.Target),
        (MemorySource.Input, MemorySource.Own, MemorySource.Target),
        (MemorySource.Target, MemorySource.Input, MemorySource.Own),
        (MemorySource.Own, MemorySource.GradOutput, MemorySource.Own),
        (MemorySource.Own, MemorySource.Own, MemorySource.GradOutput),
        (MemorySource.Own, MemorySource.GradOutput, MemorySource.Target),
        (MemorySource.GradOutput, MemorySource.Target, MemorySource.Input),
    ];

    public static Check Check { get; } = new("in-place", s => s.Writes, Run);

    /// <summary>The combinations that a method can be called with, each once.</summary>
    public static IEnumerable<(MemorySource Output, MemorySource GradInput, MemorySource GradTarget)> CombinationsFor(KernelCase kernel)
    {
        (Settings settings, (int Input, int Target, int Destination) sizes) = (kernel.Settings, kernel.Sizes);
        bool Fits(MemorySource source) => source switch
        {
            MemorySource.Input => sizes.Input == sizes.Destination,
            MemorySource.Target => sizes.Target == sizes.Destination,
            MemorySource.GradOutput => settings.HasGradOutputs,
            _ => true,
        };
        return Combinations.Where(c => Fits(c.Output) && Fits(c.GradInput) && Fits(c.GradTarget)).Select(c => (
            settings.WritesLoss ? c.Output : MemorySource.Own,
            settings.HasGradInput ? c.GradInput : MemorySource.Own,
            settings.HasGradTarget ? c.GradTarget : MemorySource.Own)).Distinct();
    }

    private static IEnumerable<string> Run(KernelCase kernel, OperandMemory memory)
    {
        Dataset dataset = Datasets.Short(kernel.Settings);
        return
            from combination in CombinationsFor(kernel)
            from length in Lengths
            let call = dataset.CreateCall(0, length) with
            {
                Output = new(combination.Output),
                GradInput = new(combination.GradInput),
                GradTarget = new(combination.GradTarget),
            }
            from error in ResultVerifier.FindErrors(kernel, memory, dataset, call)
            select $"output over {combination.Output}, gradInput over {combination.GradInput}, gradTarget over {combination.GradTarget}: {error}";
    }
}
