using MathNet.Numerics.Statistics;

namespace QuantizationCheck;

/// <summary>Collects the results of the tokens of each class.</summary>
internal sealed class ClassStatistics
{
    private readonly SortedDictionary<long, ClassResults> classes = [];

    /// <summary>Adds the result of a token.</summary>
    /// <param name="classIndex">The class of the token.</param>
    /// <param name="token">The index of the token.</param>
    /// <param name="divergence">The divergence of the quantized model from the reference.</param>
    /// <param name="sameTopChoice">Whether both models give the highest probability to the same class.</param>
    public void Add(long classIndex, long token, float divergence, bool sameTopChoice)
    {
        if (!this.classes.TryGetValue(classIndex, out ClassResults? results))
        {
            this.classes.Add(classIndex, results = new ClassResults());
        }

        results.Divergences.Push(divergence);
        results.SameTopChoices += sameTopChoice ? 1 : 0;
        if (results.Divergences.Count == 1 || divergence > results.Maximum)
        {
            (results.Maximum, results.MaximumToken) = (divergence, token);
        }
    }

    /// <summary>Returns the summary of each class that has tokens.</summary>
    public IReadOnlyList<ClassSummary> Summarize() =>
    [
        .. this.classes.Select(entry => new ClassSummary(
            entry.Key,
            entry.Value.Divergences.Count,
            entry.Value.Divergences.Mean,
            entry.Value.Maximum,
            entry.Value.MaximumToken,
            (double)entry.Value.SameTopChoices / entry.Value.Divergences.Count)),
    ];

    private sealed class ClassResults
    {
        public RunningStatistics Divergences { get; } = new();

        public float Maximum { get; set; }

        public long MaximumToken { get; set; }

        public long SameTopChoices { get; set; }
    }
}
