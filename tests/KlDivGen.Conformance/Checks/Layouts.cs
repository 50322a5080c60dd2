using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Data;
using KlDivGen.Conformance.Memory;
using KlDivGen.Conformance.Oracle;

namespace KlDivGen.Conformance.Checks;

/// <summary>
/// Tensors of any rank and any strides, a different layout for each operand: transposed, sliced, broadcast, empty. The oracle computes
/// the expected values element by element.
/// </summary>
internal static class Layouts
{
    private const int CaseCount = 60;

    public static Check Check { get; } = new("layouts", s => s.IsTensor, (kernel, memory) =>
        Enumerable.Range(0, CaseCount).SelectMany(seed => VerifyStrided(kernel, memory, seed)).Concat(VerifyShapes(kernel, memory)));

    /// <summary>Calls a method with tensors of random layouts over a dataset, and describes every wrong result.</summary>
    /// <param name="kernel">The method.</param>
    /// <param name="memory">The memory of the operands.</param>
    /// <param name="random">Determines the layouts.</param>
    /// <param name="shape">The shape of all tensors.</param>
    /// <param name="data">Enough elements for any layout of this shape, see <see cref="MaxExtent"/>.</param>
    /// <param name="gradOutput">The upstream gradient of a reduction.</param>
    public static IEnumerable<string> Verify(
        KernelCase kernel, OperandMemory memory, RandomSource random, nint[] shape, Dataset data, double gradOutput = -0.8125)
    {
        Settings settings = kernel.Settings;
        int count = (int)shape.Aggregate((nint)1, (a, b) => a * b);
        (TensorLayout input, TensorLayout target) = (StridedLayouts.Create(shape, random, true), StridedLayouts.Create(shape, random, true));
        TensorLayout destination = StridedLayouts.Create(shape, random, false);

        // A gradOutput in the layout of the destinations can be computed in place, and its strides allow a shorter path.
        bool inPlace = settings.HasGradOutputs && count > 0 && random.Below(3) == 0;
        TensorLayout gradOutputLayout = inPlace || random.Below(4) == 0 ? destination : StridedLayouts.Create(shape, random, true);

        // The operands fill their memory, including gaps. The tensors' elements, in their order, are the dataset.
        double[] x = data.X[..StridedLayouts.Extent(input)], y = data.Y[..StridedLayouts.Extent(target)];
        double[] g = data.GradOutputs[..StridedLayouts.Extent(gradOutputLayout)];
        Dataset logical = new(
            settings.LogTarget,
            StridedLayouts.Gather(x, input, count),
            StridedLayouts.Gather(y, target, count),
            StridedLayouts.Gather(g, gradOutputLayout, count))
        {
            AllowsDrift = data.AllowsDrift,
        };
        int extent = StridedLayouts.Extent(destination);
        MemorySource source = inPlace ? MemorySource.GradOutput : MemorySource.Own;
        int place = random.Below(3);
        DestinationPlacement Place(int index) => new(place == index ? source : MemorySource.Own, Length: extent);
        Call call = new(x, y)
        {
            BatchSize = (int)shape[0],
            GradOutput = gradOutput,
            GradOutputs = g,
            Input = input,
            Target = target,
            GradOutputLayout = gradOutputLayout,
            Destination = destination,
            Output = Place(0),
            GradInput = Place(1),
            GradTarget = Place(2),
        };
        CallResult result = kernel.Run(memory, call);
        string description = $"[{string.Join(", ", shape)}], strides of x {StridedLayouts.Describe(input)}, y {StridedLayouts.Describe(target)}, "
            + $"gradOutput {StridedLayouts.Describe(gradOutputLayout)}, "
            + $"destination {StridedLayouts.Describe(destination)}{(inPlace ? $", destination {place} in place" : "")}";
        if (result.Error is null)
        {
            HashSet<int> inside = [.. StridedLayouts.Offsets(destination, count)];
            double[][] written = result.Written;
            for (int k = 0; k < written.Length; k++)
            {
                if (written[k].Where((value, i) => !inside.Contains(i) && !value.Equals(inPlace && place == k ? g[i] : kernel.UnwrittenValue)).Any())
                {
                    yield return $"{description}: memory between the elements of a tensor was written";
                }
            }
        }

        CallResult dense = result with
        {
            Output = settings.WritesLoss ? StridedLayouts.Gather(result.Output, destination, count) : [],
            GradInput = settings.HasGradInput ? StridedLayouts.Gather(result.GradInput, destination, count) : [],
            GradTarget = settings.HasGradTarget ? StridedLayouts.Gather(result.GradTarget, destination, count) : [],
        };
        Call denseCall = logical.CreateCall(0, count, gradOutput) with { BatchSize = (int)shape[0] };
        foreach (string error in ResultVerifier.FindErrors(logical, settings, denseCall, dense))
        {
            yield return $"{description}: {error}";
        }

        if (settings.Deterministic && shape[0] > 0 && !kernel.Run(memory, denseCall).HasSameBits(dense))
        {
            yield return $"{description}: the bits differ from those of dense tensors with the same elements";
        }
    }

    /// <summary>The number of elements of memory that any layout of a shape fits into.</summary>
    public static int MaxExtent(nint[] shape) => (int)shape.Aggregate((nint)1, (product, length) => product * Math.Max(1, length + 3));

    private static IEnumerable<string> VerifyStrided(KernelCase kernel, OperandMemory memory, int seed)
    {
        RandomSource random = new((ulong)seed);
        return Verify(kernel, memory, random, CreateShape(random, seed), Datasets.Large(kernel.Settings));
    }

    /// <summary>Shapes that differ in rank or in a dimension. The message contains both.</summary>
    private static IEnumerable<string> VerifyShapes(KernelCase kernel, OperandMemory memory)
    {
        Settings settings = kernel.Settings;
        Call valid = Datasets.Short(settings).CreateCall(0, 100) with { BatchSize = 5 };
        foreach (nint[] shape in (nint[][])[[20, 5], [4, 5, 5], [100], [5, 19], [5, 4, 5]])
        {
            TensorLayout layout = new(shape, []);
            List<(string Parameter, Call Call)> calls = [("target", valid with { Target = layout })];
            if (settings.HasGradOutputs)
            {
                calls.Add(("gradOutput", valid with { GradOutputLayout = layout }));
            }

            if (settings.Writes)
            {
                string destination = settings.WritesLoss ? "output" : settings.HasGradInput ? "gradInput" : "gradTarget";
                calls.Add((destination, valid with { Destination = layout }));
            }

            foreach ((string parameter, Call call) in calls)
            {
                CallResult result = kernel.Run(memory, call);
                string text = $"[{string.Join(", ", shape)}]";
                bool isRight = result.Error is ArgumentException error && error.ParamName == parameter
                    && error.Message.Contains(text, StringComparison.Ordinal) && error.Message.Contains("[5, 20]", StringComparison.Ordinal);
                if (!isRight || result.UnexpectedWrite is not null)
                {
                    yield return $"{parameter} is {text}, not [5, 20]: {result.Error?.Message ?? "no exception"}; {result.UnexpectedWrite}";
                }
            }
        }
    }

    /// <summary>Shapes of ranks 1 to 6. Some are PaddlePaddle's, and some have no elements.</summary>
    private static nint[] CreateShape(RandomSource random, int seed) => seed switch
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
}
