namespace KlDivGen.Benchmarks.Data;

/// <summary>What a target holds.</summary>
internal enum Form
{
    /// <summary>Probabilities.</summary>
    Probability,

    /// <summary>The logs of probabilities.</summary>
    LogTarget,
}
