using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Data;
using KlDivGen.Conformance.Memory;
using KlDivGen.Conformance.Oracle;

namespace KlDivGen.Conformance.Checks;

/// <summary>
/// Every NaN of a deterministic method has the same bits, although processors and operands have different ones: the mean of nothing, and
/// what special values give.
/// </summary>
internal static class NaNs
{
    public static Check Check { get; } = new("nan", s => s.Deterministic, Verify);

    private static IEnumerable<string> Verify(KernelCase kernel, OperandMemory memory)
    {
        Dataset specials = SpecialValues.Pairs(kernel.Settings);
        IEnumerable<double> values =
            from length in (int[])[0, 1, 7, 40, specials.Length]
            let result = kernel.Run(memory, specials.CreateCall(specials.Length - length, length) with { BatchSize = 1 })
            from value in (IEnumerable<double>)[kernel.Settings.ReturnsLoss ? result.Returned : 0, .. result.Written.SelectMany(v => v)]
            where double.IsNaN(value)
            select value;
        return values.Select(BitConverter.DoubleToInt64Bits).Distinct().Where(bits => bits != BitConverter.DoubleToInt64Bits(double.NaN))
            .Select(bits => $"NaN has the bits {bits:X16}");
    }
}
