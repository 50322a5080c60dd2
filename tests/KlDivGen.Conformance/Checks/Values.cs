using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Columns;
using KlDivGen.Conformance.Data;
using KlDivGen.Conformance.Memory;
using KlDivGen.Conformance.Oracle;

namespace KlDivGen.Conformance.Checks;

/// <summary>Ordinary values, at every length and alignment, within the contract's bounds of exact arithmetic.</summary>
internal static class Values
{
    private static readonly int[] LargeLengths = [2047, 2048, 2049, 4095, 4096, 4097, 100_003], FewLengths = [2049, 4097, 20_011];

    /// <summary>Lengths 0 to 300, with operands that end at a guard page and that begin after one.</summary>
    public static Check Lengths { get; } = new("lengths", _ => true, (column, arena) =>
        from length in Enumerable.Range(0, 301)
        from edge in Enum.GetValues<Edge>()
        from wrong in First(column, arena, Samples.Short(column.Settings), length, new(edge))
        select wrong);

    /// <summary>Every alignment of each operand, alone and together.</summary>
    public static Check Alignment { get; } = new("alignment", _ => true, (column, arena) =>
        from length in (int[])[5, 31, 64, 167]
        from offset in Enumerable.Range(1, 16)
        from placement in (Placement[])
        [
            new(Edge.Start, offset, offset, offset),
            new(Edge.Start, offset, 0, 0),
            new(Edge.Start, 0, offset, 3),
            new(Edge.Start, 1, 2, offset),
        ]
        from wrong in First(column, arena, Samples.Short(column.Settings), length, placement)
        select wrong);

    /// <summary>Lengths around powers of two, where blocks may end, and one that is large and prime.</summary>
    public static Check Large { get; } = new("large", _ => true, (column, arena) =>
        from length in column.Settings is { Outputs: Outputs.Loss, Tensor: false } ? LargeLengths : FewLengths
        from wrong in First(column, arena, Samples.Large(column.Settings), length, Placement.AtEnd)
        select wrong);

    /// <summary>The whole range of the target's type.</summary>
    public static Check Wide { get; } = new("wide", _ => true, (column, arena) =>
        First(column, arena, Samples.Wide(column.Settings), 2000, Placement.AtEnd, true));

    /// <summary>The difference log y − x where it nearly cancels.</summary>
    public static Check Near { get; } = new("near", _ => true, (column, arena) =>
        First(column, arena, Samples.Near(column.Settings), 2000, Placement.AtStart, true));

    /// <summary>The same element everywhere: sums of equal values are where a careless order of summation drifts.</summary>
    public static Check Constant { get; } = new("constant", s => s.HasLoss && s.Return is not null, (column, arena) =>
        from length in (int[])[100, 4099, 30_011]
        from wrong in First(column, arena, Repeated(column.Settings), length, Placement.AtEnd)
        select wrong);

    /// <summary>With x equal to y bit for bit the loss is exactly 0, even where exp(y) overflows.</summary>
    public static Check Equal { get; } = new("equal", s => s.LogTarget && s.HasLoss && s.Input == s.Target, (column, arena) =>
        from length in (int[])[1, 2, 7, 33, 100, 257, 400]
        from wrong in Zeros(column, arena, length)
        select wrong);

    /// <summary>Calls a method with the first elements of a sample.</summary>
    private static IEnumerable<string> First(
        Column column, Arena arena, Sample sample, int length, Placement placement, bool near = false)
    {
        var call = new Call(sample.X.AsMemory(0, length), sample.Y.AsMemory(0, length))
        {
            BatchSize = Judge.BatchOf(length),
            GradOutput = column.Settings.Upstream ? -0.8125 : 1,
            Placement = placement,
        };
        return Judge.Wrong(sample, column.Settings, call, column.Run(arena, call), near: near);
    }

    private static Sample Repeated(Settings settings) => Samples.Get("constant", settings, (x, y) => new(
        settings.LogTarget,
        [.. Enumerable.Repeat(x.Round(-2.3456), 30_011)],
        [.. Enumerable.Repeat(y.Round(settings.LogTarget ? -1.2345 : 0.3), 30_011)]));

    private static IEnumerable<string> Zeros(Column column, Arena arena, int length)
    {
        var random = new RandomSource((ulong)length);
        var format = Format.Of(column.Settings.Target);
        double limit = Math.Log(column.Settings.Computed.Max) * 1.2;
        double[] data = random.Fill(length, format, r => r.Uniform(-limit, limit));
        var outcome = column.Run(arena, new(data, data) { BatchSize = length });
        bool zero = column.Settings.WritesLoss ? outcome.Output.All(v => v == 0) : outcome.Returned == 0;
        if (!zero)
        {
            int i = Array.FindIndex(outcome.Output, v => v != 0);
            yield return i < 0 ? $"n = {length}: returned {outcome.Returned:R}, not 0"
                : $"n = {length}: output {outcome.Output[i]:R}, not 0, at x = y = {data[i]:R}";
        }
    }
}
