namespace KlDivGen.Benchmarks.Data;

/// <summary>What a benchmark's data has in it.</summary>
internal enum DataKind
{
    /// <summary>Softmax scores: nothing special.</summary>
    Clean,

    /// <summary>One element in a hundred has probability 0, or the log of it.</summary>
    Zeros,

    /// <summary>One element in a hundred has a subnormal probability, or the log of one.</summary>
    Subnormals,

    /// <summary>One element in a hundred has a log-probability of −∞: the input's, or the target's where that holds logs.</summary>
    Infinities,
}
