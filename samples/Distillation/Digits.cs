using System.Globalization;
using System.IO.Compression;

namespace Distillation;

/// <summary>Images of handwritten digits and their labels.</summary>
/// <param name="Pixels">The pixels of the images, 64 values from 0 to 1 each.</param>
/// <param name="Labels">The digit that each image shows.</param>
internal sealed record Digits(float[] Pixels, int[] Labels)
{
    /// <summary>The number of pixels of an image.</summary>
    public const int Features = 64;

    /// <summary>The number of classes.</summary>
    public const int Classes = 10;

    private const float MaximumPixel = 16;

    /// <summary>The number of images.</summary>
    public int Count => this.Labels.Length;

    /// <summary>Loads the data file of the program.</summary>
    public static Digits Load()
    {
        using FileStream file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "data", "digits.csv.gz"));
        using StreamReader reader = new(new GZipStream(file, CompressionMode.Decompress));
        List<float> pixels = [];
        List<int> labels = [];
        while (reader.ReadLine() is { } line)
        {
            string[] values = line.Split(',');
            if (values.Length != Features + 1)
            {
                throw new InvalidDataException($"digits.csv.gz: row {labels.Count + 1} has {values.Length} values, not {Features + 1}.");
            }

            pixels.AddRange(values.Take(Features).Select(value => int.Parse(value, CultureInfo.InvariantCulture) / MaximumPixel));
            labels.Add(int.Parse(values[Features], CultureInfo.InvariantCulture));
        }

        return new Digits([.. pixels], [.. labels]);
    }

    /// <summary>Returns the pixels of one image.</summary>
    public ReadOnlySpan<float> GetImage(int index) => this.Pixels.AsSpan(index * Features, Features);

    /// <summary>Returns the images with the given indices, in that order.</summary>
    public Digits Select(ReadOnlySpan<int> indices)
    {
        float[] pixels = new float[indices.Length * Features];
        int[] labels = new int[indices.Length];
        for (int i = 0; i < indices.Length; i++)
        {
            this.GetImage(indices[i]).CopyTo(pixels.AsSpan(i * Features));
            labels[i] = this.Labels[indices[i]];
        }

        return new Digits(pixels, labels);
    }

    /// <summary>Returns the labels as probabilities, one row for each image: 1 for the label and 0 for the other classes.</summary>
    public float[] GetOneHotLabels()
    {
        float[] probabilities = new float[this.Count * Classes];
        for (int i = 0; i < this.Count; i++)
        {
            probabilities[(i * Classes) + this.Labels[i]] = 1;
        }

        return probabilities;
    }
}
