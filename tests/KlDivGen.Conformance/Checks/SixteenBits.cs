using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Memory;
using KlDivGen.Conformance.Oracle;

namespace KlDivGen.Conformance.Checks;

/// <summary>
/// All 65,536 values of each 16-bit operand, decoded by a method that writes a result for each element. Where T has 16 bits, ∂/∂x, which
/// is a target's value again, also encodes them all.
/// </summary>
internal static class SixteenBits
{
    private const int Values = 1 << 16;

    public static Check Check { get; } = new(
        "sixteen-bits",
        s => s.Writes && s.Reduction != Reduction.Mean && (s.Input.HasSixteenBits() || s.Target.HasSixteenBits()),
        (kernel, memory) => Verify(kernel, memory, true).Concat(Verify(kernel, memory, false)));

    /// <summary>Calls a method with all values of one operand, beside an ordinary value of the other.</summary>
    private static IEnumerable<string> Verify(KernelCase kernel, OperandMemory memory, bool isInput)
    {
        Settings settings = kernel.Settings;
        ElementType type = isInput ? settings.Input : settings.Target;
        if (!type.HasSixteenBits())
        {
            return [];
        }

        double[] all = [.. Enumerable.Range(0, Values).Select(bits => FloatFormat.Of(type).FromBits((ushort)bits))];
        double[] ordinary = [.. Enumerable.Repeat(isInput && !settings.LogTarget ? 0.5 : -1.5, Values)];
        double[] gradOutputs = [.. Enumerable.Repeat(-1.0, Values)];
        Dataset dataset = isInput ? new(settings.LogTarget, all, ordinary, gradOutputs) : new(settings.LogTarget, ordinary, all, gradOutputs);
        return ResultVerifier.FindErrors(kernel, memory, dataset, dataset.CreateCall(0, Values, gradOutput: -1) with { BatchSize = 1 });
    }
}
