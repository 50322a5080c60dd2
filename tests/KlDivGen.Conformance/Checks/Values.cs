using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Data;
using KlDivGen.Conformance.Memory;
using KlDivGen.Conformance.Oracle;

namespace KlDivGen.Conformance.Checks;

/// <summary>Finite values at every length and alignment, within the contract's bounds around exact arithmetic.</summary>
internal static class Values
{
    private static readonly int[] LargeLengths = [2047, 2048, 2049, 4095, 4096, 4097, 100_003], FewLengths = [2049, 4097, 20_011];

    /// <summary>Lengths from 0 to 300, with operands that end at a guard page and with operands that begin after one.</summary>
    public static Check Lengths { get; } = new("lengths", _ => true, (kernel, memory) =>
        from length in Enumerable.Range(0, 301)
        from edge in Enum.GetValues<Edge>()
        from error in Verify(kernel, memory, Datasets.Short(kernel.Settings), length, new(edge))
        select error);

    /// <summary>Every alignment of each operand, alone and together.</summary>
    public static Check Alignment { get; } = new("alignment", _ => true, (kernel, memory) =>
        from length in (int[])[5, 31, 64, 167]
        from offset in Enumerable.Range(1, 16)
        from placement in (OperandPlacement[])
        [
            new(Edge.Start, offset, offset, offset),
            new(Edge.Start, offset, 0, 0),
            new(Edge.Start, 0, offset, 3),
            new(Edge.Start, 1, 2, offset),
        ]
        from error in Verify(kernel, memory, Datasets.Short(kernel.Settings), length, placement)
        select error);

    /// <summary>Lengths around powers of two, at which blocks may end, and a large prime.</summary>
    public static Check Large { get; } = new("large", _ => true, (kernel, memory) =>
        from length in kernel.Settings is { Outputs: Outputs.Loss, IsTensor: false } ? LargeLengths : FewLengths
        from error in Verify(kernel, memory, Datasets.Large(kernel.Settings), length, OperandPlacement.AtEnd)
        select error);

    /// <summary>Targets over the whole range of their type.</summary>
    public static Check Wide { get; } = new("wide", _ => true, (kernel, memory) =>
        Verify(kernel, memory, Datasets.Wide(kernel.Settings), 2000, OperandPlacement.AtEnd));

    /// <summary>Inputs near log y, where the difference log y − x cancels.</summary>
    public static Check Near { get; } = new("near", _ => true, (kernel, memory) =>
        Verify(kernel, memory, Datasets.Near(kernel.Settings), 2000, OperandPlacement.AtStart));

    /// <summary>Inputs so near log y that only the second term of a reduction's error bound holds.</summary>
    public static Check Cancelling { get; } = new("cancelling", _ => true, (kernel, memory) =>
        from length in (int[])[1, 8, 33, 100]
        from error in Verify(kernel, memory, Datasets.Cancelling(kernel.Settings), length, OperandPlacement.AtEnd)
        select error);

    /// <summary>Sums of equal elements, which drift if they are rounded in one direction.</summary>
    public static Check Constant { get; } = new("constant", s => s.ReturnsLoss, (kernel, memory) =>
        from length in (int[])[100, 4099, 30_011]
        from error in Verify(kernel, memory, Datasets.Constant(kernel.Settings), length, OperandPlacement.AtEnd)
        select error);

    /// <summary>With a log target and x equal to y bit for bit, the loss is exactly 0, even if exp(y) overflows.</summary>
    public static Check Equal { get; } = new("equal", s => s.LogTarget && s.HasLoss && s.Input == s.Target, (kernel, memory) =>
        from length in (int[])[1, 2, 7, 33, 100, 257, 400]
        from error in VerifyZeros(kernel, memory, length)
        select error);

    /// <summary>Calls a method with the first elements of a dataset.</summary>
    private static IEnumerable<string> Verify(KernelCase kernel, OperandMemory memory, Dataset dataset, int length, OperandPlacement placement) =>
        ResultVerifier.FindErrors(kernel, memory, dataset, dataset.CreateCall(0, length) with { Placement = placement });

    private static IEnumerable<string> VerifyZeros(KernelCase kernel, OperandMemory memory, int length)
    {
        double limit = Math.Log(kernel.Settings.ComputeFormat.Max) * 1.2;
        double[] data = new RandomSource((ulong)length).Fill(length, FloatFormat.Of(kernel.Settings.Target), r => r.Uniform(-limit, limit));
        CallResult result = kernel.Run(memory, new(data, data) { BatchSize = length, GradOutputs = data });
        if (kernel.Settings.ReturnsLoss && result.Returned != 0)
        {
            yield return $"n = {length}: returned {result.Returned:R}, not 0";
        }

        for (int i = 0; i < result.Output.Length; i++)
        {
            if (result.Output[i] != 0)
            {
                yield return $"n = {length}: output {result.Output[i]:R}, not 0, at x = y = {data[i]:R}";
            }
        }
    }
}
