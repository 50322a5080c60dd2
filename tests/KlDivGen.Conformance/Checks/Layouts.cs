using KlDivGen.Conformance.Columns;
using KlDivGen.Conformance.Data;
using KlDivGen.Conformance.Memory;
using KlDivGen.Conformance.Oracle;

namespace KlDivGen.Conformance.Checks;

/// <summary>
/// Tensors of any rank and any strides, each operand with its own: transposed, sliced, broadcast, empty. What is right is what the
/// oracle says of the elements one by one.
/// </summary>
internal static class Layouts
{
    private const int Cases = 60;

    public static Check Check { get; } = new("layouts", s => s.Tensor, (column, arena) =>
        Enumerable.Range(0, Cases).SelectMany(seed => Strided(column, arena, seed)).Concat(Shapes(column, arena)));

    private static IEnumerable<string> Strided(Column column, Arena arena, int seed)
    {
        var (settings, random) = (column.Settings, new RandomSource((ulong)seed));
        nint[] shape = Shape(random, seed);
        int count = (int)shape.Aggregate((nint)1, (a, b) => a * b);
        var (input, target, destination) = (Lay(shape, random, true), Lay(shape, random, true), Lay(shape, random, false));

        // The memory is filled as it lies; the elements that the tensors show, in their order, are what counts.
        var ordinary = Samples.Large(settings);
        double[] x = ordinary.X[..Extent(input)], y = ordinary.Y[..Extent(target)];
        double[] logicalX = Gather(x, input, count), logicalY = Gather(y, target, count);
        var sample = new Sample(settings.LogTarget, logicalX, logicalY);
        var spot = new Spot(Length: Extent(destination));
        var call = new Call(x, y)
        {
            BatchSize = (int)shape[0],
            GradOutput = settings.Upstream ? 0.875 : 1,
            Input = input,
            Target = target,
            Destination = destination,
            Output = spot,
            GradInput = spot,
            GradTarget = spot,
        };
        var outcome = column.Run(arena, call);
        string where = $"[{string.Join(", ", shape)}], strides of x {Text(input)}, y {Text(target)}, destination {Text(destination)}";
        foreach (double[] written in (double[][])[outcome.Output, outcome.GradInput, outcome.GradTarget])
        {
            var inside = Places(destination, count).ToHashSet();
            if (outcome.Error is null && written.Where((v, i) => !inside.Contains(i) && !v.Equals(column.Unwritten)).Any())
            {
                yield return $"{where}: memory between the tensor's elements was written";
            }
        }

        var dense = outcome with
        {
            Output = settings.WritesLoss ? Gather(outcome.Output, destination, count) : [],
            GradInput = settings.HasGradInput ? Gather(outcome.GradInput, destination, count) : [],
            GradTarget = settings.HasGradTarget ? Gather(outcome.GradTarget, destination, count) : [],
        };
        var flat = call with { X = logicalX, Y = logicalY, Input = null, Target = null, Destination = null, Output = default, GradInput = default, GradTarget = default };
        foreach (string wrong in Judge.Wrong(sample, settings, flat, dense))
        {
            yield return $"{where}: {wrong}";
        }

        if (settings.Deterministic && shape[0] > 0)
        {
            var other = column.Run(arena, flat);
            if (!Consistency.Same(other.Returned, dense.Returned) || !Consistency.Same(other.Output, dense.Output)
                || !Consistency.Same(other.GradInput, dense.GradInput) || !Consistency.Same(other.GradTarget, dense.GradTarget))
            {
                yield return $"{where}: other bits than of the same data laid out densely";
            }
        }
    }

    /// <summary>Shapes that do not agree, in rank or in a dimension, with both shapes in the message.</summary>
    private static IEnumerable<string> Shapes(Column column, Arena arena)
    {
        var (settings, sample) = (column.Settings, Samples.Short(column.Settings));
        var call = new Call(sample.X.AsMemory(0, 100), sample.Y.AsMemory(0, 100)) { BatchSize = 5 };
        string destination = settings.WritesLoss ? "output" : settings is { Upstream: true, Reduction: Reduction.None } ? "gradOutput"
            : settings.HasGradInput ? "gradInput" : "gradTarget";
        bool writes = settings.WritesLoss || settings.HasGradInput || settings.HasGradTarget;
        var spot = new Spot(Length: 100);
        foreach (var shape in (nint[][])[[20, 5], [4, 5, 5], [100], [5, 19], [5, 4, 5]])
        {
            var layout = new Layout(shape, []);
            foreach (var (name, wrong) in ((string, Call)[])[("target", call with { Target = layout }), (destination, call with { Destination = layout, Output = spot })])
            {
                if (name != "target" && !writes)
                {
                    continue;
                }

                var outcome = column.Run(arena, wrong);
                string text = $"[{string.Join(", ", shape)}]";
                bool right = outcome.Error is ArgumentException { ParamName: var named } error && named == name
                    && error.Message.Contains(text, StringComparison.Ordinal) && error.Message.Contains("[5, 20]", StringComparison.Ordinal);
                if (!right || outcome.Damage is not null)
                {
                    yield return $"{name} is {text}, not [5, 20]: {outcome.Error?.Message ?? "no exception"}; {outcome.Damage}";
                }
            }
        }
    }

    /// <summary>Ranks 1 to 6; some of the shapes are Paddle's own, and some have no elements.</summary>
    private static nint[] Shape(RandomSource random, int seed) => seed switch
    {
        0 => [4, 5, 5],
        1 => [3, 2, 7, 7],
        2 => [2, 3, 5, 7, 9],
        3 => [5, 20],
        4 => [0],
        5 => [3, 0, 2],
        6 => [0, 4],
        7 => [1, 1, 1, 1, 1, 1],
        8 => [3000],
        9 => [60, 50],
        _ => [.. Enumerable.Range(0, 1 + (seed % 6)).Select(i => (nint)(1 + random.Below((seed % 6) switch { 0 => 700, 1 => 40, 2 => 12, _ => 5 })))],
    };

    /// <summary>Dimensions in any order in memory, with gaps here and there, and, for a source, some with a stride of zero.</summary>
    private static Layout Lay(nint[] shape, RandomSource random, bool source)
    {
        int[] order = [.. Enumerable.Range(0, shape.Length)];
        if (random.Below(3) > 0)
        {
            order = [.. order.OrderBy(_ => random.Next())];
        }

        var strides = new nint[shape.Length];
        nint step = 1;
        foreach (int dimension in Enumerable.Reverse(order))
        {
            bool repeated = shape[dimension] <= 1 || (source && random.Below(6) == 0);
            strides[dimension] = repeated ? 0 : step;
            step *= repeated ? 1 : shape[dimension] + (random.Below(4) == 0 ? 1 + random.Below(3) : 0);
        }

        return new(shape, strides);
    }

    /// <summary>How many elements of memory a layout reaches over.</summary>
    private static int Extent(Layout layout) =>
        layout.Shape.Contains(0) ? 0 : 1 + (int)layout.Shape.Zip(layout.Strides, (length, stride) => (length - 1) * stride).Aggregate((a, b) => a + b);

    private static double[] Gather(double[] memory, Layout layout, int count) => [.. Places(layout, count).Select(place => memory[place])];

    /// <summary>Where the elements lie, in the tensor's order.</summary>
    private static IEnumerable<int> Places(Layout layout, int count)
    {
        for (int element = 0; element < count; element++)
        {
            nint rest = element, place = 0;
            for (int dimension = layout.Shape.Length - 1; dimension >= 0; dimension--)
            {
                place += rest % layout.Shape[dimension] * layout.Strides[dimension];
                rest /= layout.Shape[dimension];
            }

            yield return (int)place;
        }
    }

    private static string Text(Layout layout) => $"({string.Join(", ", layout.Strides)})";
}
