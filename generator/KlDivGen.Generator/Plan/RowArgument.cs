namespace KlDivGen.Generator.Plan;

/// <summary>A number that is known of a row once earlier passes have run over it.</summary>
internal enum RowStatistic
{
    /// <summary>1/T.</summary>
    InverseTemperature,

    /// <summary>The factor of the differences of two rows of logits: 1/T, or 1 / (T · ln 2) for powers of two.</summary>
    LogitScale,

    /// <summary>The maximum of the first distribution's logits.</summary>
    Maximum,

    /// <summary>The maximum of the second distribution's logits.</summary>
    OtherMaximum,

    /// <summary>The offset of the difference of the logits.</summary>
    Offset,

    /// <summary>What the second distribution's logits must be reduced by to fit the offset.</summary>
    Residual,

    /// <summary>What the second distribution's logits must be reduced by to fit the offset and its correction.</summary>
    CorrectedResidual,

    /// <summary>The divergence of the first distribution from the mixture.</summary>
    FirstLoss,

    /// <summary>The divergence of the second distribution from the mixture.</summary>
    SecondLoss,

    /// <summary>By how much the ratio of the probabilities is too large.</summary>
    Ratio,

    /// <summary>By how much the ratio of the probabilities is too large in the sums.</summary>
    SumsRatio,

    /// <summary>By how much the difference of the log-probabilities is too large.</summary>
    Correction,

    /// <summary>By how much the difference of the log-probabilities, less the row's loss, is too large.</summary>
    LossCorrection,

    /// <summary>The logarithm of the sum of a row's exponentials.</summary>
    LogSum,

    /// <summary>The sum of an earlier pass, named like the argument; of two rows of logits, the mean under the first distribution.</summary>
    Sum,

    /// <summary>The row's loss.</summary>
    Loss,

    /// <summary>The mean of the upstream gradients under the first distribution, as a factor of the second one's exponentials.</summary>
    OtherUpstreamSum,

    /// <summary>The factor of a stored loss.</summary>
    LossScale,

    /// <summary>The factor of a gradient, or of that by the first distribution's logits.</summary>
    GradientScale,

    /// <summary>The factor of the gradient by the second distribution's logits.</summary>
    OtherGradientScale,

    /// <summary>The factor of the gradient by the second distribution's logits, with the offset of the sums.</summary>
    SumsGradientScale,
}

/// <summary>An argument of a pass over a row.</summary>
/// <param name="Name">Its name in generated code.</param>
/// <param name="Type">The type of the lanes.</param>
/// <param name="Statistic">What it is.</param>
/// <param name="Negated">Whether it is the negative of that.</param>
internal sealed record RowArgument(string Name, ScalarType Type, RowStatistic Statistic, bool Negated = false) : Argument(Name, Type);
