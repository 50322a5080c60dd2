namespace QuantizationCheck;

/// <summary>The logits of one model, read in order, some tokens at a time.</summary>
internal interface ILogitSource : IDisposable
{
    /// <summary>The shape of all logits. The last dimension is the vocabulary.</summary>
    IReadOnlyList<long> Shape { get; }

    /// <summary>The number of elements that a token needs in memory.</summary>
    long ElementsPerToken { get; }

    /// <summary>Returns the logits of the next tokens, row by row. They may be overwritten, and are valid until the next call.</summary>
    /// <param name="tokens">The number of tokens.</param>
    Span<float> Read(int tokens);
}
