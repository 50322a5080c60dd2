using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace TorchSharpTraining;

/// <summary>
/// Spans over the memory of tensors; nothing is copied. A span does not keep its tensor alive, so a caller ends with
/// <see cref="GC.KeepAlive"/>. Tensors that cannot be spans are refused by name.
/// </summary>
internal static class TensorMemory
{
    /// <summary>Returns the elements of a contiguous tensor, row by row.</summary>
    /// <exception cref="ArgumentException">The tensor is not contiguous, not in main memory, or of another type.</exception>
    public static Span<T> AsSpan<T>(Tensor tensor, ScalarType type, string name)
        where T : struct
    {
        Validate(tensor, type, name);
        if (!tensor.is_contiguous())
        {
            throw new ArgumentException($"The tensor is not contiguous: its strides are {Format(tensor.stride())}.", name);
        }

        return MemoryMarshal.Cast<byte, T>(tensor.bytes);
    }

    /// <summary>Returns a tensor span with the shape and the strides of a tensor: a slice, a transpose, an expansion.</summary>
    /// <exception cref="ArgumentException">
    /// The tensor is not in main memory, of another type, or has strides that a tensor span does not allow.
    /// </exception>
    public static TensorSpan<float> AsTensorSpan(Tensor tensor, string name)
    {
        Validate(tensor, ScalarType.Float32, name);
        long[] shape = tensor.shape, strides = tensor.stride();

        // A contiguous view from the first to the last element, because `bytes` refuses other tensors.
        long length = shape.Contains(0) ? 0 : 1 + shape.Zip(strides, (size, stride) => (size - 1) * stride).Sum();
        using Tensor view = tensor.as_strided([length], [1], tensor.storage_offset());
        try
        {
            return new TensorSpan<float>(
                MemoryMarshal.Cast<byte, float>(view.bytes),
                [.. shape.Select(size => (nint)size)],
                [.. shape.Zip(strides, (size, stride) => size == 1 ? 0 : (nint)stride)]);
        }
        catch (ArgumentException exception)
        {
            throw new ArgumentException(
                $"A tensor span cannot have the shape {Format(shape)} with the strides {Format(strides)}.", name, exception);
        }
    }

    private static void Validate(Tensor tensor, ScalarType type, string name)
    {
        if (tensor.dtype != type || tensor.device_type != TorchSharp.DeviceType.CPU || tensor.is_sparse)
        {
            string layout = tensor.is_sparse ? "sparse " : string.Empty;
            throw new ArgumentException($"The tensor is {layout}{tensor.dtype} on {tensor.device}, not {type} on the CPU.", name);
        }
    }

    private static string Format(long[] values) => $"({string.Join(", ", values)})";
}
