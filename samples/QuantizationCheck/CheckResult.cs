using System.Text.Json.Serialization;

namespace QuantizationCheck;

/// <summary>The summary of all tokens, as it is printed and written as JSON. Tokens whose divergence is NaN count in none of it.</summary>
/// <param name="Reference">The name of the reference's file.</param>
/// <param name="Quantized">The name of the quantized model's file.</param>
/// <param name="Tokens">The number of tokens, those with NaN included.</param>
/// <param name="Vocabulary">The size of the vocabulary.</param>
/// <param name="NanTokens">The number of tokens whose divergence is NaN: their logits hold NaN or +∞, or −∞ alone.</param>
/// <param name="FirstNanToken">The index of the first of these.</param>
/// <param name="Divergence">The divergences KL(reference‖quantized), in nats.</param>
/// <param name="TopChoice">The entries of the vocabulary with the highest probability.</param>
/// <param name="Perplexity">The perplexities, if there are labels.</param>
/// <param name="Classes">The summary of each class, if asked for.</param>
internal sealed record CheckResult(
    string Reference,
    string Quantized,
    long Tokens,
    int Vocabulary,
    long NanTokens,
    long? FirstNanToken,
    DivergenceSummary Divergence,
    TopChoiceSummary TopChoice,
    PerplexitySummary? Perplexity,
    IReadOnlyList<ClassSummary>? Classes);

/// <summary>The distribution of the divergences.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="StandardError">The standard error of the mean.</param>
/// <param name="Median">The median.</param>
/// <param name="Percentile90">The 90th percentile.</param>
/// <param name="Percentile95">The 95th percentile.</param>
/// <param name="Percentile99">The 99th percentile.</param>
/// <param name="Percentile99_9">The 99.9th percentile.</param>
/// <param name="Maximum">The maximum.</param>
/// <param name="MaximumToken">The index of the token with the maximum.</param>
internal sealed record DivergenceSummary(
    double Mean,
    double StandardError,
    double Median,
    double Percentile90,
    double Percentile95,
    double Percentile99,
    [property: JsonPropertyName("percentile99.9")] double Percentile99_9,
    double Maximum,
    long? MaximumToken);

/// <summary>How the models agree on the most probable entry of the vocabulary.</summary>
/// <param name="SameShare">The share of tokens for which both choose the same.</param>
/// <param name="MeanProbabilityDifference">The mean difference of the probability of the reference's choice: quantized − reference.</param>
/// <param name="RmsProbabilityDifference">The root mean square of that difference.</param>
internal sealed record TopChoiceSummary(double SameShare, double MeanProbabilityDifference, double RmsProbabilityDifference);

/// <summary>The perplexities of the labels.</summary>
/// <param name="Reference">That of the reference.</param>
/// <param name="Quantized">That of the quantized model.</param>
/// <param name="Ratio">Quantized divided by reference.</param>
internal sealed record PerplexitySummary(double Reference, double Quantized, double Ratio);

/// <summary>The tokens of one class: of one label, or, without labels, those for which the reference chooses the class.</summary>
/// <param name="Class">The class.</param>
/// <param name="Tokens">The number of tokens.</param>
/// <param name="Mean">The mean of their divergences.</param>
/// <param name="Maximum">The maximum.</param>
/// <param name="MaximumToken">The index of the token with the maximum.</param>
/// <param name="SameShare">The share of tokens for which both models choose the same class.</param>
internal sealed record ClassSummary(long Class, long Tokens, double Mean, double Maximum, long MaximumToken, double SameShare);

/// <summary>How results are written as JSON: infinities and NaN as strings.</summary>
[JsonSerializable(typeof(CheckResult))]
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
internal sealed partial class CheckJsonContext : JsonSerializerContext;
