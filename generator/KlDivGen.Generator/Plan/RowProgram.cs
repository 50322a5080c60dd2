using KlDivGen.Generator.Model;

namespace KlDivGen.Generator.Plan;

/// <summary>What has to be known of a row before its losses and gradients.</summary>
internal enum RowNormalizer
{
    /// <summary>Nothing: the operands hold probabilities or log-probabilities.</summary>
    None,

    /// <summary>The normalizer of one row of logits.</summary>
    One,

    /// <summary>The normalizers of two rows of logits, and the divergence of the two.</summary>
    Pair,
}

/// <summary>How rows are computed in groups: the numbers that each row has, such as its maximum, are computed for all of them at once.</summary>
internal enum RowGrouping
{
    /// <summary>Each row is computed alone.</summary>
    None,

    /// <summary>A pass runs over one row of a group after the other.</summary>
    Successive,

    /// <summary>A group of short rows is transposed, and a pass runs over all of it; over longer rows, it runs one after the other.</summary>
    TransposedIfShort,
}

/// <summary>How the passes of a plan compute one row.</summary>
/// <param name="Normalizer">What has to be known of a row first.</param>
/// <param name="First">The operand with the logits: of two, those of the first argument of the divergence.</param>
/// <param name="HasTemperature">Whether logits are divided by a temperature.</param>
/// <param name="Beta">The weight of the first distribution in a mixture.</param>
/// <param name="UsesPowersOfTwo">Whether the passes over two rows of logits compute powers of two, and logarithms of base 2.</param>
/// <param name="CutsLongRows">Whether several threads take pieces of a long row.</param>
/// <param name="BoundsBothRanges">Whether the logits of both sides must be near each other in an ordinary row, not only those of the first.</param>
/// <param name="Grouping">How rows are computed in groups, by the same passes.</param>
internal sealed record RowProgram(
    RowNormalizer Normalizer,
    ParameterRole First,
    bool HasTemperature,
    double Beta,
    bool CutsLongRows,
    bool UsesPowersOfTwo = false,
    bool BoundsBothRanges = false,
    RowGrouping Grouping = RowGrouping.None);

/// <summary>The names of passes, which are those of the methods that run them.</summary>
internal static class PassNames
{
    /// <summary>The losses, and what is stored, of elements that each stand for themselves.</summary>
    public const string Elements = "Run";

    /// <summary>What is stored of such elements, where it needs the loss of the row first.</summary>
    public const string Gradients = "Gradients";

    /// <summary>The maximum and the minimum of a row's logits.</summary>
    public const string Extremes = "Extremes";

    /// <summary>The sums that normalize a row.</summary>
    public const string Sums = "Sums";

    /// <summary>The divergences of a row from the mixture.</summary>
    public const string Mixture = "Mixture";

    /// <summary>The sums of the derivatives by log-probabilities, which the gradients by logits need.</summary>
    public const string Derivatives = "Derivatives";

    /// <summary>What is stored of a row.</summary>
    public const string Results = "Results";

    /// <summary>Ends the name of a pass for rows that are not ordinary.</summary>
    public const string Slow = "Slow";

    /// <summary>Ends the name of a pass that writes or reads the gradient that is kept between two passes.</summary>
    public const string Kept = "Kept";
}

/// <summary>The names of sums of a pass that a later pass is given.</summary>
internal static class SumNames
{
    /// <summary>The derivatives by the log-probabilities that logits give, each times its upstream gradient.</summary>
    public const string Derivatives = "derivativeSum";

    /// <summary>The upstream gradients, each times the first distribution.</summary>
    public const string Upstream = "upstreamSum";

    /// <summary>The weights of a target, as probabilities.</summary>
    public const string Targets = "targetSum";

    /// <summary>The weights of an input, as probabilities.</summary>
    public const string Inputs = "inputSum";
}
