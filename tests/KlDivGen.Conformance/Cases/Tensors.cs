using System.Numerics.Tensors;

namespace KlDivGen.Conformance.Cases;

/// <summary>Creates tensor spans over the memory of operands.</summary>
internal static class Tensors
{
    public static ReadOnlyTensorSpan<T> Read<T>(ReadOnlySpan<T> data, ReadOnlySpan<nint> shape, ReadOnlySpan<nint> strides) =>
        new(data, shape, strides);

    public static TensorSpan<T> Write<T>(Span<T> data, ReadOnlySpan<nint> shape, ReadOnlySpan<nint> strides) => new(data, shape, strides);
}
