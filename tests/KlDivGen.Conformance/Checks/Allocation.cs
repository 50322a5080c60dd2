using KlDivGen.Conformance.Data;

namespace KlDivGen.Conformance.Checks;

/// <summary>No method allocates, whatever the length of its data.</summary>
internal static class Allocation
{
    public static Check Check { get; } = new("allocation", _ => true, (kernel, memory) =>
        from length in (int[])[0, 3, 8, 37, 300]
        let bytes = kernel.MeasureAllocation(memory, Datasets.Short(kernel.Settings).CreateCall(0, length))
        where bytes != 0
        select $"n = {length}: ten calls allocated {bytes} bytes");
}
