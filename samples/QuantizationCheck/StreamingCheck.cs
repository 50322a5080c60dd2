using System.Numerics.Tensors;

namespace QuantizationCheck;

/// <summary>Compares the logits of two models, which may be larger than memory, some tokens at a time.</summary>
internal sealed class StreamingCheck
{
    private readonly CheckRequest request;
    private readonly LogitSources sources;
    private readonly int vocabulary;
    private readonly TokenStatistics statistics;

    private readonly float[] divergences;
    private readonly int[] topChoices;
    private readonly bool[] sameTopChoices;

    // With labels only. The one-hot rows are 0 between two chunks.
    private readonly long[] labels;
    private readonly float[] oneHotLabels;
    private readonly float[] referenceLosses;
    private readonly float[] quantizedLosses;

    /// <summary>Allocates the buffers of one chunk.</summary>
    public StreamingCheck(CheckRequest request, LogitSources sources)
    {
        this.request = request;
        this.sources = sources;
        this.vocabulary = sources.Vocabulary;
        this.statistics = new TokenStatistics(hasLabels: sources.Labels is not null, request.ByClass);

        this.ChunkTokens = (int)long.Clamp(request.ChunkSize / sources.ElementsPerToken, 1, sources.Tokens);
        this.divergences = new float[this.ChunkTokens];
        this.topChoices = new int[this.ChunkTokens];
        this.sameTopChoices = new bool[this.ChunkTokens];

        int labelCount = sources.Labels is null ? 0 : this.ChunkTokens;
        this.labels = new long[labelCount];
        this.oneHotLabels = new float[labelCount * this.vocabulary];
        this.referenceLosses = new float[labelCount];
        this.quantizedLosses = new float[labelCount];
    }

    /// <summary>The number of tokens of a chunk.</summary>
    public int ChunkTokens { get; }

    /// <summary>Reads and compares all tokens.</summary>
    /// <param name="onProgress">Called after each chunk, with its number of tokens.</param>
    /// <param name="cancellationToken">Stops the run before the next chunk.</param>
    /// <exception cref="InvalidInputException">A label is not an index of the vocabulary.</exception>
    public TokenStatistics Run(Action<long> onProgress, CancellationToken cancellationToken)
    {
        for (long first = 0; first < this.sources.Tokens; first += this.ChunkTokens)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = (int)long.Min(this.ChunkTokens, this.sources.Tokens - first);
            this.Compare(first, count);
            onProgress(count);
        }

        return this.statistics;
    }

    private void Compare(long first, int count)
    {
        Span<float> reference = this.sources.Reference.Read(count);
        Span<float> quantized = this.sources.Quantized.Read(count);

        for (int i = 0; i < count; i++)
        {
            this.topChoices[i] = TensorPrimitives.IndexOfMax<float>(this.GetRow(reference, i));
            this.sameTopChoices[i] = this.topChoices[i] == TensorPrimitives.IndexOfMax<float>(this.GetRow(quantized, i));
        }

        if (this.sources.Labels is not null)
        {
            this.ComputeLabelLosses(first, reference, quantized, count);
        }

        // The differences of the probabilities, q − p, replace the logits of the quantized model, which are not needed any more.
        Span<float> differences = quantized;
        Losses.Divergence(quantized, reference, this.vocabulary, this.divergences.AsSpan(0, count), gradInput: differences);

        for (int i = 0; i < count; i++)
        {
            this.statistics.Add(
                first + i,
                this.sources.Labels is null ? this.topChoices[i] : this.labels[i],
                this.divergences[i],
                this.sameTopChoices[i],
                this.GetRow(differences, i)[this.topChoices[i]]);
            if (this.sources.Labels is not null && !float.IsNaN(this.divergences[i]))
            {
                this.statistics.AddLabelLosses(this.referenceLosses[i], this.quantizedLosses[i]);
            }
        }
    }

    private void ComputeLabelLosses(long first, ReadOnlySpan<float> reference, ReadOnlySpan<float> quantized, int count)
    {
        Span<long> labels = this.labels.AsSpan(0, count);
        Span<float> oneHot = this.oneHotLabels.AsSpan(0, reference.Length);
        this.sources.Labels!.Read(labels);
        for (int i = 0; i < count; i++)
        {
            if (labels[i] < 0 || labels[i] >= this.vocabulary)
            {
                throw new InvalidInputException(
                    $"{this.request.Labels}: the label of token {first + i} is {labels[i]}, and the vocabulary has {this.vocabulary} entries");
            }

            this.GetRow(oneHot, i)[(int)labels[i]] = 1;
        }

        Losses.NegativeLogLikelihood(reference, oneHot, this.vocabulary, this.referenceLosses.AsSpan(0, count));
        Losses.NegativeLogLikelihood(quantized, oneHot, this.vocabulary, this.quantizedLosses.AsSpan(0, count));
        for (int i = 0; i < count; i++)
        {
            this.GetRow(oneHot, i)[(int)labels[i]] = 0;
        }
    }

    private Span<float> GetRow(Span<float> rows, int index) => rows.Slice(index * this.vocabulary, this.vocabulary);
}
