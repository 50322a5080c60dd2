using KlDivGen.Conformance.Columns;
using KlDivGen.Conformance.Data;
using KlDivGen.Conformance.Memory;

namespace KlDivGen.Conformance.Checks;

/// <summary>The contract's errors: which exception, naming which parameter, with nothing written.</summary>
internal static class Arguments
{
    private const int Count = 20;

    public static Check Check { get; } = new("arguments", s => !s.Tensor, (column, arena) =>
        Wrongs(column).SelectMany(w => Refused(column, arena, w)).Concat(Rights(column).SelectMany(r => Accepted(column, arena, r))));

    private static Call Good(Settings settings, int count = Count)
    {
        var sample = Samples.Short(settings);
        return new(sample.X.AsMemory(0, count), sample.Y.AsMemory(0, count)) { BatchSize = 4, Placement = new(Edge.End, 240, 240, 50) };
    }

    /// <summary>Calls that must be refused: what is wrong, the call, the parameter to be named, and what the message must hold.</summary>
    private static IEnumerable<Wrong> Wrongs(Column column)
    {
        var settings = column.Settings;
        var good = Good(settings);
        var longer = Samples.Short(settings).Y.AsMemory(0, Count + 1);
        yield return new("the target is longer", good with { Y = longer }, "target", ["20", "21"]);
        yield return new("the target is shorter", good with { Y = longer[..^2] }, "target", ["20", "19"]);
        yield return new("the target is empty", good with { Y = default }, "target", ["20", "0"]);
        yield return new("the input is empty", good with { X = default }, "target", ["20", "0"]);
        if (settings.TakesBatchSize)
        {
            yield return new("batchSize is 0", good with { BatchSize = 0 }, "batchSize", [], true);
            yield return new("batchSize is negative", good with { BatchSize = -4 }, "batchSize", [], true);
            yield return new("batchSize is the least", good with { BatchSize = int.MinValue }, "batchSize", [], true);
            yield return new("batchSize does not divide", good with { BatchSize = 3 }, "batchSize", []);
            yield return new("batchSize is too large", good with { BatchSize = 40 }, "batchSize", []);
            yield return new("batchSize is 0 and the data empty", good with { X = default, Y = default, BatchSize = 0 }, "batchSize", [], true);
        }

        if (settings is { Upstream: true, Reduction: Reduction.None })
        {
            yield return new("gradOutput is shorter", good with { GradOutputs = longer[..^2] }, "gradOutput", []);
            yield return new("gradOutput is longer", good with { GradOutputs = longer }, "gradOutput", []);
        }

        foreach (var (name, with) in Destinations(settings))
        {
            yield return new($"{name} is shorter", with(good, new(Length: Count - 1)), name, []);
            yield return new($"{name} is empty", with(good, new(Length: 0)), name, []);
            foreach (var (over, size) in ((Over, int)[])[(Over.Input, column.Sizes.Input), (Over.Target, column.Sizes.Target)])
            {
                // Elements of another size than the source's: even from the same place on, the memory is not exactly the same.
                int[] shifts = size == column.Sizes.Destination ? [1, -1, 7, Count - 1, 1 - Count] : [0, 1, -1];
                foreach (int shift in shifts)
                {
                    yield return new($"{name} overlaps {over}, {shift} elements on", with(good, new(over, shift)), name, []);
                }
            }
        }
    }

    /// <summary>Calls that look odd and are right.</summary>
    private static IEnumerable<(string What, Call Call)> Rights(Column column)
    {
        var settings = column.Settings;
        var good = Good(settings);
        yield return ("batchSize is the length", good with { BatchSize = Count });
        yield return ("there are no data", good with { X = default, Y = default });
        foreach (var (name, with) in Destinations(settings))
        {
            yield return ($"{name} is longer", with(good, new(Length: Count + 3)));
            if (column.Sizes.Input == column.Sizes.Destination)
            {
                yield return ($"{name} begins where the input ends", with(good, new(Over.Input, Count)));
                yield return ($"{name} ends where the input begins", with(good, new(Over.Input, -Count)));
            }
        }
    }

    private static IEnumerable<(string Name, Func<Call, Spot, Call> With)> Destinations(Settings settings)
    {
        if (settings.WritesLoss)
        {
            yield return ("output", (call, spot) => call with { Output = spot });
        }

        if (settings.HasGradInput)
        {
            yield return ("gradInput", (call, spot) => call with { GradInput = spot });
        }

        if (settings.HasGradTarget)
        {
            yield return ("gradTarget", (call, spot) => call with { GradTarget = spot });
        }
    }

    private static IEnumerable<string> Refused(Column column, Arena arena, Wrong wrong)
    {
        var outcome = column.Run(arena, wrong.Call);
        if (outcome.Error is not ArgumentException error)
        {
            yield return $"{wrong.What}: no exception";
            yield break;
        }

        if (error.ParamName != wrong.Parameter)
        {
            yield return $"{wrong.What}: names {error.ParamName ?? "nothing"}, not {wrong.Parameter}";
        }

        if (wrong.OutOfRange && error is not ArgumentOutOfRangeException)
        {
            yield return $"{wrong.What}: throws {error.GetType().Name}";
        }

        foreach (string text in wrong.Message.Where(text => !error.Message.Contains(text, StringComparison.Ordinal)))
        {
            yield return $"{wrong.What}: \"{error.Message}\" does not say {text}";
        }

        if (outcome.Damage is { } damage)
        {
            yield return $"{wrong.What}: {damage}";
        }
    }

    private static IEnumerable<string> Accepted(Column column, Arena arena, (string What, Call Call) right)
    {
        // Over a source's neighbourhood the margins are written rightly; everything else must be as always.
        var outcome = column.Run(arena, right.Call);
        if (outcome.Error is { } error)
        {
            yield return $"{right.What}: throws {error.Message}";
            yield break;
        }

        double[][] written = [outcome.Output, outcome.GradInput, outcome.GradTarget];
        if (written.Any(w => w.Skip(right.Call.X.Length).Any(v => !v.Equals(column.Unwritten))))
        {
            yield return $"{right.What}: an element beyond the data was written";
        }

        bool elsewhere = right.Call.Output.Over != Over.Own || right.Call.GradInput.Over != Over.Own || right.Call.GradTarget.Over != Over.Own;
        if (!elsewhere)
        {
            foreach (string wrong in Judge.Wrong(Samples.Short(column.Settings), column.Settings, right.Call, outcome))
            {
                yield return $"{right.What}: {wrong}";
            }
        }
    }

    private sealed record Wrong(string What, Call Call, string Parameter, string[] Message, bool OutOfRange = false);
}
