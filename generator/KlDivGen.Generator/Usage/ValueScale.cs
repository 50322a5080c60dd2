namespace KlDivGen.Generator.Usage;

/// <summary>The scale of the values that a variable holds.</summary>
internal enum ValueScale
{
    /// <summary>Probabilities, such as the result of a softmax.</summary>
    Probability,

    /// <summary>Log-probabilities, such as the result of a log-softmax.</summary>
    LogProbability,
}
