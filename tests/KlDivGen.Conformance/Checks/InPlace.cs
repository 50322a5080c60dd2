using KlDivGen.Conformance.Columns;
using KlDivGen.Conformance.Data;
using KlDivGen.Conformance.Memory;

namespace KlDivGen.Conformance.Checks;

/// <summary>Destinations that are exactly the memory of a source.</summary>
internal static class InPlace
{
    private static readonly int[] Lengths = [1, 2, 3, 7, 8, 9, 16, 31, 33, 64, 65, 100, 129, 257, 300];

    private static readonly (Over Output, Over GradInput, Over GradTarget)[] Ways =
    [
        (Over.Input, Over.Own, Over.Own),
        (Over.Target, Over.Own, Over.Own),
        (Over.Own, Over.Input, Over.Own),
        (Over.Own, Over.Own, Over.Target),
        (Over.Own, Over.Input, Over.Target),
        (Over.Input, Over.Own, Over.Target),
        (Over.Target, Over.Input, Over.Own),
        (Over.Own, Over.GradOutput, Over.Own),
        (Over.Own, Over.Own, Over.GradOutput),
        (Over.Own, Over.GradOutput, Over.Target),
    ];

    public static Check Check { get; } = new("in-place", s => s.WritesLoss || s.HasGradInput || s.HasGradTarget, Run);

    private static IEnumerable<string> Run(Column column, Arena arena)
    {
        var (settings, sample, sizes) = (column.Settings, Samples.Short(column.Settings), column.Sizes);
        bool Fits(Over over) => over switch
        {
            Over.Input => sizes.Input == sizes.Destination,
            Over.Target => sizes.Target == sizes.Destination,
            Over.GradOutput => settings is { Upstream: true, Reduction: Reduction.None },
            _ => true,
        };
        var used = Ways.Where(way => Fits(way.Output) && Fits(way.GradInput) && Fits(way.GradTarget)).Select(way => (
            settings.WritesLoss ? way.Output : Over.Own,
            settings.HasGradInput ? way.GradInput : Over.Own,
            settings.HasGradTarget ? way.GradTarget : Over.Own)).Distinct();
        return
            from way in used
            from length in Lengths
            let call = new Call(sample.X.AsMemory(0, length), sample.Y.AsMemory(0, length))
            {
                BatchSize = Judge.BatchOf(length),
                GradOutput = settings.Upstream ? 1.25 : 1,
                Output = new(way.Item1),
                GradInput = new(way.Item2),
                GradTarget = new(way.Item3),
            }
            from wrong in Judge.Wrong(sample, settings, call, column.Run(arena, call))
            select $"output over {way.Item1}, gradInput over {way.Item2}, gradTarget over {way.Item3}: {wrong}";
    }
}
