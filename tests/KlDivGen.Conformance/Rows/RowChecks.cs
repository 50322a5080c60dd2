using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Checks;
using KlDivGen.Conformance.Data;
using KlDivGen.Conformance.Matrix;
using KlDivGen.Conformance.Memory;

namespace KlDivGen.Conformance.Rows;

/// <summary>A property that every method it applies to must have, like <see cref="Check"/> for methods that compute row by row.</summary>
/// <param name="Name">The name on the command line and in tests.</param>
/// <param name="Applies">Selects the methods.</param>
/// <param name="Run">Describes the errors of one method.</param>
internal sealed record RowCheck(string Name, Func<RowSettings, bool> Applies, Func<RowCase, OperandMemory, IEnumerable<string>> Run);

/// <summary>All checks of methods that compute row by row.</summary>
internal static class RowChecks
{
    private static readonly int[] Lengths =
        [1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 23, 31, 32, 33, 63, 64, 65, 100, 127, 129, 255, 257, 513, 1000, 1031];

    /// <summary>The checks. Those whose errors are easiest to understand come first.</summary>
    public static IReadOnlyList<RowCheck> Checks { get; } =
    [
        new("row-references", RowReferences.Applies, RowReferences.Run),
        new("row-values", _ => true, VerifyValues),
        new("row-groups", s => s is { Form: RowForm.Pair, IsTensor: false } && s.PromotedType != ElementType.Double, VerifyGroups),
        new("row-large", _ => true, VerifyLarge),
        new("row-equal", s => s.Form == RowForm.Pair && !s.MixesGradOutputs, VerifyEqual),
        new("row-specials", s => s.InputLogits || s.TargetLogits, RowSpecials.Run),
        new("row-masks", s => s.HasMask, RowMasks.Run),
        new("row-in-place", s => s.Outputs != Outputs.Loss || s.HasOutput, RowInPlace.Run),
        new("row-layouts", s => s.IsTensor, RowTensors.Run),
        new("row-arguments", s => !s.IsTensor, RowArguments.Run),
        new("row-differences", s => s is { PromotedType: ElementType.Double, HasLoss: true }, RowDifferences.Run),
        new("row-parallel", s => s.IsParallel, RowParallel.Run),
        new("row-bits", s => s.Deterministic, VerifyBits),
        new("row-allocation", _ => true, VerifyAllocation),
    ];

    /// <summary>Runs a check on each method of a group that it applies to.</summary>
    /// <param name="check">The name of the check.</param>
    /// <param name="group">The name of the group.</param>
    public static IEnumerable<CheckResult> Run(string check, string group)
    {
        RowCheck chosen = Checks.Single(c => c.Name == check);
        using OperandMemory memory = new();
        foreach (RowCase kernel in RowGroups.Get(group).Where(c => chosen.Applies(c.Settings)))
        {
            yield return CheckResult.Create(check, kernel.Title, chosen.Run(kernel, memory));
        }
    }

    private static IEnumerable<string> VerifyValues(RowCase kernel, OperandMemory memory)
    {
        RandomSource random = new(71);
        foreach (RowVariant variant in RowVariant.All)
        {
            foreach (int length in Lengths)
            {
                int rows = length < 40 ? 1 + random.Below(4) : 1 + random.Below(2);
                RowData data = RowData.Draw(kernel.Settings, random, variant, rows, length);
                RowCall call = data.CreateCall(kernel.Settings) with
                {
                    Placement = new((Edge)random.Below(2), random.Below(9), random.Below(9), random.Below(9)),
                };
                foreach (string error in RowVerifier.FindErrors(kernel, memory, data, call))
                {
                    yield return $"{variant}: {error}";
                }
            }
        }
    }

    /// <summary>So many rows that they are computed side by side, with some left over, to the longest that are.</summary>
    private static IEnumerable<string> VerifyGroups(RowCase kernel, OperandMemory memory)
    {
        RandomSource random = new(76);

        // In the last one, some rows of a group need their sums again.
        foreach (RowVariant variant in (RowVariant[])[.. RowVariant.All, new(8, 0, 6, 1)])
        {
            int[] longer = variant == RowVariant.All[0] ? [600, 2048, 2049] : [];
            foreach (int length in (int[])[1, 2, 3, 4, 5, 7, 8, 9, 12, 16, 23, 33, 64, 100, 129, 255, 256, 257, .. longer])
            {
                RowData data = RowData.Draw(kernel.Settings, random, variant, RowData.GroupRows, length);
                RowCall call = data.CreateCall(kernel.Settings) with
                {
                    Placement = new((Edge)random.Below(2), random.Below(9), random.Below(9), random.Below(9)),
                };
                foreach (string error in RowVerifier.FindErrors(kernel, memory, data, call))
                {
                    yield return $"{variant}: {error}";
                }
            }
        }
    }

    /// <summary>Rows of several blocks.</summary>
    private static IEnumerable<string> VerifyLarge(RowCase kernel, OperandMemory memory)
    {
        RandomSource random = new(72);
        foreach (RowVariant variant in (RowVariant[])[new(1, 0, 8, 2), new(1e-3, 0, 8, 1), new(1, 0, 150, 1)])
        {
            RowData data = RowData.Draw(kernel.Settings, random, variant, 1, 9001);
            foreach (string error in RowVerifier.FindErrors(kernel, memory, data))
            {
                yield return $"{variant}: {error}";
            }
        }
    }

    /// <summary>Equal logits have no loss and no gradient at all, however far they are from each other within the row.</summary>
    private static IEnumerable<string> VerifyEqual(RowCase kernel, OperandMemory memory)
    {
        if (kernel.Settings.Input != kernel.Settings.Target)
        {
            yield break;
        }

        RandomSource random = new(73);
        foreach ((double spread, double temperature) in ((double, double)[])[(6, 1), (6, 0.3), (200, 1), (1e4, 7), (3, 0.1)])
        {
            foreach (int length in (int[])[1, 2, 7, 8, 33, 100, 257, 3001])
            {
                int rows = length < 10 ? RowData.GroupRows : length is 33 or 257 ? RowData.GroupAndOne : 2;
                RowData data = RowData.Draw(kernel.Settings, random, new(0, 0, spread, temperature), rows, length);
                CallResult result = kernel.Run(memory, data.CreateCall(kernel.Settings) with { GradOutput = 3 });
                bool isZero = result.Written.SelectMany(values => values).All(value => value == 0)
                    && (kernel.Settings.Return is null || result.Returned == 0);
                if (!isZero)
                {
                    yield return $"{length} classes, T = {temperature}, spread {spread}: not 0 for equal logits";
                }
            }
        }
    }

    /// <summary>The bits of a deterministic method do not depend on where its operands lie, and every NaN has the same.</summary>
    private static IEnumerable<string> VerifyBits(RowCase kernel, OperandMemory memory)
    {
        RandomSource random = new(74);
        foreach (int length in (int[])[1, 5, 16, 33, 64, 100, 300, 2100])
        {
            RowData data = RowData.Draw(kernel.Settings, random, new(1, 0, 6, 1.5), 3, length);
            data.X[^1] = double.NaN;
            RowCall call = data.CreateCall(kernel.Settings);
            CallResult first = kernel.Run(memory, call);
            for (int offset = 0; offset < 9; offset++)
            {
                if (!kernel.Run(memory, call with { Placement = new((Edge)(offset & 1), offset, 2 * offset, 3 * offset) }).HasSameBits(first))
                {
                    yield return $"{length} classes, offset {offset}: different bits";
                }
            }

            IEnumerable<double> values = first.Written.SelectMany(v => v).Append(first.Returned);
            if (values.Any(value => double.IsNaN(value) && !Bits.Equal(value, double.NaN)))
            {
                yield return $"{length} classes: a NaN has other bits";
            }
        }
    }

    private static IEnumerable<string> VerifyAllocation(RowCase kernel, OperandMemory memory)
    {
        RowData data = RowData.Draw(kernel.Settings, new(75), new(1, 0, 6, 1.5), 4, 100);
        long bytes = kernel.MeasureAllocation(memory, data.CreateCall(kernel.Settings));
        return bytes == 0 ? [] : [$"{bytes} bytes allocated"];
    }
}
