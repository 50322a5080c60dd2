using System.Globalization;
using System.IO.Compression;

namespace Distillation;

/// <summary>Images of handwritten digits and what they show.</summary>
/// <param name="Pixels">64 values from 0 to 1 for each image.</param>
/// <param name="Labels">The digit on each image.</param>
internal sealed record Digits(float[] Pixels, int[] Labels)
{
    /// <summary>The pixels of an image.</summary>
    public const int Features = 64;

    /// <summary>The digits there are.</summary>
    public const int Classes = 10;

    private const float Brightest = 16;

    /// <summary>The number of images.</summary>
    public int Count => this.Labels.Length;

    /// <summary>Reads the file that lies beside the program.</summary>
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

            pixels.AddRange(values.Take(Features).Select(value => int.Parse(value, CultureInfo.InvariantCulture) / Brightest));
            labels.Add(int.Parse(values[Features], CultureInfo.InvariantCulture));
        }

        return new Digits([.. pixels], [.. labels]);
    }

    /// <summary>The pixels of one image.</summary>
    public ReadOnlySpan<float> Image(int index) => this.Pixels.AsSpan(index * Features, Features);

    /// <summary>Some of the images, in the order given.</summary>
    public Digits Select(ReadOnlySpan<int> indices)
    {
        float[] pixels = new float[indices.Length * Features];
        int[] labels = new int[indices.Length];
        for (int i = 0; i < indices.Length; i++)
        {
            this.Image(indices[i]).CopyTo(pixels.AsSpan(i * Features));
            labels[i] = this.Labels[indices[i]];
        }

        return new Digits(pixels, labels);
    }

    /// <summary>The labels as probabilities: 1 for the digit, 0 for the others.</summary>
    public float[] OneHot()
    {
        float[] probabilities = new float[this.Count * Classes];
        for (int i = 0; i < this.Count; i++)
        {
            probabilities[(i * Classes) + this.Labels[i]] = 1;
        }

        return probabilities;
    }
}
