namespace KlDivGen;

/// <summary>
/// Names the values of <see cref="KLDivLossAttribute.Reduction"/>, which are those of Paddle and PyTorch and <see cref="Row"/>.
/// </summary>
/// <remarks>
/// <see cref="KLDivLossAttribute"/> defines which data is rows. Of rows, those count whose <c>mask</c> is true; without a mask, all count.
/// <c>weights</c> multiply losses and do not change a divisor.
/// </remarks>
public static class Reductions
{
    /// <summary>
    /// No reduction. The method returns <see langword="void"/> and writes the loss of each element to <c>output</c>, which has the
    /// shape of the input.
    /// </summary>
    public const string None = "none";

    /// <summary>
    /// The sum of the losses divided by the number of elements. NaN for an empty input. For rows, the divisor is the number of elements of
    /// the rows that count, and the result is 0 where no row counts.
    /// </summary>
    public const string Mean = "mean";

    /// <summary>The sum of the losses. 0 for an empty input.</summary>
    public const string Sum = "sum";

    /// <summary>
    /// The sum of the losses divided by the batch size N: the mean divergence of an example, as the mathematical definition has it. N
    /// is <c>batchSize</c> for spans and the length of the first dimension for tensor spans. A tensor span of rank 0 is not divided. For
    /// rows in spans, and for rows with a mask, N is the number of rows that count, and the result is 0 where no row counts.
    /// </summary>
    public const string BatchMean = "batchmean";

    /// <summary>
    /// The sum of the losses of each row. The method returns <see langword="void"/> and writes one loss per row to <c>output</c>: a span in
    /// row-major order of the leading dimensions, or a tensor span of the leading dimensions.
    /// </summary>
    public const string Row = "row";
}
