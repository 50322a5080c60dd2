using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Data;
using KlDivGen.Conformance.Memory;

namespace KlDivGen.Conformance.Rows;

/// <summary>Destinations that are exactly the memory of a source.</summary>
internal static class RowInPlace
{
    private static readonly int[] Lengths = [1, 2, 5, 8, 16, 31, 64, 100, 257, 1031];

    /// <summary>The combinations of memory that a method can be called with.</summary>
    public static IEnumerable<(MemorySource Output, MemorySource GradInput, MemorySource GradTarget)> CombinationsFor(RowCase kernel)
    {
        RowSettings settings = kernel.Settings;
        List<MemorySource> ofClasses = [MemorySource.Own];
        if (kernel.Sizes.Input == kernel.Sizes.Destination)
        {
            ofClasses.Add(MemorySource.Input);
        }

        if (kernel.Sizes.Target == kernel.Sizes.Destination)
        {
            ofClasses.Add(MemorySource.Target);
        }

        if (settings.MixesGradOutputs)
        {
            ofClasses.Add(MemorySource.GradOutput);
        }

        List<MemorySource> ofOutput = settings.IsPerRow ? [MemorySource.Own] : ofClasses;
        if (settings is { HasGradOutputs: true, IsPerRow: true })
        {
            ofOutput = [.. ofOutput, MemorySource.GradOutput];
        }

        return
            from output in settings.HasOutput ? ofOutput : [MemorySource.Own]
            from gradInput in settings.HasGradInput ? ofClasses : [MemorySource.Own]
            from gradTarget in settings.HasGradTarget ? ofClasses : [MemorySource.Own]
            let used = ((MemorySource[])[output, gradInput, gradTarget]).Where(source => source != MemorySource.Own).ToArray()
            where used.Distinct().Count() == used.Length
            select (output, gradInput, gradTarget);
    }

    public static IEnumerable<string> Run(RowCase kernel, OperandMemory memory)
    {
        RandomSource random = new(95);
        foreach ((MemorySource output, MemorySource gradInput, MemorySource gradTarget) in CombinationsFor(kernel))
        {
            foreach (RowVariant variant in (RowVariant[])[new(1, 0, 6, 2), new(1, 0, 200, 1)])
            {
                foreach (int length in Lengths)
                {
                    int rows = length < 10 ? RowData.GroupRows : length is 31 or 257 ? RowData.GroupAndOne : 1 + random.Below(3);
                    RowData data = RowData.Draw(kernel.Settings, random, variant, rows, length);
                    RowCall call = data.CreateCall(kernel.Settings) with
                    {
                        Output = new(output),
                        GradInput = new(gradInput),
                        GradTarget = new(gradTarget),
                    };
                    foreach (string error in RowVerifier.FindErrors(kernel, memory, data, call))
                    {
                        yield return $"output over {output}, gradInput over {gradInput}, gradTarget over {gradTarget}: {error}";
                    }
                }
            }
        }
    }
}
