using KlDivGen.Conformance.Data;

namespace KlDivGen.Conformance.Cases;

/// <summary>Layouts of tensors in memory, and the elements that a tensor has there.</summary>
internal static class StridedLayouts
{
    /// <summary>Dimensions in any order in memory, some with gaps, and for a source some with a stride of 0.</summary>
    public static TensorLayout Create(nint[] shape, RandomSource random, bool isSource)
    {
        if (shape.Contains(0))
        {
            return new(shape, []);
        }

        int[] order = [.. Enumerable.Range(0, shape.Length)];
        if (random.Below(3) > 0)
        {
            order = [.. order.OrderBy(_ => random.Next())];
        }

        nint[] strides = new nint[shape.Length];
        nint step = 1;
        foreach (int dimension in Enumerable.Reverse(order))
        {
            bool isBroadcast = shape[dimension] <= 1 || (isSource && random.Below(6) == 0);
            strides[dimension] = isBroadcast ? 0 : step;
            step *= isBroadcast ? 1 : shape[dimension] + (random.Below(4) == 0 ? 1 + random.Below(3) : 0);
        }

        return new(shape, strides);
    }

    /// <summary>The number of elements of memory between the first and the last element of a layout.</summary>
    public static int Extent(TensorLayout layout) => layout.Shape.Contains(0)
        ? 0
        : 1 + (int)layout.Shape.Zip(layout.Strides, (length, stride) => (length - 1) * stride).Aggregate((nint)0, (a, b) => a + b);

    /// <summary>The elements of a tensor, in its order.</summary>
    public static double[] Gather(double[] memory, TensorLayout layout, int count) => [.. Offsets(layout, count).Select(offset => memory[offset])];

    /// <summary>The offsets of the elements in memory, in the order of the tensor.</summary>
    public static IEnumerable<int> Offsets(TensorLayout layout, int count)
    {
        for (int element = 0; element < count; element++)
        {
            nint index = element, offset = 0;
            for (int dimension = layout.Shape.Length - 1; dimension >= 0; dimension--)
            {
                offset += index % layout.Shape[dimension] * layout.Strides[dimension];
                index /= layout.Shape[dimension];
            }

            yield return (int)offset;
        }
    }

    /// <summary>The strides as text.</summary>
    public static string Describe(TensorLayout layout) => $"({string.Join(", ", layout.Strides)})";
}
