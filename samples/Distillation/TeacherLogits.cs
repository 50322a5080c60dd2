using KlDivGen.Samples.Npy;

namespace Distillation;

/// <summary>Writes the logits of the teacher and of the same network with 8-bit weights, as NumPy files for QuantizationCheck.</summary>
internal static class TeacherLogits
{
    /// <summary>Writes <c>digits_float32.npy</c>, <c>digits_int8.npy</c> and <c>digits_labels.npy</c>.</summary>
    public static void Write(string folder, Network teacher, Digits digits)
    {
        Write<float>(
            Path.Combine(folder, "digits_float32.npy"), NpyElementType.Single, [digits.Count, Digits.Classes], teacher.ComputeLogits(digits));
        Write<float>(
            Path.Combine(folder, "digits_int8.npy"),
            NpyElementType.Single,
            [digits.Count, Digits.Classes],
            teacher.Quantize().ComputeLogits(digits));
        Write<int>(Path.Combine(folder, "digits_labels.npy"), NpyElementType.Int32, [digits.Count], digits.Labels);
    }

    private static void Write<T>(string path, NpyElementType elementType, IReadOnlyList<long> shape, ReadOnlySpan<T> elements)
        where T : unmanaged
    {
        using NpyWriter writer = NpyWriter.Create(path, elementType, shape);
        writer.Write(elements);
        writer.Complete();
    }
}
