namespace KlDivGen;

/// <summary>The values of <see cref="KLDivLossAttribute.Reduction"/>, as Paddle and PyTorch name them.</summary>
public static class Reductions
{
    /// <summary>No reduction: the loss of each element is written to <c>output</c>.</summary>
    public const string None = "none";

    /// <summary>The sum of the losses divided by the number of elements.</summary>
    public const string Mean = "mean";

    /// <summary>The sum of the losses.</summary>
    public const string Sum = "sum";

    /// <summary>The sum of the losses divided by N, the first dimension: the divergence proper, per example.</summary>
    public const string BatchMean = "batchmean";
}
