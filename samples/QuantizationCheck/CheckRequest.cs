namespace QuantizationCheck;

/// <summary>The models to compare, and what to write.</summary>
/// <param name="Reference">The path of the reference's logits, or of the reference as an ONNX model.</param>
/// <param name="Quantized">The path of the quantized model's logits, or of the quantized model.</param>
/// <param name="Inputs">The path of the inputs of ONNX models, or <see langword="null"/>.</param>
/// <param name="Labels">The path of the label of each token, or <see langword="null"/>.</param>
/// <param name="Histogram">The path of the SVG file that receives the histogram, or <see langword="null"/>.</param>
/// <param name="ByClass">Whether to summarize each class too.</param>
/// <param name="Json">Whether to print JSON instead of a table.</param>
/// <param name="ChunkSize">The number of logits of each model to hold in memory at a time; at least one token.</param>
internal sealed record CheckRequest(
    string Reference,
    string Quantized,
    string? Inputs,
    string? Labels,
    string? Histogram,
    bool ByClass,
    bool Json,
    int ChunkSize);
