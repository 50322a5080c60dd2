using MathNet.Numerics.Statistics;

namespace QuantizationCheck;

/// <summary>Collects the results of all tokens. It holds eight bytes for each token, and nothing of the vocabulary.</summary>
/// <param name="hasLabels">Whether there are labels, so that there are perplexities.</param>
/// <param name="byClass">Whether each class is summarized.</param>
internal sealed class TokenStatistics(bool hasLabels, bool byClass)
{
    private readonly ClassStatistics? classes = byClass ? new() : null;
    private readonly List<double> divergences = [];
    private readonly RunningStatistics topDifferences = new();
    private readonly RunningStatistics referenceLosses = new();
    private readonly RunningStatistics quantizedLosses = new();

    private long sameTopChoices;
    private double topDifferenceSquares;
    private double maximum = double.NegativeInfinity;
    private long maximumToken;
    private long nanTokens;
    private long? firstNanToken;

    /// <summary>Adds the result of a token. A divergence of NaN is only counted.</summary>
    /// <param name="token">The index of the token.</param>
    /// <param name="classIndex">The class of the token.</param>
    /// <param name="divergence">The divergence of the quantized model from the reference.</param>
    /// <param name="sameTopChoice">Whether both models give the highest probability to the same entry of the vocabulary.</param>
    /// <param name="topDifference">The difference of that probability: quantized model minus reference.</param>
    public void Add(long token, long classIndex, float divergence, bool sameTopChoice, float topDifference)
    {
        if (float.IsNaN(divergence))
        {
            this.nanTokens++;
            this.firstNanToken ??= token;
            return;
        }

        this.divergences.Add(divergence);
        this.classes?.Add(classIndex, token, divergence, sameTopChoice);
        this.sameTopChoices += sameTopChoice ? 1 : 0;
        this.topDifferences.Push(topDifference);
        this.topDifferenceSquares += (double)topDifference * topDifference;
        if (divergence > this.maximum)
        {
            this.maximum = divergence;
            this.maximumToken = token;
        }
    }

    /// <summary>Adds the negative log-likelihoods of a token's label.</summary>
    public void AddLabelLosses(float reference, float quantized)
    {
        this.referenceLosses.Push(reference);
        this.quantizedLosses.Push(quantized);
    }

    /// <summary>Returns the sorted divergences of all tokens, without NaN.</summary>
    public double[] GetSortedDivergences() => [.. this.divergences.Order()];

    /// <summary>Computes the summary of all tokens.</summary>
    public CheckResult Summarize(CheckRequest request, LogitSources sources)
    {
        double[] sorted = this.GetSortedDivergences();
        (double mean, double deviation) = ArrayStatistics.MeanStandardDeviation(sorted);
        DivergenceSummary divergence = new(
            mean,
            StandardError: deviation / Math.Sqrt(sorted.Length),
            Median: GetQuantile(0.5),
            Percentile90: GetQuantile(0.9),
            Percentile95: GetQuantile(0.95),
            Percentile99: GetQuantile(0.99),
            Percentile99_9: GetQuantile(0.999),
            Maximum: sorted.Length == 0 ? double.NaN : this.maximum,
            MaximumToken: sorted.Length == 0 ? null : this.maximumToken);
        TopChoiceSummary topChoice = new(
            SameShare: (double)this.sameTopChoices / sorted.Length,
            MeanProbabilityDifference: this.topDifferences.Mean,
            RmsProbabilityDifference: Math.Sqrt(this.topDifferenceSquares / sorted.Length));
        PerplexitySummary? perplexity = hasLabels
            ? new(
                Math.Exp(this.referenceLosses.Mean),
                Math.Exp(this.quantizedLosses.Mean),
                Ratio: Math.Exp(this.quantizedLosses.Mean - this.referenceLosses.Mean))
            : null;
        return new CheckResult(
            Path.GetFileName(request.Reference),
            Path.GetFileName(request.Quantized),
            sources.Tokens,
            sources.Vocabulary,
            this.nanTokens,
            this.firstNanToken,
            divergence,
            topChoice,
            perplexity,
            this.classes?.Summarize());

        // Linear interpolation, as numpy.quantile does by default.
        double GetQuantile(double share) => SortedArrayStatistics.QuantileCustom(sorted, share, QuantileDefinition.R7);
    }
}
