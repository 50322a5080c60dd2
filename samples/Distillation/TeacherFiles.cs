using KlDivGen.Samples.Npy;

namespace Distillation;

/// <summary>Writes what QuantizationCheck reads, as NumPy files.</summary>
internal static class TeacherFiles
{
    /// <summary>
    /// Writes the logits of the teacher and of the same network with 8-bit weights: <c>digits_float32.npy</c> and <c>digits_int8.npy</c>;
    /// the images and their labels: <c>digits_images.npy</c> and <c>digits_labels.npy</c>.
    /// </summary>
    public static void WriteLogits(string folder, Network teacher, Digits digits)
    {
        Write<float>(
            Path.Combine(folder, "digits_float32.npy"),
            NpyElementType.Single,
            [digits.Count, Digits.Classes],
            teacher.ComputeLogits(digits));
        Write<float>(
            Path.Combine(folder, "digits_int8.npy"),
            NpyElementType.Single,
            [digits.Count, Digits.Classes],
            teacher.Quantize().ComputeLogits(digits));
        Write<int>(Path.Combine(folder, "digits_labels.npy"), NpyElementType.Int32, [digits.Count], digits.Labels);

        // A pixel is a multiple of 1/16, which a Half holds exactly.
        Half[] images = [.. digits.Pixels.Select(pixel => (Half)pixel)];
        Write<Half>(Path.Combine(folder, "digits_images.npy"), NpyElementType.Half, [digits.Count, Digits.Features], images);
    }

    /// <summary>Writes the weights of each layer and, in the last row, its biases: <c>layer_1.npy</c>, <c>layer_2.npy</c>.</summary>
    public static void WriteWeights(string folder, Network teacher)
    {
        foreach ((int index, DenseLayer layer) in teacher.Layers.Index())
        {
            Write(Path.Combine(folder, $"layer_{index + 1}.npy"), NpyElementType.Single, [layer.Rows, layer.Columns], layer.Parameters);
        }
    }

    private static void Write<T>(string path, NpyElementType elementType, IReadOnlyList<long> shape, ReadOnlySpan<T> elements)
        where T : unmanaged
    {
        using NpyWriter writer = NpyWriter.Create(path, elementType, shape);
        writer.Write(elements);
        writer.Complete();
    }
}
