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

/// <summary>How the passes of a plan compute one row.</summary>
/// <param name="Normalizer">What has to be known of a row first.</param>
/// <param name="First">The operand with the logits: of two, those of the first argument of the divergence.</param>
/// <param name="HasTemperature">Whether logits are divided by a temperature.</param>
/// <param name="Beta">The weight of the first distribution in a mixture.</param>
internal sealed record RowProgram(RowNormalizer Normalizer, ParameterRole First, bool HasTemperature, double Beta);
