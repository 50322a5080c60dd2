using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Data;
using KlDivGen.Conformance.Memory;
using KlDivGen.Conformance.Oracle;

namespace KlDivGen.Conformance.Checks;

/// <summary>The contract's errors: the right exception, which names the right parameter, before anything is written.</summary>
internal static class Arguments
{
    private const int Count = 20;

    public static Check Check { get; } = new("arguments", s => !s.IsTensor, (kernel, memory) =>
        InvalidCalls(kernel).SelectMany(invalid => VerifyRefused(kernel, memory, invalid))
            .Concat(ValidCalls(kernel).SelectMany(valid => VerifyAccepted(kernel, memory, valid.Description, valid.Call))));

    private static Call CreateValidCall(Settings settings) =>
        Datasets.Short(settings).CreateCall(0, Count) with { BatchSize = 4, Placement = new(Edge.End, 240, 240, 50) };

    private static IEnumerable<InvalidCall> InvalidCalls(KernelCase kernel)
    {
        Settings settings = kernel.Settings;
        Call valid = CreateValidCall(settings);
        ReadOnlyMemory<double> longer = Datasets.Short(settings).Y.AsMemory(0, Count + 1);
        yield return new("the target is longer", valid with { Y = longer }, "target", ["20", "21"]);
        yield return new("the target is shorter", valid with { Y = longer[..^2] }, "target", ["20", "19"]);
        yield return new("the target is empty", valid with { Y = default }, "target", ["20", "0"]);
        yield return new("the input is empty", valid with { X = default }, "target", ["20", "0"]);
        if (settings.TakesBatchSize)
        {
            yield return new("batchSize is 0", valid with { BatchSize = 0 }, "batchSize", [], true);
            yield return new("batchSize is negative", valid with { BatchSize = -4 }, "batchSize", [], true);
            yield return new("batchSize is int.MinValue", valid with { BatchSize = int.MinValue }, "batchSize", [], true);
            yield return new("batchSize does not divide", valid with { BatchSize = 3 }, "batchSize", []);
            yield return new("batchSize is too large", valid with { BatchSize = 40 }, "batchSize", []);
            yield return new("batchSize is 0 and the data is empty", valid with { X = default, Y = default, BatchSize = 0 }, "batchSize", [], true);
        }

        if (settings.HasGradOutputs)
        {
            yield return new("gradOutput is shorter", valid with { GradOutputs = longer[..^2] }, "gradOutput", []);
            yield return new("gradOutput is longer", valid with { GradOutputs = longer }, "gradOutput", []);
        }

        foreach ((string name, Func<Call, DestinationPlacement, Call> with) in Destinations(settings))
        {
            yield return new($"{name} is shorter", with(valid, new(Length: Count - 1)), name, []);
            yield return new($"{name} is empty", with(valid, new(Length: 0)), name, []);
            foreach ((MemorySource source, int size) in Sources(kernel))
            {
                // With elements of another size than the source's, the memory is never exactly the same.
                int[] shifts = size == kernel.Sizes.Destination ? [1, -1, 7, Count - 1, 1 - Count] : [0, 1, -1];
                foreach (int shift in shifts)
                {
                    yield return new($"{name} overlaps {source}, shifted by {shift} elements", with(valid, new(source, shift)), name, []);
                }
            }
        }
    }

    private static IEnumerable<(MemorySource Source, int Size)> Sources(KernelCase kernel)
    {
        yield return (MemorySource.Input, kernel.Sizes.Input);
        yield return (MemorySource.Target, kernel.Sizes.Target);
        if (kernel.Settings.HasGradOutputs)
        {
            yield return (MemorySource.GradOutput, kernel.Sizes.Destination);
        }
    }

    /// <summary>Unusual calls that are valid.</summary>
    private static IEnumerable<(string Description, Call Call)> ValidCalls(KernelCase kernel)
    {
        Settings settings = kernel.Settings;
        Call valid = CreateValidCall(settings);
        yield return ("batchSize is the length", valid with { BatchSize = Count });
        yield return ("the data is empty", valid with { X = default, Y = default, GradOutputs = default });
        foreach ((string name, Func<Call, DestinationPlacement, Call> with) in Destinations(settings))
        {
            yield return ($"{name} is longer", with(valid, new(Length: Count + 3)));
            if (kernel.Sizes.Input == kernel.Sizes.Destination)
            {
                yield return ($"{name} begins where the input ends", with(valid, new(MemorySource.Input, Count)));
                yield return ($"{name} ends where the input begins", with(valid, new(MemorySource.Input, -Count)));
            }
        }
    }

    private static IEnumerable<(string Name, Func<Call, DestinationPlacement, Call> With)> Destinations(Settings settings)
    {
        if (settings.WritesLoss)
        {
            yield return ("output", (call, placement) => call with { Output = placement });
        }

        if (settings.HasGradInput)
        {
            yield return ("gradInput", (call, placement) => call with { GradInput = placement });
        }

        if (settings.HasGradTarget)
        {
            yield return ("gradTarget", (call, placement) => call with { GradTarget = placement });
        }
    }

    private static IEnumerable<string> VerifyRefused(KernelCase kernel, OperandMemory memory, InvalidCall invalid)
    {
        CallResult result = kernel.Run(memory, invalid.Call);
        if (result.Error is not ArgumentException error)
        {
            yield return $"{invalid.Description}: no exception";
            yield break;
        }

        if (error.ParamName != invalid.Parameter)
        {
            yield return $"{invalid.Description}: names {error.ParamName ?? "nothing"}, not {invalid.Parameter}";
        }

        if (invalid.IsOutOfRange && error is not ArgumentOutOfRangeException)
        {
            yield return $"{invalid.Description}: throws {error.GetType().Name}";
        }

        foreach (string text in invalid.Message.Where(text => !error.Message.Contains(text, StringComparison.Ordinal)))
        {
            yield return $"{invalid.Description}: \"{error.Message}\" does not contain {text}";
        }

        if (result.UnexpectedWrite is { } write)
        {
            yield return $"{invalid.Description}: {write}";
        }
    }

    private static IEnumerable<string> VerifyAccepted(KernelCase kernel, OperandMemory memory, string description, Call call)
    {
        CallResult result = kernel.Run(memory, call);
        if (result.Error is { } error)
        {
            yield return $"{description}: throws {error.Message}";
            yield break;
        }

        if (result.Written.Any(written => written.Skip(call.X.Length).Any(value => !value.Equals(kernel.UnwrittenValue))))
        {
            yield return $"{description}: an element beyond the data was written";
        }

        // A destination beside the input lies in the margin of the input, where a write would be reported as unexpected.
        bool isBesideSource = ((DestinationPlacement[])[call.Output, call.GradInput, call.GradTarget]).Any(p => p.Source != MemorySource.Own);
        CallResult verified = isBesideSource ? result with { UnexpectedWrite = null } : result;
        foreach (string wrong in ResultVerifier.FindErrors(Datasets.Short(kernel.Settings), kernel.Settings, call, verified))
        {
            yield return $"{description}: {wrong}";
        }
    }

    /// <summary>A call that must be refused.</summary>
    /// <param name="Description">What is wrong.</param>
    /// <param name="Call">The call.</param>
    /// <param name="Parameter">The parameter that the exception must name.</param>
    /// <param name="Message">Texts that the message must contain.</param>
    /// <param name="IsOutOfRange">Whether the exception must be an <see cref="ArgumentOutOfRangeException"/>.</param>
    private sealed record InvalidCall(string Description, Call Call, string Parameter, string[] Message, bool IsOutOfRange = false);
}
