using System.Numerics.Tensors;

namespace KlDivGen.Conformance.Cases;

/// <summary>Creates tensor spans over the memory of operands.</summary>
internal static class Tensors
{
    public static ReadOnlyTensorSpan<T> Read<T>(ReadOnlySpan<T> data, ReadOnlySpan<nint> shape, ReadOnlySpan<nint> strides) =>
        new(data, shape, strides);

    public static TensorSpan<T> Write<T>(Span<T> data, ReadOnlySpan<nint> shape, ReadOnlySpan<nint> strides) => new(data, shape, strides);

    public static ReadOnlyTensorSpan<T> Over<T>(this TensorLayout layout, ReadOnlySpan<T> data) => Read(data, layout.Shape, layout.Strides);

    public static TensorSpan<T> Over<T>(this TensorLayout layout, Span<T> data) => Write(data, layout.Shape, layout.Strides);
}
