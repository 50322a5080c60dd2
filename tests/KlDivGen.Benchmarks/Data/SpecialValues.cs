namespace KlDivGen.Benchmarks.Data;

/// <summary>The special values among a benchmark's data: one element in a hundred.</summary>
internal enum SpecialValues
{
    /// <summary>No special values.</summary>
    None,

    /// <summary>A probability of 0, or its logarithm.</summary>
    Zeros,

    /// <summary>A subnormal probability, or its logarithm.</summary>
    Subnormals,

    /// <summary>A log-probability of −∞: of the target if it holds logarithms, otherwise of the input.</summary>
    Infinities,
}
