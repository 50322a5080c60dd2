namespace QuantizationCheck;

/// <summary>The files to compare, and what to write.</summary>
/// <param name="Reference">The path of the reference's logits.</param>
/// <param name="Quantized">The path of the quantized model's logits.</param>
/// <param name="Labels">The path of the label of each token, or <see langword="null"/>.</param>
/// <param name="Histogram">The path of the SVG file that receives the histogram, or <see langword="null"/>.</param>
/// <param name="Json">Whether to print JSON instead of a table.</param>
/// <param name="ChunkSize">The number of logits of each file to hold in memory at a time; at least one token.</param>
internal sealed record CheckRequest(
    string Reference, string Quantized, string? Labels, string? Histogram, bool Json, int ChunkSize);
