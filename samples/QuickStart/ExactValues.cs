namespace QuickStart;

/// <summary>
/// The losses of the bundled arrays, computed with 40 decimal digits from the float32 values and rounded to 17:
/// <c>data/exact.py</c> prints them. A decimal holds and prints all 17, where a double would choose its own.
/// </summary>
/// <param name="Sum">The sum over the 450 × 10 elements.</param>
/// <param name="Mean">The sum divided by 4,500.</param>
/// <param name="BatchMean">The sum divided by 450.</param>
internal sealed record ExactValues(decimal Sum, decimal Mean, decimal BatchMean)
{
    /// <summary>The target as probabilities.</summary>
    public static ExactValues OfProbabilities { get; } = new(458.35689183821003m, 0.10185708707515778m, 1.0185708707515778m);

    /// <summary>The target as the logarithms of those probabilities, rounded to float32.</summary>
    public static ExactValues OfLogs { get; } = new(458.35689177582487m, 0.10185708706129442m, 1.0185708706129442m);
}
