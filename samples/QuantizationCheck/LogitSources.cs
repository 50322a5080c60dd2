using KlDivGen.Samples.Npy;

namespace QuantizationCheck;

/// <summary>The logits and the labels of a check. Their shapes agree.</summary>
internal sealed class LogitSources : IDisposable
{
    private LogitSources(ILogitSource reference, ILogitSource quantized, NpyReader? labels)
    {
        this.Reference = reference;
        this.Quantized = quantized;
        this.Labels = labels;
    }

    /// <summary>The logits of the reference.</summary>
    public ILogitSource Reference { get; }

    /// <summary>The logits of the quantized model.</summary>
    public ILogitSource Quantized { get; }

    /// <summary>The label of each token, if there are labels.</summary>
    public NpyReader? Labels { get; }

    /// <summary>The size of the vocabulary: the last dimension.</summary>
    public int Vocabulary => (int)this.Reference.Shape[^1];

    /// <summary>The number of tokens: the product of all other dimensions.</summary>
    public long Tokens => GetTokens(this.Reference.Shape);

    /// <summary>The most elements that a token of either model needs in memory.</summary>
    public long ElementsPerToken => Math.Max(this.Reference.ElementsPerToken, this.Quantized.ElementsPerToken);

    /// <summary>Opens the files, loads the models, and compares their shapes.</summary>
    /// <exception cref="InvalidInputException">A file or a model cannot be used, or the shapes differ.</exception>
    public static LogitSources Open(CheckRequest request)
    {
        if (request.Inputs is not null && !IsModel(request.Reference) && !IsModel(request.Quantized))
        {
            throw new InvalidInputException("--inputs is for models: neither --reference nor --quantized is a .onnx file");
        }

        List<IDisposable> opened = [];
        try
        {
            T Open<T>(T source)
                where T : IDisposable
            {
                opened.Add(source);
                return source;
            }

            ILogitSource reference = Open(OpenLogits("--reference", request.Reference, request.Inputs));
            ILogitSource quantized = Open(OpenLogits("--quantized", request.Quantized, request.Inputs));
            NpyReader? labels = request.Labels is { } path ? Open(NpyReader.Open(path, NpyElementType.Int32, NpyElementType.Int64)) : null;
            Validate(request, reference.Shape, quantized.Shape, labels?.Header);
            return new LogitSources(reference, quantized, labels);
        }
        catch
        {
            opened.ForEach(source => source.Dispose());
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

    private static bool IsModel(string path) => path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase);

    private static ILogitSource OpenLogits(string option, string path, string? inputs) =>
        !IsModel(path) ? new NpyLogits(path)
        : inputs is not null ? OnnxLogits.Open(path, inputs)
        : throw new InvalidInputException($"{option} is a model, {path}, which needs --inputs");

    private static long GetTokens(IReadOnlyList<long> shape) => shape.SkipLast(1).Aggregate(1L, (product, size) => checked(product * size));

    private static void Validate(
        CheckRequest request, IReadOnlyList<long> reference, IReadOnlyList<long> quantized, NpyHeader? labels)
    {
        LogitRows.RequireSameShape(request.Reference, reference, request.Quantized, quantized);
        if (labels is not null && !labels.Shape.SequenceEqual(reference.SkipLast(1)))
        {
            throw new InvalidInputException(
                $"the labels {request.Labels} are {labels.ShapeText}; logits of {NpyHeader.FormatShape(reference)} need labels of "
                + NpyHeader.FormatShape([.. reference.SkipLast(1)]));
        }
    }
}
