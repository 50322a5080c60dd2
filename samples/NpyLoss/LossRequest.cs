using KlDivGen;

namespace NpyLoss;

/// <summary>The loss to compute: two files and the settings.</summary>
/// <param name="Input">The path of the input, which holds log-probabilities.</param>
/// <param name="Target">The path of the target.</param>
/// <param name="Reduction">The only reduction to compute, or <see langword="null"/> for all.</param>
/// <param name="LogTarget">Whether the target holds log-probabilities.</param>
/// <param name="Dialect">The dialect, which defines the special values.</param>
/// <param name="Output">The path of the file that receives the loss of each element, or <see langword="null"/>.</param>
/// <param name="ChunkSize">The number of elements to hold in memory at a time.</param>
internal sealed record LossRequest(
    string Input, string Target, string? Reduction, bool LogTarget, string Dialect, string? Output, int ChunkSize)
{
    /// <summary>Whether the loss of each element is needed.</summary>
    public bool NeedsElementwise => this.Output is not null || this.Reduction is null or Reductions.None;

    /// <summary>Whether the sum of the losses is needed.</summary>
    public bool NeedsSum => this.Reduction != Reductions.None;
}
