namespace KlDivGen.Benchmarks.Data;

/// <summary>What a target contains.</summary>
internal enum TargetKind
{
    /// <summary>Probabilities.</summary>
    Probability,

    /// <summary>Logarithms of probabilities.</summary>
    LogTarget,
}
