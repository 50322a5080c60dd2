using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Data;
using KlDivGen.Conformance.Memory;

namespace KlDivGen.Conformance.Rows;

/// <summary>Gradients are what the loss changes by: central differences of the loss in double.</summary>
internal static class RowDifferences
{
    private const int Classes = 9;

    public static IEnumerable<string> Run(RowCase kernel, OperandMemory memory)
    {
        RowSettings settings = kernel.Settings;
        if (!(settings.HasGradInput || settings.HasGradTarget))
        {
            yield break;
        }

        const double Step = 1.0 / (1 << 17);
        RowData data = RowData.Draw(settings with { HasMask = false }, new(97), new(1, 0, 4, 1.5), 2, Classes);
        RowCall call = data.CreateCall(settings) with { Mask = settings.HasMask ? [true, true] : [] };
        CallResult result = kernel.Run(memory, call);
        double gradOutput = settings.GradOutput is null || settings.HasGradOutputs ? 1 : call.GradOutput;
        for (int i = 0; i < data.X.Length; i++)
        {
            double byInput = (Loss(call.X, i, Step, isInput: true) - Loss(call.X, i, -Step, isInput: true)) / (2 * Step) * gradOutput;
            double byTarget = (Loss(call.Y, i, Step, isInput: false) - Loss(call.Y, i, -Step, isInput: false)) / (2 * Step) * gradOutput;
            if (settings.HasGradInput && Math.Abs(byInput - result.GradInput[i]) > 1e-8)
            {
                yield return $"element {i}: gradInput {result.GradInput[i]:R}, but the loss changes by {byInput:R}";
            }

            // Near 0, the logarithm of a probability changes too fast for differences.
            bool isComparable = settings.LogTarget || settings.TargetLogits || call.Y[i] > 0.1;
            if (settings.HasGradTarget && isComparable && Math.Abs(byTarget - result.GradTarget[i]) > 1e-8)
            {
                yield return $"element {i}: gradTarget {result.GradTarget[i]:R}, but the loss changes by {byTarget:R}";
            }
        }

        double Loss(double[] values, int index, double step, bool isInput)
        {
            double[] changed = [.. values];
            changed[index] += step;
            CallResult result = kernel.Run(memory, isInput ? call with { X = changed } : call with { Y = changed });
            return settings.Return is not null ? result.Returned
                : settings.HasGradOutputs ? result.Output.Zip(call.GradOutputs, (loss, upstream) => loss * upstream).Sum()
                : result.Output.Sum();
        }
    }
}
