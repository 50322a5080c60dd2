namespace KlDivGen;

/// <summary>Names the values of <see cref="KLDivLossAttribute.Divergence"/>.</summary>
/// <remarks>
/// p is the distribution of the target (the teacher) and q that of the input (the student). A divergence is in nats. It is 0 where p = q,
/// and positive elsewhere.
/// </remarks>
public static class Divergences
{
    /// <summary>
    /// The Kullback–Leibler divergence KL(p‖q) = Σ p · (log p − log q), which PyTorch and Paddle compute. It is large where the student
    /// misses what the teacher finds likely. After S. Kullback and R. A. Leibler, "On Information and Sufficiency", 1951.
    /// </summary>
    public const string Forward = "forward";

    /// <summary>
    /// The reverse Kullback–Leibler divergence KL(q‖p) = Σ q · (log q − log p). It is large where the student finds likely what the teacher
    /// does not.
    /// </summary>
    public const string Reverse = "reverse";

    /// <summary>
    /// The generalized Jensen–Shannon divergence β · KL(p‖m) + (1 − β) · KL(q‖m) with the mixture m = β · p + (1 − β) · q, where β is
    /// <see cref="KLDivLossAttribute.Beta"/>. It is finite for all p and q. After J. Lin, "Divergence Measures Based on the Shannon
    /// Entropy", 1991, and R. Agarwal et al., "On-Policy Distillation of Language Models: Learning from Self-Generated Mistakes", 2024.
    /// </summary>
    public const string JensenShannon = "jsd";
}
