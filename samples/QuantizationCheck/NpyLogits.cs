using KlDivGen.Samples.Npy;

namespace QuantizationCheck;

/// <summary>The logits in a NumPy file of float16, float32 or float64, which may be larger than memory.</summary>
internal sealed class NpyLogits : ILogitSource
{
    private readonly NpyReader reader;
    private float[] buffer = [];

    /// <summary>Opens the file.</summary>
    /// <exception cref="InvalidInputException">The file cannot be used.</exception>
    public NpyLogits(string path)
    {
        this.reader = NpyReader.Open(path, LogitRows.ElementTypes);
    }

    /// <inheritdoc/>
    public IReadOnlyList<long> Shape => this.reader.Header.Shape;

    /// <inheritdoc/>
    public long ElementsPerToken => this.Shape.Count == 0 ? 1 : this.Shape[^1];

    /// <inheritdoc/>
    public Span<float> Read(int tokens)
    {
        int length = checked(tokens * (int)this.ElementsPerToken);
        if (this.buffer.Length < length)
        {
            this.buffer = new float[length];
        }

        Span<float> logits = this.buffer.AsSpan(0, length);
        this.reader.Read(logits);
        return logits;
    }

    /// <inheritdoc/>
    public void Dispose() => this.reader.Dispose();
}
