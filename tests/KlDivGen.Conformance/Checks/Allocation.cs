using KlDivGen.Conformance.Columns;
using KlDivGen.Conformance.Data;

namespace KlDivGen.Conformance.Checks;

/// <summary>No kernel allocates, whatever its tail.</summary>
internal static class Allocation
{
    public static Check Check { get; } = new("allocation", _ => true, (column, arena) =>
        from length in (int[])[0, 3, 8, 37, 300]
        let sample = Samples.Short(column.Settings)
        let call = new Call(sample.X.AsMemory(0, length), sample.Y.AsMemory(0, length)) { BatchSize = Judge.BatchOf(length) }
        let bytes = column.Allocated(arena, call)
        where bytes != 0
        select $"n = {length}: ten calls allocated {bytes} bytes");
}
