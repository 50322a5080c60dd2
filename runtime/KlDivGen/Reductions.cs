namespace KlDivGen;

/// <summary>Names the values of <see cref="KLDivLossAttribute.Reduction"/>, which are those of Paddle and PyTorch.</summary>
public static class Reductions
{
    /// <summary>
    /// No reduction. The method returns <see langword="void"/> and writes the loss of each element to <c>output</c>, which has the
    /// shape of the input.
    /// </summary>
    public const string None = "none";

    /// <summary>The sum of the losses divided by the number of elements. NaN for an empty input.</summary>
    public const string Mean = "mean";

    /// <summary>The sum of the losses. 0 for an empty input.</summary>
    public const string Sum = "sum";

    /// <summary>
    /// The sum of the losses divided by the batch size N: the mean divergence of an example, as the mathematical definition has it. N
    /// is <c>batchSize</c> for spans and the length of the first dimension for tensor spans. A tensor span of rank 0 is not divided.
    /// </summary>
    public const string BatchMean = "batchmean";
}
