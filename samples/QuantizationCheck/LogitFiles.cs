using KlDivGen.Samples.Npy;

namespace QuantizationCheck;

/// <summary>The open files of a check. Their shapes agree.</summary>
internal sealed class LogitFiles : IDisposable
{
    private static readonly NpyElementType[] LogitTypes = [NpyElementType.Half, NpyElementType.Single, NpyElementType.Double];
    private static readonly NpyElementType[] LabelTypes = [NpyElementType.Int32, NpyElementType.Int64];

    private LogitFiles(NpyReader reference, NpyReader quantized, NpyReader? labels)
    {
        this.Reference = reference;
        this.Quantized = quantized;
        this.Labels = labels;
    }

    /// <summary>The logits of the reference.</summary>
    public NpyReader Reference { get; }

    /// <summary>The logits of the quantized model.</summary>
    public NpyReader Quantized { get; }

    /// <summary>The label of each token, if there are labels.</summary>
    public NpyReader? Labels { get; }

    /// <summary>The size of the vocabulary: the last dimension.</summary>
    public int Vocabulary => (int)this.Reference.Header.Shape[^1];

    /// <summary>The number of tokens: the product of all other dimensions.</summary>
    public long Tokens => this.Reference.Header.Count / this.Vocabulary;

    /// <summary>Opens the files and compares their shapes.</summary>
    /// <exception cref="InvalidInputException">A file cannot be used, or the shapes differ.</exception>
    public static LogitFiles Open(CheckRequest request)
    {
        List<NpyReader> opened = [];
        try
        {
            NpyReader Open(string path, NpyElementType[] supported)
            {
                NpyReader reader = NpyReader.Open(path, supported);
                opened.Add(reader);
                return reader;
            }

            NpyReader reference = Open(request.Reference, LogitTypes);
            NpyReader quantized = Open(request.Quantized, LogitTypes);
            NpyReader? labels = request.Labels is { } path ? Open(path, LabelTypes) : null;
            Validate(request, reference.Header, quantized.Header, labels?.Header);
            return new LogitFiles(reference, quantized, labels);
        }
        catch
        {
            opened.ForEach(reader => reader.Dispose());
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        this.Reference.Dispose();
        this.Quantized.Dispose();
        this.Labels?.Dispose();
    }

    private static void Validate(CheckRequest request, NpyHeader reference, NpyHeader quantized, NpyHeader? labels)
    {
        if (!reference.Shape.SequenceEqual(quantized.Shape))
        {
            throw new InvalidInputException(
                $"the shapes differ: {request.Reference} is {reference.ShapeText}, {request.Quantized} is {quantized.ShapeText}");
        }

        if (reference.Count == 0 || reference.Shape.Count == 0)
        {
            throw new InvalidInputException($"{request.Reference} has no rows of logits: its shape is {reference.ShapeText}");
        }

        if (reference.Shape[^1] > Array.MaxLength)
        {
            throw new InvalidInputException(
                $"{request.Reference} has rows of {reference.Shape[^1]} logits; at most {Array.MaxLength} are supported");
        }

        if (labels is not null && !labels.Shape.SequenceEqual(reference.Shape.SkipLast(1)))
        {
            throw new InvalidInputException(
                $"the labels {request.Labels} are {labels.ShapeText}; logits of {reference.ShapeText} need labels of "
                + NpyHeader.FormatShape([.. reference.Shape.SkipLast(1)]));
        }
    }
}
