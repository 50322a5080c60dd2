using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Data;
using KlDivGen.Conformance.Memory;

namespace KlDivGen.Conformance.Rows;

/// <summary>Tensors of any rank and any strides: transposed, sliced, broadcast, also in their last dimension; empty ones, and rank 0.</summary>
internal static class RowTensors
{
    private const int CaseCount = 50;

    private static readonly nint[][] Shapes =
        [[7], [1], [300], [4, 5, 5], [3, 2, 7, 7], [5, 20], [0, 4], [2, 0, 3], [1, 1, 1], [2, 700], [60, 3], [3, 1], [2, 3, 64]];

    public static IEnumerable<string> Run(RowCase kernel, OperandMemory memory)
    {
        for (int seed = 0; seed < CaseCount; seed++)
        {
            RandomSource random = new((ulong)seed + 900);
            foreach (string error in Verify(kernel, memory, random, Shapes[seed % Shapes.Length], RowVariant.All[seed % RowVariant.All.Length]))
            {
                yield return error;
            }
        }
    }

    /// <summary>Calls a method with tensors of random layouts, and describes every wrong result.</summary>
    public static IEnumerable<string> Verify(RowCase kernel, OperandMemory memory, RandomSource random, nint[] shape, RowVariant variant)
    {
        RowSettings settings = kernel.Settings;
        nint[] rowShape = shape.Length == 1 ? [1] : shape[..^1];
        int classes = (int)shape[^1], rows = (int)rowShape.Aggregate((nint)1, (a, b) => a * b), count = rows * classes;
        RowLayouts layouts = new(
            StridedLayouts.Create(shape, random, true), StridedLayouts.Create(shape, random, true), StridedLayouts.Create(shape, random, false),
            StridedLayouts.Create(rowShape, random, false));

        // The operands fill their memory, including gaps. The tensors' elements, in their order, are the rows.
        int extent = new[] { StridedLayouts.Extent(layouts.Input), StridedLayouts.Extent(layouts.Target), StridedLayouts.Extent(layouts.Destination), StridedLayouts.Extent(layouts.Row), 1 }.Max();
        RowData drawn = RowData.Draw(settings with { HasMask = false, HasWeights = false }, random, variant, 1, extent);
        double[] x = drawn.X[..StridedLayouts.Extent(layouts.Input)], y = drawn.Y[..StridedLayouts.Extent(layouts.Target)];
        double[] gradOutputs = drawn.GradOutputs[..StridedLayouts.Extent(settings.IsPerRow ? layouts.Row : layouts.Destination)];
        bool[] mask = settings.HasMask ? [.. Enumerable.Range(0, rows).Select(_ => random.Below(3) > 0)] : [];
        double[] weights = settings.HasWeights ? random.Fill(rows, settings.StorageFormat, r => r.Uniform(0, 2)) : [];
        RowData data = new(
            classes, StridedLayouts.Gather(x, layouts.Input, count), StridedLayouts.Gather(y, layouts.Target, count), mask, weights,
            StridedLayouts.Gather(gradOutputs, settings.IsPerRow ? layouts.Row : layouts.Destination, settings.IsPerRow ? rows : count))
        {
            Temperature = variant.Temperature,
        };
        RowCall call = data.CreateCall(settings) with { X = x, Y = y, GradOutputs = gradOutputs, Layouts = layouts };
        CallResult result = kernel.Run(memory, call);
        string description = $"[{string.Join(", ", shape)}], {variant}, strides of x {StridedLayouts.Describe(layouts.Input)}, "
            + $"y {StridedLayouts.Describe(layouts.Target)}, destination {StridedLayouts.Describe(layouts.Destination)}, "
            + $"rows {StridedLayouts.Describe(layouts.Row)}";
        if (result.Error is null && rows > 0)
        {
            TensorLayout[] written = [settings.IsPerRow ? layouts.Row : layouts.Destination, layouts.Destination, layouts.Destination];
            for (int k = 0; k < written.Length; k++)
            {
                HashSet<int> inside = [.. StridedLayouts.Offsets(written[k], written[k] == layouts.Row ? rows : count)];
                if (result.Written[k].Where((value, i) => !inside.Contains(i) && !value.Equals(kernel.UnwrittenValue)).Any())
                {
                    yield return $"{description}: memory between the elements of a tensor was written";
                }
            }
        }

        CallResult dense = result.Error is not null ? result : result with
        {
            Output = !settings.HasOutput ? [] : settings.IsPerRow ? StridedLayouts.Gather(result.Output, layouts.Row, rows) : StridedLayouts.Gather(result.Output, layouts.Destination, count),
            GradInput = settings.HasGradInput ? StridedLayouts.Gather(result.GradInput, layouts.Destination, count) : [],
            GradTarget = settings.HasGradTarget ? StridedLayouts.Gather(result.GradTarget, layouts.Destination, count) : [],
        };
        if (count == 0 && settings.Reduction is Reduction.Mean or Reduction.BatchMean)
        {
            yield break;
        }

        foreach (string error in RowVerifier.FindErrors(settings, data, dense, (int)shape[0]))
        {
            yield return $"{description}: {error}";
        }

        if (settings.Deterministic && shape.Length == 2 && !kernel.Run(memory, data.CreateCall(settings)).HasSameBits(dense))
        {
            yield return $"{description}: the bits differ from those of dense tensors with the same elements";
        }
    }
}
