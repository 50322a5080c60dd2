using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Data;
using KlDivGen.Conformance.Memory;

namespace KlDivGen.Conformance.Rows;

/// <summary>The contract's errors: the right exception, which names the right parameter, before anything is written.</summary>
internal static class RowArguments
{
    private const int Rows = 4;
    private const int Classes = 5;

    public static IEnumerable<string> Run(RowCase kernel, OperandMemory memory)
    {
        foreach (InvalidCall invalid in InvalidCalls(kernel))
        {
            CallResult result = kernel.Run(memory, invalid.Call);
            bool isRight = result.Error is ArgumentException error && error.ParamName == invalid.Parameter
                && error is ArgumentOutOfRangeException == invalid.IsOutOfRange;
            if (!isRight || result.UnexpectedWrite is not null)
            {
                string thrown = result.Error is null ? "nothing" : $"{result.Error.GetType().Name} for '{(result.Error as ArgumentException)?.ParamName}'";
                yield return $"{invalid.Description}: threw {thrown}, not for '{invalid.Parameter}'; {result.UnexpectedWrite}";
            }
        }

        RowSettings settings = kernel.Settings;
        RowData empty = new(Classes, [], [], [], [], []);
        CallResult nothing = kernel.Run(memory, empty.CreateCall(settings));
        if (nothing.Error is not null || (settings.Return is not null && settings.Reduction != Reduction.Mean && nothing.Returned != 0))
        {
            yield return $"empty data: {nothing.Error?.Message ?? $"{nothing.Returned:R}"}";
        }
    }

    private static IEnumerable<InvalidCall> InvalidCalls(RowCase kernel)
    {
        RowSettings settings = kernel.Settings;
        RowData data = RowData.Draw(settings, new(99), RowVariant.All[0], Rows, Classes);
        RowCall valid = data.CreateCall(settings) with { Placement = new(Edge.End, 64, 64, 64) };
        yield return new("classes is 0", valid with { Classes = 0 }, "classes", true);
        yield return new("classes is negative", valid with { Classes = -5 }, "classes", true);
        yield return new("classes is int.MinValue", valid with { Classes = int.MinValue }, "classes", true);
        yield return new("classes does not divide the length", valid with { Classes = 3 }, "classes");
        yield return new("classes is larger than the length", valid with { Classes = 40 }, "classes");
        yield return new("the target is shorter", valid with { Y = valid.Y[..^1] }, "target");
        yield return new("the target is a row shorter", valid with { Y = valid.Y[..^Classes] }, "target");
        yield return new("the target is longer", valid with { Y = [.. valid.Y, 1] }, "target");
        if (settings.HasMask)
        {
            yield return new("the mask is shorter", valid with { Mask = valid.Mask[..^1] }, "mask");
            yield return new("the mask is longer", valid with { Mask = [.. valid.Mask, true] }, "mask");
        }

        if (settings.HasWeights)
        {
            yield return new("weights are missing", valid with { Weights = [] }, "weights");
            yield return new("there are too many weights", valid with { Weights = [.. valid.Weights, 1] }, "weights");
        }

        if (settings.HasGradOutputs)
        {
            yield return new("gradOutput is shorter", valid with { GradOutputs = valid.GradOutputs[..^1] }, "gradOutput");
            yield return new("gradOutput is longer", valid with { GradOutputs = [.. valid.GradOutputs, 1] }, "gradOutput");
        }

        if (settings.TakesTemperature)
        {
            // The reciprocals of the last two overflow: of the smallest positive numbers, and of one that only double can invert.
            double tooSmall = settings.ComputeFormat.ElementType == ElementType.Double ? 5e-309 : 2.9e-39;
            foreach (double temperature in (double[])
                [0, -1, double.NaN, double.PositiveInfinity, double.NegativeInfinity, settings.ComputeFormat.Epsilon, tooSmall])
            {
                yield return new($"the temperature is {temperature}", valid with { Temperature = temperature }, "temperature", true);
            }
        }

        foreach ((string name, int length, Func<DestinationPlacement, RowCall> with) in Destinations(settings, valid))
        {
            yield return new($"{name} is shorter", with(new(Length: length - 1)), name);
            yield return new($"{name} is empty", with(new(Length: 0)), name);
            bool isPerRow = name == "output" && settings.IsPerRow;
            foreach (int shift in (int[])[1, -1, Classes])
            {
                yield return new($"{name} overlaps the input, shifted by {shift}", with(new(MemorySource.Input, shift)), name);
                yield return new($"{name} overlaps the target, shifted by {shift}", with(new(MemorySource.Target, shift)), name);
            }

            if (isPerRow)
            {
                yield return new("output has the memory of the input", with(new(MemorySource.Input)), name);
            }
        }
    }

    private static IEnumerable<(string Name, int Length, Func<DestinationPlacement, RowCall> With)> Destinations(RowSettings settings, RowCall valid)
    {
        if (settings.HasOutput)
        {
            yield return ("output", settings.IsPerRow ? Rows : Rows * Classes, placement => valid with { Output = placement });
        }

        if (settings.HasGradInput)
        {
            yield return ("gradInput", Rows * Classes, placement => valid with { GradInput = placement });
        }

        if (settings.HasGradTarget)
        {
            yield return ("gradTarget", Rows * Classes, placement => valid with { GradTarget = placement });
        }
    }

    private sealed record InvalidCall(string Description, RowCall Call, string Parameter, bool IsOutOfRange = false);
}
